import { partitionOf } from '../../src/domain/partition';
import { createLogBucket } from '../../src/operations/s3/create-log-bucket';
import {
  lacks,
  policyFor,
  readLogBucket,
  type LogBucket,
  type LogBucketSpec,
} from '../../src/operations/s3/log-bucket';
import {
  setBucketLogging,
  type SetBucketLogging,
} from '../../src/operations/s3/set-bucket-logging';
import { account, region } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { MemoryS3Logging } from '../support/memory-s3-logging';

const run = 'rem-0000000000/0';
const spec: LogBucketSpec = { name: 'logs', source: 'trail-logs', account, region };
const absent: LogBucket = { kind: 'absent' };
const blocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const read = (s3: MemoryS3Logging) => readLogBucket(new MemoryAws(s3.handlers), spec);
const ready = {
  kind: 'bucket',
  blocked: true,
  encryption: 'AES256',
  policy: policyFor(spec),
  empty: true,
} as const;

describe('a log bucket', () => {
  it('lets S3 alone write, for one source of one account, and nobody without TLS', () => {
    expect(JSON.parse(policyFor({ ...spec, region: 'cn-north-1' }))).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws-cn:s3:::logs/*',
          Condition: {
            ArnLike: { 'aws:SourceArn': 'arn:aws-cn:s3:::trail-logs' },
            StringEquals: { 'aws:SourceAccount': account },
          },
        },
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
    });
  });

  it('lacks what S3 needs, each told', async () => {
    const open = new MemoryS3Logging().bucket('logs', {
      block: { ...blocked, BlockPublicPolicy: false },
      encryption: 'aws:kms',
      policy: policyFor({ ...spec, source: 'other' }),
    });
    const old = new MemoryS3Logging().bucket('logs', { encryption: undefined });

    for (const s3 of [open, old]) {
      const found = await read(s3);
      expect(found.kind === 'bucket' && lacks(found, spec)).toEqual([
        'public access is not blocked',
        'it is not encrypted with AES256',
        'its policy does not let S3 deliver',
      ]);
    }
  });

  it('may say more in its policy, in any order of its words', () => {
    const [statement] = JSON.parse(policyFor(spec)).Statement;
    const turned = Object.fromEntries(Object.entries(statement).reverse());
    const policies = [{ Statement: turned }, { Statement: [{ Effect: 'Deny' }, statement] }];

    for (const policy of policies)
      expect(lacks({ ...ready, policy: JSON.stringify(policy) }, spec)).toEqual([]);
    expect(lacks({ ...ready, policy: '{}' }, spec)).toHaveLength(1);
  });

  it('is read whatever S3 leaves out, and an unknown error is passed on (law 10)', async () => {
    const bare = new MemoryAws({
      's3:GetBucketPolicy': () => ({}),
      's3:GetPublicAccessBlock': () => ({}),
      's3:GetBucketEncryption': () => ({}),
      's3:ListObjectVersions': () => ({ DeleteMarkers: [{}] }),
    });
    const empty = { blocked: false, encryption: '', policy: '', empty: false };

    expect(await readLogBucket(bare, spec)).toEqual({ kind: 'bucket', ...empty });
    for (const at of [0, 1, 2, 3]) {
      const aws = new MemoryAws(new MemoryS3Logging().bucket('logs').handlers);
      aws.fail(at);
      await expect(readLogBucket(aws, spec)).rejects.toThrow('UnauthorizedOperation');
    }
  });

  it('of somebody else is not touched', async () => {
    const used = { ...ready, policy: '{"Statement":[]}' };
    const full = { ...ready, policy: '', empty: false };

    for (const now of [used, full]) {
      const aws = new MemoryAws();
      await expect(createLogBucket.apply(aws, spec, now, run)).rejects.toThrow(
        'A bucket logs is there and is used otherwise: it stays as it is.',
      );
      expect(aws.calls).toEqual([]);
    }
  });

  it('that holds logs stays when it is taken back, and that counts as done (law 7)', async () => {
    const s3 = new MemoryS3Logging().bucket('logs', { objects: ['log'] });
    const aws = new MemoryAws(s3.handlers);
    const undo = async (now: LogBucket) => createLogBucket.undo(aws, spec, absent, now);

    await undo({ ...ready, empty: false });
    await undo(ready);

    expect(aws.calls.map(({ name }) => name)).toEqual(['s3:DeleteBucket']);
    expect(s3.buckets.has('logs')).toBe(true);
    expect(createLogBucket.restored(await read(s3), spec, absent)).toBe(true);
    expect(createLogBucket.restored(ready, spec, absent)).toBe(false);
    s3.buckets.delete('logs');
    await undo(ready);
    expect(createLogBucket.restored(await read(s3), spec, absent)).toBe(true);
  });

  it('tells what others changed since', () => {
    const drift = (after: LogBucket, now: LogBucket) => createLogBucket.drift(after, now);

    expect(drift(ready, absent)).toEqual(['deleted since: the bucket']);
    expect(drift(absent, absent)).toEqual([]);
    expect(drift(ready, ready)).toEqual([]);
    expect(drift(absent, ready)).toEqual([]);
    expect(drift(ready, { ...ready, empty: false })).toEqual([
      'the log bucket holds logs by now, so it stays',
    ]);
    const changed = { blocked: false, encryption: 'aws:kms', policy: '' };
    expect(drift(ready, { ...ready, ...changed })).toEqual([
      'changed since: the policy of the log bucket',
      'changed since: public access of the log bucket',
      'changed since: encryption of the log bucket',
    ]);
  });
});

describe('access logging', () => {
  const input: SetBucketLogging = {
    bucket: 'trail-logs',
    account,
    logBucket: 'logs',
    prefix: 'trail-logs/',
  };
  const others = { logBucket: 'elsewhere', prefix: '' };

  it('that somebody else turned on meanwhile stays, forwards and backwards', async () => {
    const aws = new MemoryAws();

    await expect(setBucketLogging.apply(aws, input, others, run)).rejects.toThrow(
      'Access to the bucket is logged in elsewhere by now: that stays.',
    );
    await setBucketLogging.undo(aws, input, { logBucket: '', prefix: '' }, others);

    expect(aws.calls).toEqual([]);
    expect(setBucketLogging.restored(others, input, { logBucket: '', prefix: '' })).toBe(true);
  });

  it('tells what others changed since', () => {
    const ours = { logBucket: 'logs', prefix: 'trail-logs/' };

    expect(setBucketLogging.drift(ours, others)).toEqual([
      'changed since: access is logged in elsewhere',
    ]);
    expect(setBucketLogging.drift(ours, { ...ours, prefix: '' })).toEqual([
      'changed since: access is logged in logs',
    ]);
    expect(setBucketLogging.drift(ours, { logBucket: '', prefix: '' })).toEqual([
      'changed since: access is logged nowhere',
    ]);
  });
});

it.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eusc-de-east-1', 'aws-eusc'],
])('the partition of %s is %s', (name, partition) => {
  expect(partitionOf(name)).toBe(partition);
});
