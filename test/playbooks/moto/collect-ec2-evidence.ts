import { EC2Client } from '@aws-sdk/client-ec2';
import { launch } from './launch';
import type { Seed } from './seed';

/** An instance that Systems Manager does not know: that is kept as a fact. */
export const collectEc2Evidence: Seed = async (settings) => ({
  target: await launch(new EC2Client(settings)),
  options: ['host'],
});
