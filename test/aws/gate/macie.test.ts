import {
  CreateFindingsFilterCommand,
  DescribeClassificationJobCommand,
  ListClassificationJobsCommand,
  PutClassificationExportConfigurationCommand,
  type Macie2Client,
} from '@aws-sdk/client-macie2';
import type { GateMacie } from '../../../src/app/gate/ports';
import { gateMacie } from '../../../src/aws/gate/macie';
import { stagedKey, objectRef } from '../../../src/domain/gate/object';
import type { Found, Proof } from '../../../src/domain/gate/verdict';
import { GateRunId } from '../../../src/domain/ids';
import { Gate } from '../../../src/domain/policy/gate';
import { administrator, region } from '../../sandbox/hub/support/hub';
import { macieBench, stage, type MacieBench } from '../../sandbox/hub/support/jobs';
import { MemoryS3Gate } from '../../support/memory-s3-gate';

const run = GateRunId.parse('gate-0000000000');
const other = GateRunId.parse('gate-0000000001');
const results = 'drawbridge-results';
const kmsKeyArn = `arn:aws:kms:${region}:${administrator}:key/1`;
const { identifiers } = Gate.parse({ channel: 'C0GATE', identifiers: { managed: { use: 'all' } } });
const card = '4111 1111 1111 1111';

