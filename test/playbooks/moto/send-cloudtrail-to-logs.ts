import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createDeliveryRoles } from '../../../sandbox/estate';
import { createTrail } from './create-trail';
import type { Seed } from './seed';
import { targetIn } from './target';

/** Beside a log group whose name only begins the same. */
export const sendCloudtrailToLogs: Seed = async (settings) => {
  await createDeliveryRoles(settings);
  await createTrail(settings, 'unheard');
  await new CloudWatchLogsClient(settings).send(
    new CreateLogGroupCommand({ logGroupName: '/drawbridge/cloudtrail/unheard-2' }),
  );
  return { target: targetIn('AwsCloudTrailTrail', 'unheard'), control: 'CloudTrail.5' };
};
