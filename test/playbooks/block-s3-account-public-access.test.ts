import type { Plan, Planned } from '../../src/domain/plan';
import { Target } from '../../src/domain/target';
import { blockS3AccountPublicAccess as playbook } from '../../src/playbooks/block-s3-account-public-access/playbook';
import { account, anAsked, region } from '../support/builders';
import { MemoryS3, type MemoryBucket } from '../support/memory-s3';
import { memoryS3Control, type AccountBlocks } from '../support/memory-s3-control';

const target = Target.parse({ kind: 'AwsAccount', id: account, account, region });
const asked = anAsked({ target });
const all = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const open: Partial<MemoryBucket> = { policy: '{}', isPublic: true };
const group = (name: string) => ({
  Grantee: { Type: 'Group' as const, URI: `http://acs.amazonaws.com/groups/${name}` },
  Permission: 'READ' as const,
});
const listed: Partial<MemoryBucket> = { grants: [group('global/AllUsers')] };

const anAccount = (
  buckets: Readonly<Record<string, Partial<MemoryBucket>>>,
  block?: AccountBlocks,
) => {
  const s3 = new MemoryS3(memoryS3Control(block ?? new Map()));
  for (const [name, bucket] of Object.entries(buckets)) s3.bucket(name, bucket);
  return s3;
};
const many = (count: number, bucket: Partial<MemoryBucket> = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`b-${String(n).padStart(3, '0')}`, bucket]),
  );

const look = async (s3: MemoryS3): Promise<Planned> =>
  playbook.plan(await playbook.read(s3, asked), asked);

const planOf = async (s3: MemoryS3): Promise<Plan> => {
  const planned = await look(s3);
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};

const publicOf = ({ effects }: Plan) =>
  effects.filter(({ what }) => what.startsWith('Public')).map(({ before }) => before);

describe('the settings of the account', () => {
  it('that are on stay on; only the others are shown to change', async () => {
    const block = new Map([[account, { BlockPublicAcls: true, IgnorePublicAcls: true }]]);

    const { effects, steps } = await planOf(anAccount({}, block));

    expect(effects).toEqual([
      { what: 'Refuse new public policies (BlockPublicPolicy)', before: 'off', after: 'on' },
      { what: 'Restrict public policies (RestrictPublicBuckets)', before: 'off', after: 'on' },
    ]);
    expect(steps).toEqual([
      { operation: 's3.block-account-public-access', input: { account }, phase: 'change' },
    ]);
  });

  it('that are all on leave nothing to do, and no bucket is looked at', async () => {
    const s3 = anAccount({ a: open }, new Map([[account, all]]));

    expect(await look(s3)).toEqual({
      kind: 'compliant',
      because: `All four settings that block public access are on for account ${account}.`,
    });
    expect(s3.calls).toHaveLength(1);
  });
});

