import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetTrailCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { CloudTrailCalls } from '../../operations/calls/cloudtrail';
import { lazily, type Callers, type SessionConfig } from './callers';

export const cloudtrailCallers = (config: SessionConfig): Callers<keyof CloudTrailCalls> => {
  const client = lazily(() => new CloudTrailClient(config));
  return {
    'cloudtrail:DescribeTrails': (input) => client().send(new DescribeTrailsCommand(input)),
    'cloudtrail:GetTrail': (input) => client().send(new GetTrailCommand(input)),
    'cloudtrail:UpdateTrail': (input) => client().send(new UpdateTrailCommand(input)),
  };
};
