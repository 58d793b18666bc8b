import {
  AddPermissionCommand,
  type AddPermissionRequest,
  CreateFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';

import type { ClientSettings } from '../stack';
import { partner, workloads } from './accounts';
import { ownedBy } from './tags';

export interface Functions {
  /** Everybody may call it, and buckets of any account. */
  readonly open: string;
  /** Called by one bucket of this account. */
  readonly closed: string;
}

// index.js: exports.handler = async () => true;
const ZipFile = Buffer.from(
  'UEsDBBQAAAAAAAAAIQAwkeE9JAAAACQAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXIgPSBhc3luYyAoKSA9PiB0cnVlOwpQSwECFAMUAAAAAAAAACEAMJHhPSQAAAAkAAAACAAAAAAAAAAAAAAAgAEAAAAAaW5kZXguanNQSwUGAAAAAAEAAQA2AAAASgAAAAAA',
  'base64',
);

type Permission = Omit<AddPermissionRequest, 'FunctionName' | 'Action'>;

const fromBucket = (bucket: string): Permission => ({
  StatementId: `from-${bucket}`,
  Principal: 's3.amazonaws.com',
  SourceArn: `arn:aws:s3:::${bucket}`,
});

export const createFunctions = async (
  settings: ClientSettings,
  buckets: { readonly assets: string; readonly raw: string },
): Promise<Functions> => {
  const lambda = new LambdaClient(settings);
  const create = async (FunctionName: string, permissions: readonly Permission[]) => {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${workloads}:role/${FunctionName}`,
        Code: { ZipFile },
        Tags: ownedBy('web-team'),
      }),
    );
    for (const permission of permissions) {
      const Action = 'lambda:InvokeFunction';
      await lambda.send(new AddPermissionCommand({ FunctionName, Action, ...permission }));
    }
  };
  const functions: Functions = { open: 'image-resize', closed: 'invoice-mail' };
  await Promise.all([
    create(functions.open, [
      { StatementId: 'for-the-demo', Principal: '*' },
      fromBucket(buckets.assets),
      { StatementId: 'agency', Principal: partner },
    ]),
    create(functions.closed, [{ ...fromBucket(buckets.raw), SourceAccount: workloads }]),
  ]);
  return functions;
};
