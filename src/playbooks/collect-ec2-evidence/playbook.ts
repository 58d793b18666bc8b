import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { collectEc2Evidence as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type InstanceFacts } from './read';

export const collectEc2Evidence: Playbook<InstanceFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
