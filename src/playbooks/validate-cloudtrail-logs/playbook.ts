import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { validateCloudtrailLogs as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type TrailFacts } from './read';

export const validateCloudtrailLogs: Playbook<TrailFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
