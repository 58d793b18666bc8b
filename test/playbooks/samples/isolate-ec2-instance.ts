import { aServer } from '../../support/memory-server';
import { target } from './ec2-instance-target';
import type { Worlds } from './worlds';

export const isolateEc2Instance: Worlds = {
  target,
  toChange: () => aServer().aws,
  compliant: () => aServer({ isolated: true }).aws,
};
