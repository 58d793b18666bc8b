import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeInstancesCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import { startEdge, type Edge, type Role } from '../../../sandbox/edge';
import { startUpstream, type Upstream } from './upstream';

const bot = '111122223333';
const workloads = '444455556666';
const role: Role = {
  arn: `arn:aws:iam::${workloads}:role/DrawbridgeResponder`,
  principals: [`arn:aws:iam::${bot}:root`],
  externalId: 'drawbridge-sandbox',
  policies: [{ Statement: { Effect: 'Allow', Action: ['ec2:*', 'ssm:*'], Resource: '*' } }],
};
const instances = '<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>';

let edge: Edge;
let ministack: Upstream;
let moto: Upstream;
let hub: Upstream;

const settings = (accessKeyId = bot, sessionToken?: string) => ({
  endpoint: edge.url,
  region: 'us-east-1',
  maxAttempts: 1,
  userAgentAppId: 'drawbridge-remediation',
  credentials: { accessKeyId, secretAccessKey: 'x', ...(sessionToken ? { sessionToken } : {}) },
});

const assume = async (policy?: object, externalId = 'drawbridge-sandbox') => {
  const { Credentials } = await new STSClient(settings()).send(
    new AssumeRoleCommand({
      RoleArn: role.arn,
      RoleSessionName: 'step-1',
      ExternalId: externalId,
      ...(policy ? { Policy: JSON.stringify(policy) } : {}),
    }),
  );
  return settings(Credentials?.AccessKeyId, Credentials?.SessionToken);
};

beforeEach(async () => {
  [ministack, moto, hub] = await Promise.all([startUpstream(), startUpstream(), startUpstream()]);
  moto.reply(200, 'text/xml', instances);
  edge = await startEdge({
    port: 0,
    botAccount: bot,
    upstreams: { ministack: ministack.url, moto: moto.url, hub: hub.url },
    roles: [role],
  });
});

afterEach(async () => {
  await edge.close();
  await Promise.all([ministack, moto, hub].map((upstream) => upstream.close()));
});

