import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { blockS3AccountPublicAccess as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type AccountFacts } from './read';

export const blockS3AccountPublicAccess: Playbook<AccountFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
