import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import type { Edge } from '../../../sandbox/edge';
import {
  assumeThrough,
  role,
  settingsOf,
  startBench,
  stopBench,
  workloads,
  type Bench,
} from './bench';
import { startUpstream } from './upstream';

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
    bench.moto.reply(400, 'text/xml', body);
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
    expect(bench.moto.seen).toHaveLength(1);
  });

  test('by chance, for the same calls in each run', async () => {
    const client = new EC2Client({ ...settings(), maxAttempts: 1 });
    const row = async (): Promise<string> => {
      edge.reset();
      edge.fault({ service: 'ec2' }, { chance: 0.2, error: 'RequestLimitExceeded', status: 503 });
      for (let sent = 0; sent < 100; sent += 1)
        await client.send(new DescribeInstancesCommand({})).catch(() => undefined);
      return edge
        .calls()
        .map(({ error }) => (error ? 'x' : '.'))
        .join('');
    };
    const first = await row();

    expect(first.match(/x/g)?.length).toBeGreaterThan(10);
    expect(first.match(/x/g)?.length).toBeLessThan(30);
    expect(await row()).toBe(first);
  });

  test('only for sessions, or only for others', async () => {
    const sessionClient = new EC2Client({ ...(await assume()), maxAttempts: 1 });
    edge.fault({ assumed: true, service: 'ec2' }, { error: 'InternalError' });
    await new EC2Client(settings()).send(new DescribeInstancesCommand({}));
    const attempt = sessionClient.send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toMatchObject({ name: 'InternalError' });
    expect(edge.calls({ assumed: true, service: 'ec2' })).toHaveLength(1);
  });

  test('and says in words when an emulator is gone', async () => {
    await bench.moto.close();
    const attempt = new EC2Client(settings()).send(new DescribeInstancesCommand({}));
    await expect(attempt).rejects.toThrow(/moto does not answer/);
    bench.moto = await startUpstream();
  });

  test('and reads the HTML of an emulator that lacks the operation', async () => {
    bench.moto.reply(
      500,
      'text/html; charset=utf-8',
      '<!doctype html><h1>Internal Server Error</h1>',
    );
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
