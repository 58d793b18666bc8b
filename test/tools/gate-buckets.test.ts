import { parse } from 'yaml';
import { textOf } from '../../tools/source';

interface Resource {
  Type: string;
  DeletionPolicy?: string;
  Properties: {
    Bucket?: string;
    LifecycleConfiguration?: { Rules: Record<string, unknown>[] };
    PolicyDocument?: { Statement: { Sid: string; Effect: string; Condition?: object }[] };
    [name: string]: unknown;
  };
}
interface Grant {
  Action: string[];
  Resource: string | string[];
}

const resourcesIn = (file: string): [string, Resource][] =>
  Object.entries(
    (parse(textOf(file), { logLevel: 'error' }) as { Resources: Record<string, Resource> })
      .Resources,
  );

const all = resourcesIn('infra/gate.yml');
const buckets = all.filter(([, { Type }]) => Type === 'AWS::S3::Bucket');
const policyOf = (name: string) =>
  all.find(([id]) => id === `${name}Policy`)?.[1].Properties.PolicyDocument?.Statement ?? [];
const rulesOf = (name: string) =>
  buckets.find(([id]) => id === name)?.[1].Properties.LifecycleConfiguration?.Rules ?? [];

describe('the buckets of the gate', () => {
  it('are six', () => {
    expect(buckets.map(([name]) => name.replace(/^Gate|Bucket$/g, ''))).toEqual([
      'Raw',
      'Stage',
      'Review',
      'Released',
      'Quarantine',
      'Results',
    ]);
  });

  it.each(buckets)('D30: %s keeps versions, is closed, encrypted and by TLS only', (name, it) => {
    expect(it.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
    });
    expect(policyOf(name)).toContainEqual(
      expect.objectContaining({
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it('D30: raw and released data never expire, and outlive the stack', () => {
    for (const name of ['GateRawBucket', 'GateReleasedBucket'])
      expect(JSON.stringify(rulesOf(name))).not.toContain('Expiration');
    const kept = buckets.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
    expect(kept.map(([name]) => name)).toEqual([
      'GateRawBucket',
      'GateReviewBucket',
      'GateReleasedBucket',
      'GateQuarantineBucket',
    ]);
  });

  it('D15, D31: what waits or was denied is kept for as long as a parameter says', () => {
    expect(rulesOf('GateReviewBucket')).toContainEqual(
      expect.objectContaining({ ExpirationInDays: 'GateReviewDays' }),
    );
    expect(rulesOf('GateQuarantineBucket')).toContainEqual(
      expect.objectContaining({ ExpirationInDays: 'GateQuarantineDays' }),
    );
  });

  it('are written by the gate alone, where somebody could slip in something that nobody looked at', () => {
    for (const name of ['GateStageBucket', 'GateReviewBucket', 'GateReleasedBucket'])
      expect(policyOf(name).map(({ Sid }) => Sid)).toContain('OnlyTheGateWrites');
    expect(policyOf('GateResultsBucket').map(({ Sid }) => Sid)).toContain('OnlyMacieWritesResults');
  });
});

describe('the role of the gate', () => {
  const role = resourcesIn('infra/gate-runs.yml').find(([name]) => name === 'GateRole')?.[1];
  const [policy] = (role?.Properties['Policies'] ?? []) as {
    PolicyDocument: { Statement: Grant[] };
  }[];
  const statements = policy?.PolicyDocument.Statement ?? [];
  const granting = (action: string): string[] =>
    statements.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);

  it('D28: reads the tags of what it copies, in the raw bucket too', () => {
    expect(granting('s3:GetObjectVersionTagging')).toContain('${GateRawBucket.Arn}/*');
  });

  it('D27: deletes by version, and nothing from the released bucket or from quarantine', () => {
    expect(granting('s3:DeleteObject')).toEqual([]);
    expect(granting('s3:DeleteObjectVersion')).toContain('${GateRawBucket.Arn}/*');
    expect(granting('s3:DeleteObjectVersion').join()).not.toMatch(/Released|Quarantine/);
  });

  it('writes no result that Macie could be thought to have written', () => {
    expect(granting('s3:PutObject')).toContain('${GateResultsBucket.Arn}/runs/*');
    expect(granting('s3:PutObject')).not.toContain('${GateResultsBucket.Arn}/*');
  });
});
