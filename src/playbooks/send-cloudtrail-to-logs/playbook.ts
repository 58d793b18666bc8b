import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { sendCloudtrailToLogs as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type TrailFacts } from './read';

export const sendCloudtrailToLogs: Playbook<TrailFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
