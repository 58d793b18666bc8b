import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import type { ClientSettings } from '../../../sandbox/stack';

export const createTrail = async (settings: ClientSettings, Name: string): Promise<void> => {
  const trail = { Name, S3BucketName: `${Name}-logs`, IsMultiRegionTrail: true };
  await new CloudTrailClient(settings).send(new CreateTrailCommand(trail));
};
