import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { deactivateIamAccessKeys as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type UserFacts } from './read';

export const deactivateIamAccessKeys: Playbook<UserFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
