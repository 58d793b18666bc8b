import type { Plan, Planned } from '../../src/domain/plan';
import { Target } from '../../src/domain/target';
import { mostOfPolicy, withDenial } from '../../src/operations/s3/object-denial';
import { denialFor } from '../../src/playbooks/quarantine-s3-object/read';
import { quarantineS3Object as playbook } from '../../src/playbooks/quarantine-s3-object/playbook';
import { account, anAsked } from '../support/builders';
import { anObject, type MemoryS3 } from '../support/memory-s3';
import {
  bucket,
  denial,
  key,
  policyOf,
  target,
  tls,
  worldWith,
} from './samples/quarantine-s3-object';

const look = async (s3: MemoryS3, of = target): Promise<Planned> => {
  const asked = anAsked({ target: of });
  return playbook.plan(await playbook.read(s3, asked), asked);
};
const planOf = async (...given: Parameters<typeof look>): Promise<Plan> => {
  const planned = await look(...given);
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};
const objectCalled = (name: string) => Target.parse({ ...target, id: `${bucket}/${name}` });

describe('the plan', () => {
  it('denies this object to all but three roles, and then tags it, which may fail', async () => {
    const { steps } = await planOf(worldWith()());

    const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
    expect(steps).toEqual([
      {
        operation: 's3.deny-object-read',
        phase: 'change',
        input: {
          bucket,
          key,
          account,
          partition: 'aws',
          except: [
            role('DrawbridgeResponder'),
            role('DrawbridgeBreakGlass'),
            role('aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie'),
          ],
        },
      },
      {
        operation: 's3.tag-object',
        phase: 'change',
        optional: true,
        input: {
          bucket,
          key,
          account,
          name: 'drawbridge:quarantined',
          value: 'quarantine-s3-object',
        },
      },
    ]);
  });

  it('names the partition of the Region', () => {
    const input = denialFor(Target.parse({ ...target, region: 'us-gov-west-1' }));

    expect([input.partition, input.except[0]]).toEqual([
      'aws-us-gov',
      `arn:aws-us-gov:iam::${account}:role/DrawbridgeResponder`,
    ]);
  });

  it('says what stays, what stops and how much of the policy is used', async () => {
    const { keeps, warnings, blastRadius } = await planOf(worldWith({ policy: policyOf(tls) })());

    expect(keeps[1]).toBe(
      `All other objects of ${bucket}, and the 1 other statement of its policy.`,
    );
    expect(warnings[0]).toMatch(/CloudFront and replication that read this object get 403/);
    expect(blastRadius[0]).toMatch(/, 1 version\.$/);
    expect(blastRadius[1]).toBe(
      'Its newest version has 1800 bytes and is of 2026-02-01T08:00:00.000Z.',
    );
    expect(blastRadius[2]).toMatch(
      new RegExp(`^The bucket’s policy will have \\d{3} of ${mostOfPolicy} bytes`),
    );
  });

  it('has no tag, and a warning, where the object was deleted and older versions are left', async () => {
    const objects = { [key]: anObject({ versions: 3, deleted: true }) };
    const { steps, warnings, blastRadius } = await planOf(worldWith({ objects })());

    expect(steps.map(({ operation }) => operation)).toEqual(['s3.deny-object-read']);
    expect(warnings.at(-1)).toMatch(/^The object was deleted, but older versions/);
    expect(blastRadius[0]).toMatch(/, 3 versions\.$/);
  });

  it('says so where there are more versions than were listed', async () => {
    const objects = { [key]: anObject({ versions: 150 }) };

    expect((await planOf(worldWith({ objects })())).blastRadius[0]).toMatch(
      /, 100 or more versions\.$/,
    );
  });

  it('reads no object: only lists, policies and settings', () => {
    expect(playbook.permissions.filter((each) => /:GetObject/.test(each))).toEqual([]);
  });
});

describe('nothing is left to do', () => {
  it.each([
    ['bucket', () => worldWith()(), `Bucket-that-is-gone/${key}`],
    ['object', () => worldWith({ objects: {} })(), `${bucket}/${key}`],
  ])('where the %s is gone', async (what, world, id) => {
    expect(await look(world(), Target.parse({ ...target, id }))).toEqual({
      kind: 'compliant',
      because: `The ${what} of ${id} does not exist any more.`,
    });
  });

  it('where another object has a name that begins with this one, and this one is gone', async () => {
    const objects = { [`${key}.bak`]: anObject() };

    expect((await look(worldWith({ objects })())).kind).toBe('compliant');
  });
});

describe('it is refused', () => {
  const refused = async (...given: Parameters<typeof look>) => {
    const planned = await look(...given);
    return planned.kind === 'refusal' ? planned.because : planned.kind;
  };
  const all = { BlockPublicPolicy: true };
  const open = { ...tls, Effect: 'Allow', Action: 's3:GetObject', Condition: {} };

  it('where the policy would be too long for S3, to the byte', async () => {
    const padded = (letters: number) => policyOf({ ...tls, Sid: 'x'.repeat(letters) });
    const room =
      mostOfPolicy -
      Buffer.byteLength(
        withDenial({ statements: [{ ...tls, Sid: '' }], rest: { Version: '2012-10-17' } }, denial),
      );

    expect(await refused(worldWith({ policy: padded(room) })())).toBe('plan');
    expect(await refused(worldWith({ policy: padded(room + 1) })())).toBe(
      `The policy of ${bucket} would have 20481 bytes with one more statement, and S3 takes 20480: shorten it first.`,
    );
  });

  it.each(['a*.csv', 'a?.csv', 'a${b}.csv'])(
    'where the key would mean others too: %s',
    async (name) => {
      const world = worldWith({ objects: { [name]: anObject() } })();

      expect(await refused(world, objectCalled(name))).toMatch(/cannot be denied alone/);
    },
  );

  it('where S3 would not take a public policy again', async () => {
    const policy = policyOf(open);
    const blocked = [
      worldWith({ policy, isPublic: true, block: all }),
      worldWith({ policy, isPublic: true }, new Map([[account, all]])),
    ];

    for (const world of blocked) expect(await refused(world())).toMatch(/is public and S3 refuses/);
    expect(await refused(worldWith({ policy, isPublic: true })())).toBe('plan');
    expect(await refused(worldWith({ policy, block: all })())).toBe('plan');
  });

  it('where somebody has rewritten our statement', async () => {
    const policy = withDenial(undefined, denial).replace('s3:GetObject*', 's3:GetObject');

    expect(await refused(worldWith({ policy })())).toMatch(/somebody has rewritten it/);
  });

  it('in a bucket of Drawbridge’s own', async () => {
    const world = worldWith()();
    world.bucket('drawbridge-dev-quarantine', { objects: { a: anObject() } });

    const own = Target.parse({ ...target, id: 'drawbridge-dev-quarantine/a' });
    expect(await refused(world, own)).toMatch(/one of Drawbridge’s own buckets/);
  });

  it.each(['GetBucketPolicy', 'ListObjectVersions'])('where AWS does not show %s', async (call) => {
    const world = worldWith({ policy: policyOf(tls) })();
    world.denied.add(`${bucket} ${call}`);

    expect(await refused(world)).toMatch(new RegExp(`not of account ${account}`));
  });

  it.each(['{', '[]', 'null'])('where the policy is no policy: %s', async (policy) => {
    expect(await refused(worldWith({ policy })())).toMatch(/form that is not known here/);
  });

  it('passes on an error that it does not know', async () => {
    const world = worldWith()();
    world.fail(0);

    await expect(look(world)).rejects.toThrow('UnauthorizedOperation');
  });
});
