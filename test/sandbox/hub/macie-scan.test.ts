import { deflateRawSync, gzipSync } from 'node:zlib';
import { macieBench, stage, type MacieBench } from './support/jobs';
import { administrator, region } from './support/hub';
import { zipOf } from './support/zip';

const card = '4111 1111 1111 1111';

describe('a classification job', () => {
  let world: MacieBench;
  beforeEach(async () => {
    world = await macieBench();
  });
  afterEach(() => world.close());

  const typesIn = async (key: string, body: string | Buffer): Promise<Record<string, number>> => {
    world.s3.put(stage, key, body);
    const [finding] = await world.findings(await world.scan());
    const data = finding?.classificationDetails?.result?.sensitiveData ?? [];
    return Object.fromEntries(
      data.flatMap(({ detections = [] }) =>
        detections.map(({ type, count }) => [type ?? '', count ?? 0]),
      ),
    );
  };

  test.each([
    ['a grouped card number', `Paid with ${card}.`, { CREDIT_CARD_NUMBER: 1 }],
    ['a card number with a keyword', 'card: 4111111111111111', { CREDIT_CARD_NUMBER: 1 }],
    ['no bare run of digits', 'order 4111111111111111', {}],
    ['no card number with a wrong check digit', 'card 4111 1111 1111 1112', {}],
    ['a social security number', 'SSN 536-22-1234', { USA_SOCIAL_SECURITY_NUMBER: 1 }],
    ['no social security number of an impossible area', 'SSN 666-22-1234', {}],
    ['an address', 'write to ana@example.com', { EMAIL_ADDRESS: 1 }],
    [
      'a secret key',
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      { AWS_CREDENTIALS: 1 },
    ],
    ['no 40 characters without a keyword', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', {}],
    ['a keyword on the line above', 'credit card\n4111111111111111', { CREDIT_CARD_NUMBER: 1 }],
  ])('finds %s', async (_, text, expected) => {
    expect(await typesIn('notes.txt', text)).toEqual(expected);
  });

  test.each([
    ['gzip', 'notes.txt.gz', gzipSync(`Paid with ${card}`)],
    ['zip', 'all.zip', zipOf({ 'a/notes.txt': `Paid with ${card}`, 'b.csv': 'x\n1' })],
    ['JSON', 'one.json', JSON.stringify({ payment: { card: '4111111111111111' } })],
    ['JSON Lines', 'many.jsonl', `{"a":1}\n{"note":"${card}"}\n`],
    ['tab-separated', 'pay.tsv', `who\tcard\nana\t4111111111111111\n`],
    ['no extension at all', 'notes', `Paid with ${card}`],
  ])('reads %s', async (_, key, body) => {
    expect(await typesIn(key, body)).toEqual({ CREDIT_CARD_NUMBER: 1 });
  });

  test('makes a finding that a person can find the cell by', async () => {
    const csv =
      'name,card number,note\n"Ana, A.",4111111111111111,"two\nlines"\nBo,5500005555555559,\n';
    world.s3.put(stage, 'in/pay.csv', csv, { batch: '7' });
    const jobId = await world.scan();
    const [finding] = await world.findings(jobId);
    expect(finding).toMatchObject({
      schemaVersion: '1.0',
      accountId: administrator,
      region,
      type: 'SensitiveData:S3Object/Financial',
      severity: { score: 1, description: 'Low' },
      archived: false,
      count: 1,
      resourcesAffected: {
        s3Bucket: { name: stage, publicAccess: { effectivePermission: 'NOT_PUBLIC' } },
        s3Object: {
          key: 'in/pay.csv',
          path: `${stage}/in/pay.csv`,
          extension: 'csv',
          size: csv.length,
          eTag: expect.stringMatching(/^[0-9a-f]{32}$/),
          versionId: 'v1',
          tags: [{ key: 'batch', value: '7' }],
        },
      },
      classificationDetails: {
        jobId,
        originType: 'SENSITIVE_DATA_DISCOVERY_JOB',
        detailedResultsLocation: expect.stringContaining('s3://[export-config-not-set]/AWSLogs/'),
        result: {
          status: { code: 'COMPLETE' },
          mimeType: 'text/csv',
          additionalOccurrences: false,
        },
      },
    });
    const [item] = finding?.classificationDetails?.result?.sensitiveData ?? [];
    expect(item?.detections?.[0]?.occurrences?.cells).toEqual([
      { column: 2, columnName: 'card number', row: 2 },
      { column: 2, columnName: 'card number', row: 3 },
    ]);
  });

  test('locates 15 occurrences and says that there are more', async () => {
    world.s3.put(stage, 'many.txt', `${card}\n`.repeat(120));
    const [finding] = await world.findings(await world.scan());
    const result = finding?.classificationDetails?.result;
    expect(finding?.severity).toEqual({ score: 3, description: 'High' });
    expect(result?.additionalOccurrences).toBe(true);
    const [detection] = result?.sensitiveData?.[0]?.detections ?? [];
    expect(detection?.count).toBe(120);
    expect(detection?.occurrences?.lineRanges).toHaveLength(15);
  });

  test('calls more than one category Multiple, and sends each finding to the bus', async () => {
    world.s3.put(stage, 'a.txt', `${card} ana@example.com`);
    world.s3.put(stage, 'b.txt', 'nothing to see');
    world.s3.put(stage, 'c.json', '{"ssn":"536-22-1234"}');
    const jobId = await world.scan();
    expect((await world.findings(jobId)).map(({ type }) => type)).toEqual([
      'SensitiveData:S3Object/Multiple',
      'SensitiveData:S3Object/Personal',
    ]);
    await world.hub.settled();
    expect(world.events).toHaveLength(2);
    expect(world.events[1]).toMatchObject({
      version: '0',
      'detail-type': 'Macie Finding',
      source: 'aws.macie',
      account: administrator,
      region,
      resources: [],
      detail: {
        policyDetails: null,
        classificationDetails: {
          result: {
            sensitiveData: [
              {
                detections: [{ occurrences: { records: [{ jsonPath: '$.ssn', recordIndex: 0 }] } }],
              },
            ],
          },
        },
      },
    });
  });

  test.each([
    [
      'a prefix',
      {
        simpleScopeTerm: {
          key: 'OBJECT_KEY' as const,
          comparator: 'STARTS_WITH' as const,
          values: ['run-1/'],
        },
      },
      ['run-1/a.txt', 'run-1/b.csv'],
    ],
    [
      'an extension',
      {
        simpleScopeTerm: {
          key: 'OBJECT_EXTENSION' as const,
          comparator: 'EQ' as const,
          values: ['csv'],
        },
      },
      ['run-1/b.csv'],
    ],
    [
      'a size',
      {
        simpleScopeTerm: {
          key: 'OBJECT_SIZE' as const,
          comparator: 'GT' as const,
          values: ['100'],
        },
      },
      ['run-2/c.txt'],
    ],
    [
      'a tag',
      {
        tagScopeTerm: {
          comparator: 'EQ' as const,
          key: 'TAG',
          target: 'S3_OBJECT' as const,
          tagValues: [{ key: 'run', value: '2' }],
        },
      },
      ['run-2/c.txt'],
    ],
  ])('looks only at objects in scope by %s', async (_, term, keys) => {
    world.s3.put(stage, 'run-1/a.txt', card);
    world.s3.put(stage, 'run-1/b.csv', card);
    world.s3.put(stage, 'run-2/c.txt', card.padEnd(200), { run: '2' });
    const bucketDefinitions = [{ accountId: administrator, buckets: [stage] }];
    const scoping = { includes: { and: [term] } };
    const jobId = await world.scan({ s3JobDefinition: { bucketDefinitions, scoping } });
    const findings = await world.findings(jobId);
    expect(findings.map((each) => each.resourcesAffected?.s3Object?.key)).toEqual(keys);
    const excluding = { excludes: { and: [term] } };
    const other = await world.scan({ s3JobDefinition: { bucketDefinitions, scoping: excluding } });
    expect(await world.findings(other)).toHaveLength(3 - keys.length);
  });

  test('leaves out addresses unless asked, as the recommended set does', async () => {
    world.s3.put(stage, 'a.txt', 'ana@example.com');
    const recommended = await world.scan({ managedDataIdentifierSelector: 'RECOMMENDED' });
    expect(await world.findings(recommended)).toEqual([]);
    const included = await world.scan({
      managedDataIdentifierSelector: 'INCLUDE',
      managedDataIdentifierIds: ['EMAIL_ADDRESS'],
    });
    expect(await world.findings(included)).toHaveLength(1);
  });

  test('makes no finding of what it cannot read', async () => {
    world.s3.put(stage, 'photo.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
    world.s3.put(stage, 'broken.json', '{"card": ');
    world.s3.put(stage, 'broken.gz', deflateRawSync('x'));
    world.s3.put(stage, 'broken.zip', 'PK but not really, though it is long enough');
    expect(await world.findings(await world.scan())).toEqual([]);
  });
});
