import { closeEc2AdminPorts } from './close-ec2-admin-ports';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group';
import type { Seed } from './seed';

/** By playbook. A playbook without a seed fails the contract. */
export const seeds: Readonly<Record<string, Seed>> = {
  'close-ec2-admin-ports': closeEc2AdminPorts,
  'empty-ec2-default-group': emptyEc2DefaultGroup,
};
