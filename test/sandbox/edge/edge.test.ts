import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeInstancesCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import type { Edge } from '../../../sandbox/edge';
import {
  assumeThrough,
  bot,
  role,
  settingsOf,
  startBench,
  stopBench,
  workloads,
  type Bench,
} from './bench';

let edge: Edge;
let bench: Bench;
let settings: ReturnType<typeof settingsOf>;
let assume: ReturnType<typeof assumeThrough>;

beforeEach(async () => {
  bench = await startBench();
  edge = bench.edge;
  settings = settingsOf(edge);
  assume = assumeThrough(edge);
});
afterEach(() => stopBench(bench));

describe('sends each call to the emulator that holds it', () => {
  test('EC2 goes to the estate, in the account of the key', async () => {
    await new EC2Client(settings(workloads)).send(new DescribeInstancesCommand({}));
    expect(bench.moto.seen[0]?.headers['x-moto-account-id']).toBe(workloads);
  });

  test('Security Hub goes to the hub', async () => {
    await new SecurityHubClient(settings()).send(new GetFindingsCommand({}));
    expect(bench.hub.seen[0]?.headers['x-sandbox-account']).toBe(bot);
  });

  test('DynamoDB goes to the stack', async () => {
    const key = { pk: { S: 'a' } };
    await new DynamoDBClient(settings()).send(new GetItemCommand({ TableName: 't', Key: key }));
    expect(bench.ministack.seen).toHaveLength(1);
  });

  test("parameters of the bot are the stack's, those of the workloads the estate's", async () => {
    bench.ministack.reply(200, 'application/x-amz-json-1.1', '{}');
    bench.moto.reply(200, 'application/x-amz-json-1.1', '{}');
    const read = new GetParameterCommand({ Name: '/x' });
    await new SSMClient(settings()).send(read);
    await new SSMClient(settings(workloads)).send(read);
    expect([bench.ministack.seen.length, bench.moto.seen.length]).toEqual([1, 1]);
  });

  test('unsigned traffic goes to the stack as it is', async () => {
    const path = '/_aws/execute-api/abc/$default/slack/events';
    await fetch(`${edge.url}${path}`, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(bench.ministack.seen[0]).toMatchObject({ path, body: 'a=1' });
    expect(edge.calls()).toEqual([]);
  });

  test("an S3 call of a session lands in that session's account", async () => {
    bench.ministack.reply(200, 'text/xml', '<ListAllMyBucketsResult/>');
    edge.addRoles([{ ...role, policies: [{ Statement: { Effect: 'Allow', Action: 's3:*' } }] }]);
    await new S3Client(await assume()).send(new ListBucketsCommand({}));
    expect(bench.ministack.seen[0]?.headers.authorization).toContain(`Credential=${workloads}/`);
    expect(bench.ministack.seen[0]?.headers['x-amz-security-token']).toBeUndefined();
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
    expect(bench.moto.seen).toHaveLength(1);
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
