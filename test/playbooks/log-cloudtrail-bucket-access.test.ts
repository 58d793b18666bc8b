import type { Planned } from '../../src/domain/plan';
import type { Target } from '../../src/domain/target';
import { policyFor, type LogBucketSpec } from '../../src/operations/s3/log-bucket';
import { logCloudtrailBucketAccess } from '../../src/playbooks/log-cloudtrail-bucket-access/playbook';
import { specFor } from '../../src/playbooks/log-cloudtrail-bucket-access/read';
import { account, anAsked, aTarget, region } from '../support/builders';
import { awsError, isReading, MemoryAws } from '../support/memory-aws';
import { MemoryS3Logging } from '../support/memory-s3-logging';

const target: Target = { ...aTarget, kind: 'AwsS3Bucket', id: 'trail-logs' };
const name = `trail-logs-access-logs-${account}`;
const spec: LogBucketSpec = { name, source: 'trail-logs', account, region };
const blocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const source = () => new MemoryS3Logging().bucket('trail-logs');

const look = async (aws: MemoryAws, of = target): Promise<Planned> => {
  const asked = anAsked({ target: of });
  return logCloudtrailBucketAccess.plan(await logCloudtrailBucketAccess.read(aws, asked), asked);
};
const planned = (s3: MemoryS3Logging, of = target) => look(new MemoryAws(s3.handlers), of);

describe('a bucket whose access is not logged', () => {
  it('gets a log bucket first, and logging then', async () => {
    expect(await planned(source())).toMatchObject({
      kind: 'plan',
      plan: {
        steps: [
          { operation: 's3.create-log-bucket', input: spec },
          {
            operation: 's3.set-bucket-logging',
            input: { bucket: 'trail-logs', account, logBucket: name, prefix: 'trail-logs/' },
          },
        ],
        effects: [
          { what: 'Bucket for access logs', before: 'none', after: name },
          { what: 'Server access logging', before: 'off' },
        ],
        keeps: ['The objects, the policy and all other settings of trail-logs'],
        reversible: 'exactly',
      },
    });
  });

  it('uses the log bucket that is there and fit, as it is', async () => {
    const s3 = source().bucket(name, { block: blocked, policy: policyFor(spec), objects: ['log'] });

    expect(await planned(s3)).toMatchObject({
      plan: {
        steps: [{ operation: 's3.set-bucket-logging' }],
        effects: [{ what: 'Server access logging' }],
        keeps: [expect.anything(), `The bucket ${name} as it is`],
      },
    });
  });

  it('has a log bucket in its own Region, whatever S3 calls that', async () => {
    const of = (where: string) => ({ ...target, region: where }) as Target;
    const virginia = new MemoryS3Logging().bucket('trail-logs', { region: 'us-east-1' });
    const ireland = new MemoryS3Logging().bucket('trail-logs', { region: 'EU' });

    expect(await planned(virginia, of('us-east-1'))).toMatchObject({
      plan: { steps: [{ input: { region: 'us-east-1' } }, {}] },
    });
    expect(await planned(ireland, of('eu-west-1'))).toMatchObject({ kind: 'plan' });
  });
});

describe('nothing to do', () => {
  it('is where access is logged, wherever to', async () => {
    const logging = { TargetBucket: 'elsewhere', TargetPrefix: 'a/' };

    expect(await planned(new MemoryS3Logging().bucket('trail-logs', { logging }))).toEqual({
      kind: 'compliant',
      because: 'Access to trail-logs is logged in elsewhere already.',
    });
  });

  it('is where the bucket is gone', async () => {
    expect(await planned(new MemoryS3Logging())).toEqual({
      kind: 'compliant',
      because: 'The bucket trail-logs does not exist any more.',
    });
  });
});

describe('a refusal', () => {
  it('is for a name that another account has', async () => {
    expect(await planned(source().bucket(name, { owner: '999900001111' }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringMatching(`^The bucket name ${name} is taken: .*\\.$`),
    });
  });

  it('is for a bucket of that name that could not take the logs, each reason told', async () => {
    expect(await planned(source().bucket(name, { encryption: 'aws:kms' }))).toEqual({
      kind: 'refusal',
      because: `The bucket ${name} is there already, but cannot take the logs: public access is not blocked, it is not encrypted with AES256, its policy does not let S3 deliver.`,
    });
  });

  it('is for a bucket in another Region than the finding says', async () => {
    const s3 = new MemoryS3Logging().bucket('trail-logs', { region: 'us-west-2' });

    expect(await planned(s3)).toEqual({
      kind: 'refusal',
      because: 'The bucket trail-logs is in us-west-2, not in eu-west-1 as the finding says.',
    });
  });
});

describe('a look', () => {
  it('changes nothing and passes on what it does not know (law 10)', async () => {
    const whole = new MemoryAws(source().bucket(name).handlers);
    await look(whole);

    expect(whole.calls.filter((call) => !isReading(call.name))).toEqual([]);
    for (const at of whole.calls.keys()) {
      const aws = new MemoryAws(source().bucket(name).handlers);
      aws.fail(at, { error: awsError('InternalError') });
      await expect(look(aws)).rejects.toThrow('InternalError');
    }
  });

  it('that may not see the trail’s own bucket is no “taken”', async () => {
    const s3 = new MemoryS3Logging().bucket('trail-logs', { owner: '999900001111' });

    await expect(planned(s3)).rejects.toThrow('AccessDenied');
  });
});

describe('the name of the log bucket', () => {
  const nameOf = (id: string) => specFor({ ...target, id }).name;

  it('is the bucket’s, as long as it fits in 63 characters', () => {
    expect(nameOf('a'.repeat(38))).toBe(`${'a'.repeat(38)}-access-logs-${account}`);
    expect(nameOf('a'.repeat(38))).toHaveLength(63);
  });

  it('is cut, apart from others that begin the same, and a name that S3 takes', () => {
    const long = [`${'a'.repeat(28)}.${'b'.repeat(34)}`, `${'a'.repeat(28)}-${'c'.repeat(34)}`];
    const names = long.map(nameOf);

    expect(new Set(names).size).toBe(2);
    for (const each of names)
      expect(each).toMatch(new RegExp(`^a{28}-[0-9a-f]{8}-access-logs-${account}$`));
    expect(nameOf('b'.repeat(63))).toHaveLength(63);
  });
});
