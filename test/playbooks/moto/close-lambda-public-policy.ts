import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  PublishVersionCommand,
  type AddPermissionRequest,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { workloads } from '../../../sandbox/estate';
import { zipOf } from '../../sandbox/hub/support/zip';
import { targetIn } from './target';
import type { Seed } from './seed';

const FunctionName = 'resize';
const Bucket = 'acme-resize-in';
const ZipFile = zipOf({ 'index.js': 'exports.handler = async () => 1;' });

const granted: readonly Omit<AddPermissionRequest, 'FunctionName' | 'Action'>[] = [
  { StatementId: 'all', Principal: '*' },
  { StatementId: 's3', Principal: 's3.amazonaws.com', SourceArn: `arn:aws:s3:::${Bucket}` },
  { StatementId: 'partner', Principal: '999988887777' },
  { StatementId: 'via', Principal: '*', InvokedViaFunctionUrl: true },
];

/** An alias with a public URL, beside a function that says the same: only the alias is to change. */
export const closeLambdaPublicPolicy: Seed = async (settings) => {
  const lambda = new LambdaClient(settings);
  await new S3Client(settings).send(new CreateBucketCommand({ Bucket }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${workloads}:role/resize`,
      Code: { ZipFile },
    }),
  );
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  const live = { FunctionName, Qualifier: 'live' };
  await lambda.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version ?? '' }),
  );
  await lambda.send(new CreateFunctionUrlConfigCommand({ ...live, AuthType: 'NONE' }));
  const Action = 'lambda:InvokeFunction';
  await lambda.send(
    new AddPermissionCommand({ FunctionName, Action, StatementId: 'all', Principal: '*' }),
  );
  for (const each of granted)
    await lambda.send(new AddPermissionCommand({ ...live, Action, ...each }));
  await lambda.send(
    new AddPermissionCommand({
      ...live,
      StatementId: 'FunctionURLAllowPublicAccess',
      Principal: '*',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    }),
  );
  return { target: targetIn('AwsLambdaFunction', `${FunctionName}:live`), control: 'Lambda.1' };
};
