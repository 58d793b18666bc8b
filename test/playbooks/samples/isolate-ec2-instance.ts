import { Target } from '../../../src/domain/target';
import { instanceId } from '../../operations/samples/ec2-instances';
import { account, region } from '../../support/builders';
import { aServer } from '../../support/memory-server';
import type { Worlds } from './worlds';

export const isolateEc2Instance: Worlds = {
  target: Target.parse({ kind: 'AwsEc2Instance', id: instanceId, account, region }),
  toChange: () => aServer().aws,
  compliant: () => aServer({ isolated: true }).aws,
};