describe('Macie', () => {
  let world: MacieBench;
  let client: Macie2Client;
  /** What the hub writes goes to its S3; the gate reads it from one in memory. */
  let s3: MemoryS3Gate;
  let macie: GateMacie;
  const put = (name: string, body: string, of = run) =>
    world.s3.put(stage, stagedKey(of, objectRef(1, 0), name), body);
  const exportTo = (bucketName: string, keyPrefix?: string) =>
    client.send(
      new PutClassificationExportConfigurationCommand({
        configuration: {
          s3Destination: { bucketName, kmsKeyArn, ...(keyPrefix && { keyPrefix }) },
        },
      }),
    );
  /** Runs the job to its end. */
  const scanned = async (): Promise<string> => {
    const job = await macie.createJob(run);
    await world.hub.settled();
    world.clock.advance(10);
    for (const key of world.s3.keys(results))
      s3.bucket(results).put(key, world.s3.get(results, key));
    return job;
  };
  const findingsOf = async (job: string): Promise<Found[]> => {
    const all: Found[] = [];
    let next: string | undefined;
    do {
      const page = await macie.findings(job, next);
      all.push(...page.found);
      next = page.next;
    } while (next);
    return all;
  };
  const proofsOf = async (job: string): Promise<Proof[]> => {
    const files = await macie.resultFiles(job);
    return (await Promise.all(files.map((file) => macie.readResults(file)))).flat();
  };

  beforeEach(async () => {
    world = await macieBench();
    client = world.macie();
    s3 = new MemoryS3Gate(results);
    const settings = { stageBucket: stage, resultsBucket: results, account: administrator };
    macie = gateMacie(client, s3.client, { ...settings, identifiers });
    await exportTo(results, 'macie');
  });
  afterEach(() => world.close());

  it('D21: makes one job for a run, however often it is asked for one', async () => {
    const jobs = [
      await macie.createJob(run),
      await macie.createJob(run),
      await macie.createJob(other),
    ];

    expect(new Set(jobs).size).toBe(2);
    expect(jobs[0]).toBe(jobs[1]);
    const { items = [] } = await client.send(new ListClassificationJobsCommand({}));
    expect(items.map(({ name }) => name)).toEqual([`drawbridge-${run}`, `drawbridge-${other}`]);
  });

  it('D6, D22: is told what to look for, in which account and below which prefix', async () => {
    const job = await macie.createJob(run);

    const made = await client.send(new DescribeClassificationJobCommand({ jobId: job }));
    expect(made).toMatchObject({
      jobType: 'ONE_TIME',
      managedDataIdentifierSelector: 'ALL',
      samplingPercentage: 100,
      s3JobDefinition: {
        bucketDefinitions: [{ accountId: administrator, buckets: [stage] }],
        scoping: {
          includes: {
            and: [
              {
                simpleScopeTerm: {
                  key: 'OBJECT_KEY',
                  comparator: 'STARTS_WITH',
                  values: [`${run}/`],
                },
              },
            ],
          },
        },
      },
    });
    expect(made.initialRun).toBeUndefined();
  });

  it('D26, D29: reads the objects of the run alone', async () => {
    put('mine.csv', `card\n${card}`);
    put('theirs.csv', `card\n${card}`, other);

    const job = await scanned();

    expect((await proofsOf(job)).map(({ staged }) => staged)).toEqual([`${run}/000001/mine.csv`]);
    expect((await findingsOf(job)).map(({ staged }) => staged)).toEqual([`${run}/000001/mine.csv`]);
  });

  it('proves what it read, with version, ETag and what was found, and says why where it did not', async () => {
    put('card.csv', `card\n${card}`);
    put('clean.txt', 'nothing');
    put('film.mp4', 'binary\0');

    const proofs = await proofsOf(await scanned());

    const byName = Object.fromEntries(proofs.map((each) => [each.staged.slice(-8), each]));
    expect(byName['card.csv']).toMatchObject({
      status: 'COMPLETE',
      detected: [{ type: 'CREDIT_CARD_NUMBER', count: 1 }],
      versionId: 'v1',
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
      from: expect.stringContaining(`macie/AWSLogs/${administrator}/Macie/${region}/`),
    });
    expect(byName['lean.txt']).toMatchObject({ status: 'COMPLETE', detected: [] });
    expect(byName['film.mp4']).toMatchObject({
      status: 'SKIPPED',
      code: 'UNSUPPORTED_FILE_TYPE_EXCEPTION',
    });
  });

  it('D4: gives active and archived findings with id, severity, types, counts, version and ETag', async () => {
    const criterion = { 'resourcesAffected.s3Object.extension': { eq: ['txt'] } };
    await client.send(
      new CreateFindingsFilterCommand({
        name: 'text',
        action: 'ARCHIVE',
        findingCriteria: { criterion },
      }),
    );
    put('card.csv', `card\n${card}`);
    put('card.txt', `card ${card}`);

    const found = await findingsOf(await scanned());

    expect(found).toMatchObject([
      { staged: `${run}/000001/card.csv`, archived: false },
      { staged: `${run}/000001/card.txt`, archived: true },
    ]);
    expect(found[0]).toMatchObject({
      id: expect.any(String),
      severity: expect.stringMatching(/^(low|medium|high)$/),
      detected: [{ type: 'CREDIT_CARD_NUMBER', count: 1 }],
      versionId: 'v1',
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('gives all findings over all pages', async () => {
    for (let at = 0; at < 120; at += 1) put(`${at}.txt`, `card ${card}`);

    const found = await findingsOf(await scanned());

    expect(new Set(found.map(({ staged }) => staged)).size).toBe(120);
  });

  it('of a clean run gives none, without asking for none', async () => {
    put('clean.txt', 'nothing');

    expect(await findingsOf(await scanned())).toEqual([]);
  });

  it('is running, then complete', async () => {
    put('clean.txt', 'nothing');
    const job = await macie.createJob(run);
    expect(await macie.look(job)).toMatchObject({ kind: 'running', said: 'RUNNING' });

    await world.hub.settled();
    world.clock.advance(10);

    expect(await macie.look(job)).toEqual({ kind: 'complete' });
  });

  it('D2: that could not read the bucket is complete, and failed', async () => {
    const job = await macie.createJob(run);
    await world.hub.settled();
    world.clock.advance(10);

    const failed = 'Macie could not read the account or the bucket';
    expect(await macie.look(job)).toEqual({ kind: 'complete', failed });
  });

  it('D20: is told to end a job, and that one is over is no error', async () => {
    const job = await macie.createJob(run);
    await macie.cancel(job);
    expect(await macie.look(job)).toEqual({ kind: 'cancelled' });

    await expect(macie.cancel(job)).resolves.toBeUndefined();
    put('clean.txt', 'nothing', other);
    const done = await macie.createJob(other);
    await world.hub.settled();
    world.clock.advance(10);
    await expect(macie.cancel(done)).resolves.toBeUndefined();
    expect(await macie.look(done)).toEqual({ kind: 'complete' });
  });

  it('exports only where its results go to our bucket', async () => {
    expect(await macie.exportIsOn()).toBe(true);
    await exportTo('another-bucket');
    expect(await macie.exportIsOn()).toBe(false);
    await expect(macie.resultFiles('job')).rejects.toThrow('does not export');
  });

  it('that was never told to export does not', async () => {
    await client.send(new PutClassificationExportConfigurationCommand({ configuration: {} }));

    expect(await macie.exportIsOn()).toBe(false);
  });
});
