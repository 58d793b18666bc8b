import { offersFor } from '../../src/domain/playbook';
import { blockS3BucketPublicAccess as playbook } from '../../src/playbooks/block-s3-bucket-public-access/playbook';
import { account, aFinding, anAsked } from '../support/builders';
import { MemoryS3 } from '../support/memory-s3';
import { all, anyone, look, name, planOf, policyOf, target, worldWith } from './open-bucket';

describe('the settings', () => {
  it('that are on stay on; only the others are shown to change', async () => {
    const { effects, steps } = await planOf(
      worldWith({ block: { BlockPublicAcls: true, BlockPublicPolicy: true } }),
    );

    expect(effects).toEqual([
      { what: 'Ignore public ACLs (IgnorePublicAcls)', before: 'off', after: 'on' },
      { what: 'Restrict public policies (RestrictPublicBuckets)', before: 'off', after: 'on' },
    ]);
    expect(steps).toEqual([
      { operation: 's3.block-public-access', input: { bucket: name, account }, phase: 'change' },
    ]);
  });

  it('that the account has on already are told so', async () => {
    const { effects, blastRadius } = await planOf(
      worldWith({}, new Map([[account, { BlockPublicAcls: true }]])),
    );

    expect(effects[0]?.before).toBe('off, but on for the whole account');
    expect(blastRadius).toContain('Its account has on: BlockPublicAcls.');
  });

  it.each([
    ['S3.8', 'plan'],
    ['CloudTrail.6', 'plan'],
    [undefined, 'plan'],
    ['S3.2', 'compliant'],
    ['S3.3', 'compliant'],
  ])('of the account are enough for who may read and write, not for %s', async (control, kind) => {
    const s3 = worldWith({ ...policyOf(true, anyone) }, new Map([[account, all]]));

    expect((await look(s3, control)).kind).toBe(kind);
  });

  it('of the account together with those of the bucket are enough too', async () => {
    const s3 = worldWith(
      { block: { BlockPublicAcls: true, IgnorePublicAcls: true } },
      new Map([[account, { BlockPublicPolicy: true, RestrictPublicBuckets: true }]]),
    );

    expect(await look(s3, 'S3.2')).toEqual({
      kind: 'compliant',
      because: `All four settings that block public access are on for ${name}.`,
    });
  });
});

describe('for a finding of Macie', () => {
  it.each([
    ['Policy:IAMUser/S3BucketPublic', 'compliant'],
    ['Policy:IAMUser/S3BlockPublicAccessDisabled', 'plan'],
  ])('%s, where the account blocks, comes to %s', async (type, kind) => {
    const s3 = worldWith(policyOf(true, anyone), new Map([[account, all]]));
    const asked = anAsked({ target, finding: aFinding({ type }) });

    expect(playbook.plan(await playbook.read(s3, asked), asked).kind).toBe(kind);
  });

  it.each([
    ['S3BucketPublic', true],
    ['S3BlockPublicAccessDisabled', true],
    // Those name who gets in, and the block would leave them in.
    ['S3BucketSharedExternally', false],
    ['S3BucketReplicatedExternally', false],
    ['S3BucketSharedWithCloudFront', false],
    ['S3BucketEncryptionDisabled', false],
  ])('it is offered, or not: %s', (type, offered) => {
    const finding = aFinding({
      product: 'Macie',
      control: undefined,
      type: `Policy:IAMUser/${type}`,
      resources: [{ kind: 'AwsS3Bucket', id: `arn:aws:s3:::${name}` }],
    });

    expect(offersFor([playbook], finding)).toHaveLength(offered ? 1 : 0);
  });
});

describe('a look that is not whole (law 10)', () => {
  it.each([
    ['GetPublicAccessBlock', 'public access block'],
    ['GetBucketPolicy', 'policy'],
    ['GetBucketPolicyStatus', 'policy status'],
    ['GetBucketAcl', 'ACL'],
    ['GetBucketOwnershipControls', 'ownership controls'],
    ['GetBucketWebsite', 'website settings'],
    ['GetBucketTagging', 'tags'],
    ['GetBucketLocation', 'Region'],
  ])('is refused: %s', async (call, part) => {
    const s3 = worldWith({ ...policyOf(true, anyone), tags: { owner: 'web' } });
    s3.denied.add(`${name} ${call}`);

    expect(await look(s3)).toEqual({
      kind: 'refusal',
      because: `Who uses ${name} cannot be seen: AWS does not show its ${part}. Either the bucket is not of account ${account}, or its policy denies Drawbridge to look.`,
    });
  });

  it('is refused where the bucket is another account’s', async () => {
    expect(await look(worldWith({ owner: '999988887777' }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining(`not of account ${account}`),
    });
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown member', JSON.stringify({ Statement: { ...anyone, Unless: {} } })],
  ])('is refused where the policy is %s', async (_, policy) => {
    expect(await look(worldWith({ policy, isPublic: true }))).toEqual({
      kind: 'refusal',
      because: `Who uses ${name} cannot be seen: its policy has a form that is not known here.`,
    });
  });

  it('is refused where AWS says nothing of the policy, or the policy went meanwhile', async () => {
    const s3 = (answers: object) => {
      const world = worldWith(policyOf(true, anyone));
      const call = world.call.bind(world);
      world.call = async (named, input) =>
        named in answers ? (answers as never)[named] : call(named, input);
      return world;
    };

    for (const answers of [
      { 's3:GetBucketPolicyStatus': {} },
      { 's3:GetBucketPolicy': undefined },
      { 's3:GetBucketPolicyStatus': undefined },
    ])
      expect((await look(s3(answers))).kind).toBe('refusal');
  });

  it('passes on an error that it does not know', async () => {
    const s3 = worldWith({});
    s3.fail(0);

    await expect(look(s3)).rejects.toThrow('UnauthorizedOperation');
  });
});

describe('a bucket that is gone', () => {
  it('has nobody to lock out', async () => {
    expect(await look(new MemoryS3())).toEqual({
      kind: 'compliant',
      because: `The bucket ${name} does not exist any more.`,
    });
  });
});

it('what AWS leaves out is nothing, and the oldest Region has no name', async () => {
  const s3 = worldWith({});
  const call = s3.call.bind(s3);
  const bare: Record<string, object> = {
    's3:GetBucketAcl': {},
    's3:GetBucketOwnershipControls': { OwnershipControls: {} },
    's3:GetBucketTagging': { TagSet: [{}, { Key: 'owner' }] },
    's3:GetBucketLocation': {},
  };
  s3.call = async (named, input) => (bare[named] as never) ?? call(named, input);

  expect((await planOf(s3)).blastRadius[0]).toBe(`Bucket ${name} in us-east-1, tagged owner=.`);
  bare['s3:GetBucketTagging'] = {};
  expect((await planOf(s3)).blastRadius[0]).toBe(`Bucket ${name} in us-east-1.`);
});

it('every call says whose bucket it means', async () => {
  const s3 = worldWith(policyOf(true, anyone));
  await look(s3);

  const ours = s3.calls.filter(({ name: called }) => called.startsWith('s3:'));
  expect(ours.length).toBeGreaterThan(7);
  for (const { input } of ours) expect(input).toMatchObject({ ExpectedBucketOwner: account });
});
