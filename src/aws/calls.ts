import type { AwsCall } from '../operations/aws';
import type { OwnCalls } from '../operations/calls/own';
import type { WebhookCalls } from '../operations/calls/webhook';
import type { Callers, SessionConfig } from './calls/callers';
import { autoscalingCallers } from './calls/autoscaling';
import { classicelbCallers } from './calls/classic-elb';
import { cloudtrailCallers } from './calls/cloudtrail';
import { elbCallers } from './calls/elb';
import { ec2Callers } from './calls/ec2';
import { iamCallers } from './calls/iam';
import { kmsCallers } from './calls/kms';
import { lambdaCallers } from './calls/lambda';
import { logsCallers } from './calls/logs';
import { macie2Callers } from './calls/macie2';
import { rdsCallers } from './calls/rds';
import { s3controlCallers } from './calls/s3-control';
import { s3Callers } from './calls/s3';
import { ssmCallers } from './calls/ssm';
import { statesCallers } from './calls/states';

/** Every call of the catalogue under one session: the only place where the estate's clients are named. */
export const callersFor = (
  session: Omit<SessionConfig, 'maxAttempts'>,
): Callers<Exclude<AwsCall, keyof WebhookCalls | keyof OwnCalls>> => {
  const config = { ...session, maxAttempts: 4 };
  return {
    ...autoscalingCallers(config),
    ...classicelbCallers(config),
    ...cloudtrailCallers(config),
    ...elbCallers(config),
    ...ec2Callers(config),
    ...iamCallers(config),
    ...kmsCallers(config),
    ...lambdaCallers(config),
    ...logsCallers(config),
    ...macie2Callers(config),
    ...rdsCallers(config),
    ...s3controlCallers(config),
    ...s3Callers(config),
    ...ssmCallers(config),
    ...statesCallers(config),
  };
};
