import '../../../sandbox/emulators/loopback-names.cjs';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand as GetAccountBlockCommand,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { s3ControlEndpoint } from '../../../sandbox/emulators';
import { workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { zipOf } from '../hub/support/zip';
import { startLocalAws, until, type LocalAws } from './local-aws';

let aws: LocalAws;
let s3: S3Client;
let lambda: LambdaClient;
const settings = () => asAccount(aws.edge.url, workloads);

beforeAll(async () => {
  aws = await startLocalAws();
  s3 = new S3Client(settings());
  lambda = new LambdaClient(settings());
}, 60_000);
afterAll(() => aws.close(), 30_000);

const Bucket = 'acme-open';

test('a policy is public or not, and no policy has no status', async () => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  const status = () => s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
  await expect(status()).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
  const put = (Principal: unknown) => {
    const Statement = [
      { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    ];
    return s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }) }));
  };
  await put('*');
  expect((await status()).PolicyStatus).toEqual({ IsPublic: true });
  await put({ AWS: `arn:aws:iam::${workloads}:root` });
  expect((await status()).PolicyStatus).toEqual({ IsPublic: false });
});

test('a bucket is another account’s where the caller expects another account', async () => {
  const read = (ExpectedBucketOwner: string) =>
    s3.send(new GetPublicAccessBlockCommand({ Bucket, ExpectedBucketOwner }));
  await expect(read('999988887777')).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(read(workloads)).rejects.toMatchObject({
    name: 'NoSuchPublicAccessBlockConfiguration',
  });
});

test('the block of an account is reached by the account’s own host name, and asks for the account’s permissions', async () => {
  const control = new S3ControlClient({ ...settings(), endpoint: s3ControlEndpoint(aws.edge.url) });
  const AccountId = workloads;
  const absent = { name: 'NoSuchPublicAccessBlockConfiguration' };
  const read = () => control.send(new GetAccountBlockCommand({ AccountId }));
  await expect(read()).rejects.toMatchObject(absent);
  const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
  await control.send(
    new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }),
  );
  expect((await read()).PublicAccessBlockConfiguration?.BlockPublicAcls).toBe(true);
  await control.send(new DeletePublicAccessBlockCommand({ AccountId }));
  await expect(read()).rejects.toMatchObject(absent);
  const calls = aws.edge.calls({ service: 's3' }).filter(({ target }) => target === 'moto');
  expect(new Set(calls.map(({ action }) => action))).toEqual(
    new Set(['GetAccountPublicAccessBlock', 'PutAccountPublicAccessBlock']),
  );
});

const FunctionName = 'resize';
const grant = { FunctionName, StatementId: 'all', Action: 'lambda:InvokeFunction', Principal: '*' };

test('a function and its alias have a policy each, with a revision, or none', async () => {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${workloads}:role/resize`,
      Code: { ZipFile: zipOf({ 'index.js': 'exports.handler = async () => 1;' }) },
    }),
  );
  const alias = { FunctionName, Name: 'live', FunctionVersion: '$LATEST' };
  await lambda.send(new CreateAliasCommand(alias));
  const Qualifier = 'live';
  const policy = async (of: { Qualifier?: string }) => {
    const { Policy = '', RevisionId } = await lambda.send(
      new GetPolicyCommand({ FunctionName, ...of }),
    );
    return { resources: Policy.match(/function:[\w:]+/g), RevisionId };
  };
  await lambda.send(new AddPermissionCommand(grant));
  await lambda.send(new AddPermissionCommand({ ...grant, Qualifier }));

  const own = await policy({});
  expect(own.resources).toEqual(['function:resize']);
  expect((await policy({ Qualifier })).resources).toEqual(['function:resize:live']);
  const remove = (RevisionId?: string) =>
    lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'all', RevisionId }));
  await expect(remove('another')).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  await remove(own.RevisionId);
  await expect(policy({})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect((await policy({ Qualifier })).resources).toHaveLength(1);
});

test('a function finds the host name too', async () => {
  const ZipFile = `exports.handler = async () => ({
    address: (await new Promise((found) =>
      require('dns').lookup('${workloads}.localhost', (_, address) => found(address)),
    )),
    endpoint: process.env.AWS_ENDPOINT_URL_S3_CONTROL,
  });`;
  const Finder = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'finder',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${workloads}:role/finder`,
      Code: { ZipFile },
    },
  };
  const TemplateBody = JSON.stringify({ Resources: { Finder } });
  const stack = { StackName: 'finder', TemplateBody };
  await new CloudFormationClient(settings()).send(new CreateStackCommand(stack));

  const found = await until(async () => {
    const invoke = new InvokeCommand({ FunctionName: 'finder' });
    const answer = await lambda.send(invoke).catch(() => undefined);
    return answer?.Payload?.transformToString();
  });

  expect(JSON.parse(found)).toEqual({
    address: '127.0.0.1',
    endpoint: s3ControlEndpoint(aws.edge.url),
  });
});
