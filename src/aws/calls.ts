import type { AwsCall } from '../operations/aws';
import type { WebhookCalls } from '../operations/calls/webhook';
import type { Callers, SessionConfig } from './calls/callers';
import { cloudtrailCallers } from './calls/cloudtrail';
import { ec2Callers } from './calls/ec2';
import { iamCallers } from './calls/iam';
import { kmsCallers } from './calls/kms';
import { lambdaCallers } from './calls/lambda';
import { logsCallers } from './calls/logs';
import { rdsCallers } from './calls/rds';
import { s3controlCallers } from './calls/s3-control';
import { s3Callers } from './calls/s3';
import { ssmCallers } from './calls/ssm';
import { statesCallers } from './calls/states';

/** Every call of the catalogue under one session: the only place where the estate's clients are named. */
export const callersFor = (
  session: Omit<SessionConfig, 'maxAttempts'>,
): Callers<Exclude<AwsCall, keyof WebhookCalls>> => {
  const config = { ...session, maxAttempts: 4 };
  return {
    ...cloudtrailCallers(config),
    ...ec2Callers(config),
    ...iamCallers(config),
    ...kmsCallers(config),
    ...lambdaCallers(config),
    ...logsCallers(config),
    ...rdsCallers(config),
    ...s3controlCallers(config),
    ...s3Callers(config),
    ...ssmCallers(config),
    ...statesCallers(config),
  };
};