describe('sends each call to the emulator that holds it', () => {
  test('EC2 goes to the estate, in the account of the key', async () => {
    await new EC2Client(settings(workloads)).send(new DescribeInstancesCommand({}));
    expect(moto.seen[0]?.headers['x-moto-account-id']).toBe(workloads);
  });

  test('Security Hub goes to the hub', async () => {
    await new SecurityHubClient(settings()).send(new GetFindingsCommand({}));
    expect(hub.seen[0]?.headers['x-sandbox-account']).toBe(bot);
  });

  test('DynamoDB goes to the stack', async () => {
    const key = { pk: { S: 'a' } };
    await new DynamoDBClient(settings()).send(new GetItemCommand({ TableName: 't', Key: key }));
    expect(ministack.seen).toHaveLength(1);
  });

  test("parameters of the bot are the stack's, those of the workloads the estate's", async () => {
    ministack.reply(200, 'application/x-amz-json-1.1', '{}');
    moto.reply(200, 'application/x-amz-json-1.1', '{}');
    const read = new GetParameterCommand({ Name: '/x' });
    await new SSMClient(settings()).send(read);
    await new SSMClient(settings(workloads)).send(read);
    expect([ministack.seen.length, moto.seen.length]).toEqual([1, 1]);
  });

  test('unsigned traffic goes to the stack as it is', async () => {
    const path = '/_aws/execute-api/abc/$default/slack/events';
    await fetch(`${edge.url}${path}`, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(ministack.seen[0]).toMatchObject({ path, body: 'a=1' });
    expect(edge.calls()).toEqual([]);
  });

  test("an S3 call of a session lands in that session's account", async () => {
    ministack.reply(200, 'text/xml', '<ListAllMyBucketsResult/>');
    edge.addRoles([{ ...role, policies: [{ Statement: { Effect: 'Allow', Action: 's3:*' } }] }]);
    await new S3Client(await assume()).send(new ListBucketsCommand({}));
    expect(ministack.seen[0]?.headers.authorization).toContain(`Credential=${workloads}/`);
    expect(ministack.seen[0]?.headers['x-amz-security-token']).toBeUndefined();
  });
});

describe('is the token service', () => {
  test('hands out a session that says who it is', async () => {
    const identity = await new STSClient(await assume()).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:sts::${workloads}:assumed-role/DrawbridgeResponder/step-1`);
  });

  test.each([
    ['a wrong ExternalId', () => assume(undefined, 'guess')],
    [
      'a caller that the role does not trust',
      async () => {
        const command = {
          RoleArn: role.arn,
          RoleSessionName: 'x1',
          ExternalId: 'drawbridge-sandbox',
        };
        return new STSClient(settings('999999999999')).send(new AssumeRoleCommand(command));
      },
    ],
    [
      'a role that does not exist',
      async () => {
        const command = { RoleArn: `${role.arn}2`, RoleSessionName: 'x1' };
        return new STSClient(settings()).send(new AssumeRoleCommand(command));
      },
    ],
  ])('refuses %s', async (_, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('knows no key that it did not hand out', async () => {
    const client = new EC2Client(settings('ASIAFORGED'));
    const attempt = client.send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

describe('holds a session to its policies', () => {
  const revoke = new RevokeSecurityGroupIngressCommand({ GroupId: 'sg-1' });
  const readOnly = { Statement: [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }] };

  test('refuses an action that the session policy does not allow', async () => {
    const client = new EC2Client(await assume(readOnly));
    await client.send(new DescribeInstancesCommand({}));
    await expect(client.send(revoke)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    expect(moto.seen).toHaveLength(1);
  });

  test('refuses an action that the role itself does not allow', async () => {
    const everything = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const client = new S3Client(await assume(everything));
    await expect(client.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('writes the refusal as JSON for a JSON service', async () => {
    const client = new SSMClient(await assume(readOnly));
    await expect(client.send(new GetParameterCommand({ Name: '/x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('no session policy allows') as string,
    });
  });
});

describe('remembers calls', () => {
  test('with function, action, account, role and session policy', async () => {
    const policy = { Statement: [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }] };
    await new EC2Client(await assume(policy)).send(new DescribeInstancesCommand({}));
    expect(edge.calls({ service: 'ec2' })).toEqual([
      expect.objectContaining({
        function: 'drawbridge-remediation',
        action: 'DescribeInstances',
        account: workloads,
        role: role.arn,
        session: 'step-1',
        sessionPolicies: [policy],
        status: 200,
      }),
    ]);
  });

  test('with the error code of a refusal', async () => {
    const body =
      '<Response><Errors><Error><Code>InvalidGroup.NotFound</Code></Error></Errors></Response>';
    moto.reply(400, 'text/xml', body);
    const attempt = new EC2Client(settings()).send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
    expect(edge.calls()).toMatchObject([{ status: 400, error: 'InvalidGroup.NotFound' }]);
  });

  test('with the IAM name of an S3 call whose body is streamed', async () => {
    const put = new PutObjectCommand({
      Bucket: 'evidence',
      Key: 'a/b.json',
      Body: 'x'.repeat(1e6),
    });
    await new S3Client(settings()).send(put);
    expect(edge.calls()).toMatchObject([{ service: 's3', action: 'PutObject' }]);
  });
});

describe('breaks on demand', () => {
  test('with an AWS error, as often as asked', async () => {
    const client = new EC2Client(settings());
    edge.fault({ service: 'ec2' }, { error: 'RequestLimitExceeded', status: 503 });
    const attempt = client.send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
    await client.send(new DescribeInstancesCommand({}));
  });

  test('by losing the answer to a call that was carried out', async () => {
    edge.fault({ action: 'DescribeInstances' }, { reset: 'after' });
    const attempt = new EC2Client(settings()).send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toThrow(/socket hang up/);
    expect(moto.seen).toHaveLength(1);
  });

  test('and says in words when an emulator is gone', async () => {
    await moto.close();
    const attempt = new EC2Client(settings()).send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toThrow(/moto does not answer/);
    moto = await startUpstream();
  });

  test('and reads the HTML of an emulator that lacks the operation', async () => {
    moto.reply(500, 'text/html; charset=utf-8', '<!doctype html><h1>Internal Server Error</h1>');
    const attempt = new EC2Client(settings()).send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidAction' });
  });
});

test('other processes see calls and set faults, a browser page does not', async () => {
  const fault = { match: { service: 'ec2' }, error: 'InternalError' };
  const post = { method: 'POST', body: JSON.stringify(fault) };
  await fetch(`${edge.url}/_edge/fault`, post);
  const attempt = new EC2Client(settings()).send(new DescribeInstancesCommand({}));
  await expect(attempt).rejects.toMatchObject({ name: 'InternalError' });
  expect(await (await fetch(`${edge.url}/_edge/calls`)).json()).toHaveLength(1);
  const page = await fetch(`${edge.url}/_edge/reset`, {
    ...post,
    headers: { origin: 'http://evil.example' },
  });
  expect(page.status).toBe(403);
});

test('keeps up with many calls at once', async () => {
  const client = new EC2Client(settings());
  await Promise.all(
    Array.from({ length: 200 }, () => client.send(new DescribeInstancesCommand({}))),
  );
  expect(edge.calls()).toHaveLength(200);
});
