import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { closeEc2PublicSnapshots as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type PublicSnapshot } from './read';

export const closeEc2PublicSnapshots: Playbook<readonly PublicSnapshot[], Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
