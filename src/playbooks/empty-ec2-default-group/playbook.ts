import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { emptyEc2DefaultGroup as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type DefaultGroupFacts } from './read';

export const emptyEc2DefaultGroup: Playbook<DefaultGroupFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
