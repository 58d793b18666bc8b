import type { Plan } from '../../src/domain/plan';
import { account, region } from '../support/builders';
import {
  accessOf,
  all,
  anyone,
  name,
  own,
  partner,
  planOf,
  policyOf,
  tls,
  trail,
  worldWith,
} from './open-bucket';

describe('who loses access', () => {
  it('is named statement by statement, grant by grant', async () => {
    const plan = await planOf(
      worldWith({
        ...policyOf(true, anyone, { ...anyone, Sid: undefined, Action: 's3:PutObject' }, tls),
        grants: [
          {
            Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
            Permission: 'READ',
          },
          {
            Grantee: {
              Type: 'Group',
              URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
            },
            Permission: 'WRITE',
          },
          { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' } },
        ],
      }),
    );

    const without = 'without effect while blocked';
    expect(accessOf(plan)).toEqual([
      ['Policy statement “Public”', `lets everybody s3:GetObject on ${name}/*`, without],
      ['Policy statement no. 2', `lets everybody s3:PutObject on ${name}/*`, without],
      ['ACL grant', 'READ for everybody', without],
      ['ACL grant', 'WRITE for everybody with an AWS account', without],
    ]);
    expect(plan.warnings).toContainEqual(
      expect.stringMatching(/^Whoever reads without signing gets 403/),
    );
  });

  it('are other accounts too, as long as the policy is public', async () => {
    const plan = await planOf(worldWith(policyOf(true, anyone, partner, own, trail)));

    expect(accessOf(plan).map(([what]) => what)).toEqual([
      'Policy statement “Public”',
      'Policy statement “Partner”',
    ]);
    expect(plan.warnings).toContain(
      'Other accounts lose access too, as long as the policy is public: “Partner”.',
    );
    expect(plan.keeps).toContain(
      `Policy statement “Own” lets ${account}, arn:aws:iam::${account}:role/app s3:GetObject on ${name}/*.`,
    );
  });

  it.each<[string, object]>([
    [
      'an identity of CloudFront',
      { Principal: { AWS: 'arn:aws:iam::cloudfront:user/Origin Access E1' } },
    ],
    ['a canonical user', { Principal: { CanonicalUser: '79a59d' } }],
    ['a network of everybody', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    [
      'an organisation but one account',
      {
        Principal: undefined,
        NotPrincipal: { AWS: account },
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      },
    ],
    [
      'a role of another account',
      { Principal: { AWS: ['arn:aws:sts::999988887777:assumed-role/a/b'] } },
    ],
  ])('is %s too, where the policy is public', async (_, more) => {
    const plan = await planOf(worldWith(policyOf(true, anyone, { ...partner, ...more })));

    expect(accessOf(plan)).toHaveLength(2);
  });

  it('is nobody else where the policy is not public: named accounts are kept', async () => {
    const plan = await planOf(
      worldWith({
        ...policyOf(false, partner, trail),
        grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'other' }, Permission: 'READ' }],
      }),
    );

    expect(accessOf(plan)).toEqual([]);
    expect(plan.keeps.slice(1)).toEqual([
      `Policy statement “Partner” lets arn:aws:iam::999988887777:root s3:GetObject on ${name}/*.`,
      `Policy statement “Trail” lets cloudtrail.amazonaws.com s3:PutObject on ${name}/*.`,
      '1 ACL grant to other accounts stays.',
    ]);
    expect(plan.blastRadius).toContain('AWS calls its policy not public.');
  });

  it('is nobody where it has no effect already', async () => {
    const s3 = worldWith({
      ...policyOf(true, anyone, partner),
      block: { IgnorePublicAcls: true, RestrictPublicBuckets: true },
      grants: [
        {
          Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
          Permission: 'READ',
        },
      ],
      website: true,
    });

    const plan = await planOf(s3);

    expect(accessOf(plan)).toEqual([]);
    expect(plan.warnings).toEqual([
      expect.stringMatching(/^S3 refuses new public policies and ACLs/),
    ]);
  });

  it('is everybody but one where a statement says so', async () => {
    const but = { ...anyone, Principal: undefined, NotPrincipal: { AWS: account } };

    expect(accessOf(await planOf(worldWith(policyOf(true, but))))).toEqual([
      [
        'Policy statement “Public”',
        `lets everybody but ${account} s3:GetObject on ${name}/*`,
        'without effect while blocked',
      ],
    ]);
  });
});

describe('a warning', () => {
  it('is loud where a website goes down', async () => {
    const { warnings } = await planOf(worldWith({ ...policyOf(true, anyone), website: true }));

    expect(warnings[0]).toMatch(/^WEBSITE: static website hosting is on\./);
  });

  it('says when AWS sees a public policy and we do not', async () => {
    const { warnings } = await planOf(worldWith(policyOf(true, partner)));

    expect(warnings).toContain(
      'AWS calls the policy public, but no statement was found that is: read it first.',
    );
  });

  it.each([
    [undefined, true],
    ['ObjectWriter' as const, true],
    ['BucketOwnerEnforced' as const, false],
  ])(
    'says that objects may be public on their own, unless ACLs are off: %s',
    async (ownership, warned) => {
      const { warnings } = await planOf(worldWith(ownership ? { ownership } : {}));

      expect(warnings.some((each) => each.startsWith('Objects may have public ACLs'))).toBe(warned);
    },
  );

  it('says that deployments may fail, unless they fail already', async () => {
    const fails = (plan: Plan) => plan.warnings.some((each) => each.startsWith('S3 refuses new'));
    const before = { BlockPublicAcls: true, BlockPublicPolicy: true };

    expect(fails(await planOf(worldWith({})))).toBe(true);
    expect(fails(await planOf(worldWith({ block: before })))).toBe(false);
  });
});

describe('a trail’s bucket', () => {
  it('goes on to be written to by CloudTrail, and the card says so', async () => {
    const s3 = worldWith(policyOf(true, anyone, trail));

    expect((await planOf(s3, 'CloudTrail.6')).keeps[0]).toMatch(/^CloudTrail goes on writing/);
    expect((await planOf(s3, 'S3.8')).keeps[0]).toMatch(/^Policy, ACL and objects are not changed/);
  });
});

describe('the words', () => {
  it('say where the bucket is, whose it seems to be and what its account does', async () => {
    const tags = { Owner: 'web', stage: 'live', team: 'shop' };
    const { blastRadius } = await planOf(worldWith({ tags }));

    expect(blastRadius).toEqual([
      `Bucket ${name} in ${region}, tagged Owner=web, team=shop.`,
      'It has no policy.',
      'Its account blocks nothing by itself.',
    ]);
  });

  it('say that nobody loses anything where the account blocks all', async () => {
    const { blastRadius } = await planOf(worldWith({ tags: {} }, new Map([[account, all]])));

    expect(blastRadius[0]).toBe(`Bucket ${name} in ${region}.`);
    expect(blastRadius).toContain(
      'Its account blocks public access as a whole, so nobody loses any.',
    );
  });

  it('count the grants that stay', async () => {
    const other = (ID: string) => ({
      Grantee: { Type: 'CanonicalUser' as const, ID },
      Permission: 'READ' as const,
    });

    expect((await planOf(worldWith({ grants: [other('a'), other('b')] }))).keeps).toContain(
      '2 ACL grants to other accounts stay.',
    );
  });
});
