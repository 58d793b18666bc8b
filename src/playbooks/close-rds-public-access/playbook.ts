import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { closeRdsPublicAccess as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type DatabaseFacts } from './read';

export const closeRdsPublicAccess: Playbook<DatabaseFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
