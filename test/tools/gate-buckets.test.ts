import { parse } from 'yaml';
import { textOf } from '../../tools/source';

interface Bucket {
  Type: string;
  DeletionPolicy?: string;
  Properties: {
    VersioningConfiguration?: object;
    PublicAccessBlockConfiguration?: object;
    OwnershipControls?: object;
    BucketEncryption?: object;
    LifecycleConfiguration?: { Rules: Record<string, unknown>[] };
  };
}

// What `!Ref` and its kin make of their words does not matter here.
const { Resources } = parse(textOf('infra/gate.yml'), { logLevel: 'silent' }) as {
  Resources: Record<string, Bucket & { Properties: { PolicyDocument?: object } }>;
};
const names = ['Raw', 'Stage', 'Review', 'Released', 'Quarantine', 'Results'];
const bucket = (name: string) => Resources[`Gate${name}Bucket`]!;
const rules = (name: string) =>
  bucket(name).Properties.LifecycleConfiguration?.Rules.map(({ Id: _, Status, ...rule }) => {
    expect(Status).toBe('Enabled');
    return rule;
  });
const unfinished = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };

describe('the buckets of the gate', () => {
  it.each(names)('D30: %s has versions, no public access, encryption and no ACLs', (name) => {
    const { Properties } = bucket(name);

    expect(Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(JSON.stringify(Properties.BucketEncryption)).toMatch(/SSEAlgorithm/);
  });

  it.each(names)('D30: %s takes no request without TLS', (name) => {
    expect(Resources[`Gate${name}BucketPolicy`]!.Properties.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]),
    });
  });

  it('D30: each has a life cycle of its own, and neither what is uploaded nor what is released ever expires', () => {
    expect(rules('Raw')).toEqual([unfinished]);
    expect(rules('Released')).toEqual([unfinished]);
    for (const name of ['Raw', 'Review', 'Released', 'Quarantine'])
      expect(bucket(name).DeletionPolicy).toBe('Retain');
    const expiring = names.filter((name) =>
      JSON.stringify(rules(name)).includes('ExpirationInDays'),
    );
    expect(expiring).toEqual(['Review', 'Quarantine', 'Results']);
  });
});
