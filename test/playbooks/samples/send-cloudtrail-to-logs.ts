import { account, aTarget, region } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { MemoryCloudTrail } from '../../support/memory-cloudtrail';
import { MemoryLogs } from '../../support/memory-logs';
import { roles } from './delivery-roles';
import type { Worlds } from './worlds';

const trailWith = (attached: object) => () => {
  const logs = new MemoryLogs().group('events');
  const trails = new MemoryCloudTrail(logs).trail(attached);
  return new MemoryAws(trails.handlers, logs.handlers, roles('DrawbridgeCloudTrailToLogs'));
};

export const sendCloudtrailToLogs: Worlds = {
  target: { ...aTarget, kind: 'AwsCloudTrailTrail', id: 'main' },
  toChange: trailWith({}),
  compliant: trailWith({
    CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:events:*`,
  }),
};