describe('the buckets', () => {
  it('that are public are named, by what they are public', async () => {
    const plan = await planOf(
      anAccount({
        both: { ...open, ...listed },
        list: listed,
        login: { grants: [group('global/AuthenticatedUsers')] },
        logs: { grants: [group('s3/LogDelivery')] },
        policy: open,
        shut: { ...open, ...listed, block: all },
        site: { ...open, website: true },
      }),
    );

    expect(publicOf(plan)).toEqual([
      'both, by its policy and ACL',
      'list, by its ACL',
      'login, by its ACL',
      'policy, by its policy',
      'site, by its policy, a website',
    ]);
    expect(plan.blastRadius).toEqual([
      'Buckets of the account: 7, of which looked at: 7.',
      'Public now: both (policy and ACL), list (ACL), login (ACL), policy (policy), site (policy, a website).',
    ]);
    expect(plan.warnings[1]).toMatch(
      /^5 of 7 buckets are public now: whoever reads without signing/,
    );
  });

  it('that the account shuts already in part are open only by the rest', async () => {
    const block = new Map([[account, { IgnorePublicAcls: true }]]);

    expect(
      publicOf(await planOf(anAccount({ a: { ...open, ...listed }, b: listed }, block))),
    ).toEqual(['a, by its policy']);
  });

  it('that serve a website are a loud warning, public or not, unless they are shut', async () => {
    const site = { website: true };
    const { warnings } = await planOf(
      anAccount({ acls: site, shut: { ...site, block: all }, site: { ...open, ...site } }),
    );

    expect(warnings[0]).toBe(
      'WEBSITE: static website hosting is on, and goes down with 403, for acls, site.',
    );
  });

  it('that are not public make a short card', async () => {
    const { blastRadius, warnings, effects } = await planOf(anAccount({ a: {} }));

    expect(blastRadius).toContain('None of those is public now by its policy or ACL.');
    expect(warnings).toHaveLength(2);
    expect(effects).toHaveLength(4);
  });

  it('beyond thirty are counted on the card', async () => {
    const plan = await planOf(anAccount(many(32, open)));

    expect(publicOf(plan)).toHaveLength(31);
    expect(publicOf(plan)[30]).toBe('2 more');
    expect(plan.blastRadius[1]).toContain('b-004 (policy) and 27 more.');
  });

  it('are looked at over all pages, a hundred at most, and the rest is a warning', async () => {
    const s3 = anAccount(many(103));
    s3.pageSize = 40;

    const { warnings, blastRadius } = await planOf(s3);

    expect(warnings).toContain('And 3 more buckets were not looked at.');
    expect(blastRadius[0]).toBe('Buckets of the account: 103, of which looked at: 100.');
    expect(s3.calls.filter(({ name }) => name === 's3:GetBucketAcl')).toHaveLength(100);
  });

  it('are asked eight at a time', async () => {
    const s3 = anAccount(many(20));
    const call = s3.call.bind(s3);
    let [now, most] = [0, 0];
    s3.call = async (name, input) => {
      const isLook = name === 's3:GetBucketAcl';
      if (isLook) most = Math.max(most, (now += 1));
      await Promise.resolve();
      const answer = await call(name, input);
      if (isLook) now -= 1;
      return answer;
    };

    await look(s3);

    expect(most).toBe(8);
  });
});

describe('what is not known (law 10)', () => {
  it('is a warning by name, where a bucket does not show itself', async () => {
    const s3 = anAccount({ a: {}, b: open, c: open });
    s3.denied.add('b GetBucketPolicyStatus');
    const one = await planOf(s3);
    s3.denied.add('c GetBucketAcl');
    const two = await planOf(s3);

    expect(one.warnings).toContain('1 of the buckets does not show whether it is public: b.');
    expect(two.warnings).toContain('2 of the buckets do not show whether they are public: b, c.');
    expect(one.warnings[0]).toMatch(/^1 of 2 buckets is public now/);
  });

  it('is refused, where none does', async () => {
    const s3 = anAccount({ a: open });
    s3.denied.add('a GetBucketWebsite');

    expect(await look(s3)).toEqual({
      kind: 'refusal',
      because: `Who loses access cannot be seen: no bucket of account ${account} shows whether it is public.`,
    });
  });

  it('is taken for public, where AWS does not say', async () => {
    const s3 = anAccount({ a: open });
    const call = s3.call.bind(s3);
    s3.call = async (name, input) =>
      name === 's3:GetBucketPolicyStatus' ? { $metadata: {} } : call(name, input);

    expect(publicOf(await planOf(s3))).toEqual(['a, by its policy']);
  });

  it('is passed on, whatever else fails', async () => {
    const s3 = anAccount({ a: {} });
    s3.fail(0);
    await expect(look(s3)).rejects.toThrow('UnauthorizedOperation');
    s3.fail(3);
    await expect(look(s3)).rejects.toThrow('UnauthorizedOperation');
  });

  it('is not held against an account without buckets, nor is a bucket that went meanwhile', async () => {
    const s3 = anAccount({ a: {} });
    const call = s3.call.bind(s3);
    const list = { Buckets: [{ Name: 'a' }, { Name: 'gone' }, {}], $metadata: {} };
    s3.call = async (name, input) => (name === 's3:ListBuckets' ? list : call(name, input));

    expect((await planOf(s3)).blastRadius[0]).toBe(
      'Buckets of the account: 1, of which looked at: 1.',
    );
    expect((await planOf(anAccount({}))).blastRadius[0]).toBe(
      'Buckets of the account: 0, of which looked at: 0.',
    );
  });

  it('is nothing, where AWS leaves it out', async () => {
    const s3 = anAccount({ a: {} });
    const call = s3.call.bind(s3);
    const bare: Record<string, object> = { 's3:GetBucketAcl': {} };
    s3.call = async (name, input) => (bare[name] as never) ?? call(name, input);
    expect(publicOf(await planOf(s3))).toEqual([]);
    bare['s3:ListBuckets'] = {};
    expect((await planOf(s3)).blastRadius[0]).toContain('account: 0');
  });
});
