import type { AutoScalingCalls } from './calls/autoscaling';
import type { ClassicElbCalls } from './calls/classic-elb';
import type { CloudTrailCalls } from './calls/cloudtrail';
import type { Ec2Calls } from './calls/ec2';
import type { ElbCalls } from './calls/elb';
import type { IamCalls } from './calls/iam';
import type { KmsCalls } from './calls/kms';
import type { LambdaCalls } from './calls/lambda';
import type { LogsCalls } from './calls/logs';
import type { Macie2Calls } from './calls/macie2';
import type { OwnCalls } from './calls/own';
import type { RdsCalls } from './calls/rds';
import type { S3ControlCalls } from './calls/s3-control';
import type { S3Calls } from './calls/s3';
import type { SsmCalls } from './calls/ssm';
import type { StatesCalls } from './calls/states';
import type { WebhookCalls } from './calls/webhook';

/**
 * Every call that playbooks and operations can make, by `service:Operation`. Types only: the clients live in src/aws, so
 * the catalogue can be loaded where no estate client may be.
 */
export type AwsCalls = AutoScalingCalls &
  ClassicElbCalls &
  CloudTrailCalls &
  ElbCalls &
  Ec2Calls &
  IamCalls &
  KmsCalls &
  LambdaCalls &
  LogsCalls &
  Macie2Calls &
  OwnCalls &
  RdsCalls &
  S3ControlCalls &
  S3Calls &
  SsmCalls &
  StatesCalls &
  WebhookCalls;
export type AwsCall = keyof AwsCalls;

/** A session in one account and region, limited to the actions that it was opened for. */
export interface Aws {
  call<C extends AwsCall>(name: C, input: AwsCalls[C][0]): Promise<AwsCalls[C][1]>;
}

/** The code of an AWS error, whatever class the SDK made of it. */
export const isAwsError = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes(error.name);
