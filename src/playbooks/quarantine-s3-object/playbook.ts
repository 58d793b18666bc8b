import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { quarantineS3Object as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type ObjectFacts } from './read';

export const quarantineS3Object: Playbook<ObjectFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
