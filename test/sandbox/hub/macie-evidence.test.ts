import { gunzipSync } from 'node:zlib';
import {
  DescribeBucketsCommand,
  GetClassificationExportConfigurationCommand,
  GetRevealConfigurationCommand,
  GetSensitiveDataOccurrencesAvailabilityCommand,
  GetSensitiveDataOccurrencesCommand,
  PutClassificationExportConfigurationCommand,
  UpdateRevealConfigurationCommand,
} from '@aws-sdk/client-macie2';
import { administrator, region } from './support/hub';
import { macieBench, stage, type MacieBench } from './support/jobs';
import { zipOf } from './support/zip';

const kmsKeyArn = `arn:aws:kms:${region}:${administrator}:key/1`;

interface Result {
  type?: string;
  resourcesAffected: { s3Object: { key: string } };
  classificationDetails: { result: { status: { code: string; reason?: string } } };
}

describe('the evidence of a job', () => {
  let world: MacieBench;
  beforeEach(async () => {
    world = await macieBench();
    const s3Destination = { bucketName: 'results', keyPrefix: 'macie', kmsKeyArn };
    const configuration = { s3Destination };
    await world.client.send(new PutClassificationExportConfigurationCommand({ configuration }));
  });
  afterEach(() => world.close());

  const resultsAt = (key: string): Result[] =>
    gunzipSync(world.s3.get('results', key))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Result);

  test('is one discovery result per object, whatever became of it', async () => {
    world.s3.put(stage, 'a-clean.txt', 'hello');
    world.s3.put(stage, 'b-card.txt', '4111 1111 1111 1111');
    world.s3.put(stage, 'c-photo.png', Buffer.from([0x89, 0, 0]));
    world.s3.put(stage, 'd-nested.zip', zipOf({ 'ok.txt': 'hello', 'bad.json': '{' }));
    world.s3.put(stage, 'e-broken.json', '{');
    const jobId = await world.scan();
    const folder = `macie/AWSLogs/${administrator}/Macie/${region}/${jobId}/${administrator}/`;
    const [key = ''] = world.s3.keys('results');
    expect(key.startsWith(folder)).toBe(true);
    expect(key).toMatch(/\/[0-9a-f-]{36}\.jsonl\.gz$/);
    const outcomes = resultsAt(key).map(({ resourcesAffected, classificationDetails }) => [
      resourcesAffected.s3Object.key,
      classificationDetails.result.status.code,
      classificationDetails.result.status.reason,
    ]);
    expect(outcomes).toEqual([
      ['a-clean.txt', 'COMPLETE', undefined],
      ['b-card.txt', 'COMPLETE', undefined],
      ['c-photo.png', 'SKIPPED', 'UNSUPPORTED_FILE_TYPE_EXCEPTION'],
      ['d-nested.zip', 'PARTIAL', 'ARCHIVE_CONTAINS_UNPROCESSED_FILES'],
      ['e-broken.json', 'SKIPPED', 'MALFORMED_OR_FILE_SIZE_EXCEEDS_LIMIT'],
    ]);
    const [finding] = await world.findings(jobId);
    expect(finding?.classificationDetails?.detailedResultsLocation).toBe(`s3://results/${key}`);
    const set = await world.client.send(new GetClassificationExportConfigurationCommand({}));
    expect(set.configuration?.s3Destination?.keyPrefix).toBe('macie');
  });

  const reveal = async (findingId: string | undefined) => {
    const code = new GetSensitiveDataOccurrencesAvailabilityCommand({ findingId });
    const values = new GetSensitiveDataOccurrencesCommand({ findingId });
    return { code: () => world.client.send(code), values: () => world.client.send(values) };
  };
  const enable = () =>
    world.client.send(
      new UpdateRevealConfigurationCommand({
        configuration: { status: 'ENABLED', kmsKeyId: kmsKeyArn },
      }),
    );

  test('shows samples only after they are enabled, and only on the second asking', async () => {
    world.s3.put(stage, 'a.txt', '4111 1111 1111 1111\n4111 1111 1111 1111');
    const [finding] = await world.findings(await world.scan());
    const samples = await reveal(finding?.id);
    await expect(samples.code()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await enable();
    const shown = await world.client.send(new GetRevealConfigurationCommand({}));
    expect(shown.configuration?.status).toBe('ENABLED');
    expect(await samples.code()).toMatchObject({ code: 'AVAILABLE', reasons: [] });
    expect((await samples.values()).status).toBe('PROCESSING');
    expect(await samples.values()).toMatchObject({
      status: 'SUCCESS',
      sensitiveDataOccurrences: {
        CREDIT_CARD_NUMBER: [{ value: '4111 1111 1111 1111' }, { value: '4111 1111 1111 1111' }],
      },
    });
  });

  test.each<[string, (world: MacieBench) => void]>([
    ['moved', ({ s3 }) => s3.remove(stage, 'a.txt')],
    ['replaced', ({ s3 }) => s3.put(stage, 'a.txt', 'other')],
  ])('has no samples of an object that was %s', async (_, change) => {
    world.s3.put(stage, 'a.txt', '4111 1111 1111 1111');
    const [finding] = await world.findings(await world.scan());
    await enable();
    change(world);
    const samples = await reveal(finding?.id);
    expect(await samples.code()).toMatchObject({
      code: 'UNAVAILABLE',
      reasons: ['OBJECT_UNAVAILABLE'],
    });
    await expect(samples.values()).rejects.toMatchObject({ name: 'UnprocessableEntityException' });
  });

  test('counts the objects of each bucket', async () => {
    world.s3.put(stage, 'a.txt', 'hello');
    world.s3.put('zebra', 'a.txt', 'hello');
    const jobId = await world.scan();
    const criteria = { bucketName: { prefix: 'draw' } };
    const { buckets } = await world.client.send(new DescribeBucketsCommand({ criteria }));
    expect(buckets).toMatchObject([
      {
        bucketName: stage,
        accountId: administrator,
        objectCount: 1,
        sizeInBytes: 5,
        jobDetails: { isDefinedInJob: 'TRUE', lastJobId: jobId },
      },
    ]);
  });
});
