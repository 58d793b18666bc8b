import {
  CreateClassificationJobCommand,
  DescribeClassificationJobCommand,
  EnableMacieCommand,
  GetMacieSessionCommand,
  ListClassificationJobsCommand,
  UpdateClassificationJobCommand,
  type CreateClassificationJobCommandInput,
  type JobStatus,
} from '@aws-sdk/client-macie2';
import { administrator, member } from './support/hub';
import { macieBench, stage, type MacieBench } from './support/jobs';

const day = 24 * 60 * 60;

describe('the life of a classification job', () => {
  let world: MacieBench;
  beforeEach(async () => {
    world = await macieBench();
    world.s3.put(stage, 'a.txt', 'card 4111 1111 1111 1111');
  });
  afterEach(() => world.close());

  const describeJob = (jobId: string) =>
    world.client.send(new DescribeClassificationJobCommand({ jobId }));
  const status = async (jobId: string) => (await describeJob(jobId)).jobStatus;
  const update = (jobId: string, jobStatus: JobStatus) =>
    world.client.send(new UpdateClassificationJobCommand({ jobId, jobStatus }));
  const quota = (jobId: string, reached: boolean) =>
    fetch(`${world.hub.url}/sandbox/discovery-quota`, {
      method: 'POST',
      body: JSON.stringify({ jobId, reached }),
    });

  test('cannot begin before Macie is on', async () => {
    const other = world.macie(member);
    await expect(other.send(new GetMacieSessionCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'Macie is not enabled',
    });
    await other.send(new EnableMacieCommand({}));
    const session = await other.send(new GetMacieSessionCommand({}));
    expect(session).toMatchObject({ status: 'ENABLED', createdAt: world.clock.time });
    await expect(other.send(new EnableMacieCommand({}))).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  test('is RUNNING until the clock has moved on, then COMPLETE', async () => {
    const jobId = await world.start();
    await world.hub.settled();
    expect(await status(jobId)).toBe('RUNNING');
    world.clock.advance(7);
    expect(await status(jobId)).toBe('RUNNING');
    world.clock.advance(1);
    expect(await describeJob(jobId)).toMatchObject({
      jobStatus: 'COMPLETE',
      lastRunErrorStatus: { code: 'NONE' },
      statistics: { approximateNumberOfObjectsToProcess: 0, numberOfRuns: 1 },
      samplingPercentage: 100,
      managedDataIdentifierSelector: 'ALL',
    });
  });

  test('is COMPLETE with an error when a bucket cannot be read', async () => {
    const buckets = ['no-such-bucket', stage];
    const bucketDefinitions = [{ accountId: administrator, buckets }];
    const jobId = await world.scan({ s3JobDefinition: { bucketDefinitions } });
    expect(await describeJob(jobId)).toMatchObject({
      jobStatus: 'COMPLETE',
      lastRunErrorStatus: { code: 'ERROR' },
    });
    expect(await world.findings(jobId)).toHaveLength(1);
  });

  test('cannot be changed once it is COMPLETE', async () => {
    const jobId = await world.scan();
    await expect(update(jobId, 'CANCELLED')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('stops finding while paused and goes on afterwards', async () => {
    const jobId = await world.start();
    await update(jobId, 'USER_PAUSED');
    const { userPausedDetails } = await describeJob(jobId);
    const pausedAt = world.clock.time;
    expect(userPausedDetails).toEqual({
      jobPausedAt: pausedAt,
      jobExpiresAt: new Date(pausedAt.getTime() + 30 * day * 1000),
    });
    world.clock.advance(60);
    expect(await status(jobId)).toBe('USER_PAUSED');
    await update(jobId, 'RUNNING');
    await world.hub.settled();
    expect(await status(jobId)).toBe('COMPLETE');
    expect(await world.findings(jobId)).toHaveLength(1);
  });

  test('is cancelled by a pause of more than 30 days', async () => {
    const jobId = await world.start();
    await update(jobId, 'USER_PAUSED');
    world.clock.advance(30 * day + 1);
    expect(await status(jobId)).toBe('CANCELLED');
  });

  test('stays cancelled', async () => {
    const jobId = await world.start();
    await update(jobId, 'CANCELLED');
    await expect(update(jobId, 'RUNNING')).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await status(jobId)).toBe('CANCELLED');
  });

  test('is PAUSED by the monthly quota, which no caller can resume', async () => {
    const jobId = await world.start();
    await quota(jobId, true);
    expect(await status(jobId)).toBe('PAUSED');
    await expect(update(jobId, 'RUNNING')).rejects.toMatchObject({ name: 'ValidationException' });
    await quota(jobId, false);
    await world.hub.settled();
    world.clock.advance(10);
    expect(await status(jobId)).toBe('COMPLETE');
  });

  test('starts once for the same client token', async () => {
    const clientToken = 'run-1';
    expect(await world.start({ clientToken })).toBe(await world.start({ clientToken }));
    expect(await world.start()).not.toBe(await world.start());
  });

  test('of a schedule rests IDLE between its runs', async () => {
    const schedule = { jobType: 'SCHEDULED' as const, scheduleFrequency: { dailySchedule: {} } };
    const jobId = await world.scan({ ...schedule, initialRun: true });
    expect(await status(jobId)).toBe('IDLE');
  });

  test('reads a share of the objects when told to sample', async () => {
    for (let index = 0; index < 60; index += 1)
      world.s3.put(stage, `${index}.txt`, 'ana@example.com');
    const jobId = await world.scan({ samplingPercentage: 50 });
    const found = (await world.findings(jobId)).length;
    expect(found).toBeGreaterThan(15);
    expect(found).toBeLessThan(46);
  });

  test('takes its buckets from criteria', async () => {
    world.s3.put('other-bucket', 'b.txt', 'ana@example.com');
    const simpleCriterion = {
      key: 'S3_BUCKET_NAME' as const,
      comparator: 'NE' as const,
      values: [stage],
    };
    const bucketCriteria = { includes: { and: [{ simpleCriterion }] } };
    const jobId = await world.scan({ s3JobDefinition: { bucketCriteria } });
    const [finding] = await world.findings(jobId);
    expect(finding?.resourcesAffected?.s3Bucket?.name).toBe('other-bucket');
  });

  test('is listed by status, name and time', async () => {
    await world.scan({ name: 'first' });
    world.clock.advance(1);
    await world.start({ name: 'second' });
    const list = async (key: 'jobStatus' | 'name', value: string) => {
      const includes = [{ key, comparator: 'EQ' as const, values: [value] }];
      const sortCriteria = { attributeName: 'createdAt' as const, orderBy: 'DESC' as const };
      const command = new ListClassificationJobsCommand({
        filterCriteria: { includes },
        sortCriteria,
      });
      return (await world.client.send(command)).items?.map(({ name }) => name);
    };
    expect(await list('jobStatus', 'COMPLETE')).toEqual(['first']);
    expect(await list('name', 'second')).toEqual(['second']);
  });

  test.each<[string, Partial<CreateClassificationJobCommandInput>]>([
    ['no bucket', { s3JobDefinition: {} }],
    [
      'both buckets and criteria',
      {
        s3JobDefinition: {
          bucketDefinitions: [{ accountId: administrator, buckets: [stage] }],
          bucketCriteria: {},
        },
      },
    ],
    ['INCLUDE without ids', { managedDataIdentifierSelector: 'INCLUDE' }],
    ['NONE without custom identifiers', { managedDataIdentifierSelector: 'NONE' }],
    ['initialRun in a one-time job', { initialRun: true }],
    ['an unknown custom identifier', { customDataIdentifierIds: ['nobody'] }],
    ['a sample of nothing', { samplingPercentage: 0 }],
  ])('is refused with %s', async (_, changes) => {
    const command = new CreateClassificationJobCommand({
      jobType: 'ONE_TIME',
      name: 'gate',
      clientToken: undefined,
      s3JobDefinition: { bucketDefinitions: [{ accountId: administrator, buckets: [stage] }] },
      ...changes,
    });
    await expect(world.client.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('that nobody knows is not found', async () => {
    await expect(describeJob('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
