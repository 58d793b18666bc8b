import { account, region } from '../../support/builders';
import { awsError } from '../../support/memory-aws';
import { MemoryLambda, statementOf } from '../../support/memory-lambda';
import { Target } from '../../../src/domain/target';
import type { Worlds } from './worlds';

type Given = Omit<Parameters<typeof statementOf>[0], 'FunctionName' | 'Action'> & {
  Action?: string;
};

/** A function with these statements, and one bucket of its account. */
export const functionWith = (...given: Given[]): MemoryLambda => {
  const lambda = new MemoryLambda({
    's3:GetBucketLocation': ({ Bucket, ExpectedBucketOwner }) => {
      if (Bucket !== 'acme-raw' || ExpectedBucketOwner !== account) throw awsError('AccessDenied');
      return {};
    },
  });
  lambda.function('resize', {
    statements: given.map((each) =>
      statementOf({ FunctionName: 'resize', Action: 'lambda:InvokeFunction', ...each }),
    ),
  });
  return lambda;
};

const partner = { StatementId: 'partner', Principal: '999988887777' };
const events = {
  StatementId: 's3',
  Principal: 's3.amazonaws.com',
  SourceArn: 'arn:aws:s3:::acme-raw',
};

export const closeLambdaPublicPolicy: Worlds = {
  target: Target.parse({ kind: 'AwsLambdaFunction', id: 'resize', account, region }),
  toChange: () =>
    functionWith(partner, events, {
      StatementId: 'url',
      Principal: '*',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    }),
  compliant: () => functionWith(partner, { ...events, SourceAccount: account }),
};
