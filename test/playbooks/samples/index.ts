import { closeEc2AdminPorts } from './close-ec2-admin-ports';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group';
import type { Worlds } from './worlds';

/** By playbook. A playbook without worlds fails the contract. */
export const worlds: Readonly<Record<string, Worlds>> = {
  'close-ec2-admin-ports': closeEc2AdminPorts,
  'empty-ec2-default-group': emptyEc2DefaultGroup,
};
