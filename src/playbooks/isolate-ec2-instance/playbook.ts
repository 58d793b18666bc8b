import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { isolateEc2Instance as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type InstanceFacts } from './read';

export const isolateEc2Instance: Playbook<InstanceFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
