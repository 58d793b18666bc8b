import { findingsOf } from '../../../src/aws/gate/found';
import { cancel, createJob, lookAt } from '../../../src/aws/gate/job';
import { GateRunId } from '../../../src/domain/ids';
import { Gate } from '../../../src/domain/policy/gate';
import { macieError, scripted } from './scripted-macie';

const run = GateRunId.parse('gate-0000000000');
const scan = (identifiers: object = {}) => ({
  stageBucket: 'stage',
  account: '111111111111',
  identifiers: Gate.parse({ channel: 'C0GATE', identifiers }).identifiers,
});

describe('a job', () => {
  it.each([
    [{}, { managedDataIdentifierSelector: 'RECOMMENDED' }],
    [{ managed: { use: 'all' } }, { managedDataIdentifierSelector: 'ALL' }],
    [
      { managed: { use: 'none' }, custom: ['c1'] },
      { managedDataIdentifierSelector: 'NONE', customDataIdentifierIds: ['c1'] },
    ],
    [
      { managed: { use: 'only', ids: ['CREDIT_CARD_NUMBER'] }, allowLists: ['a1'] },
      {
        managedDataIdentifierSelector: 'INCLUDE',
        managedDataIdentifierIds: ['CREDIT_CARD_NUMBER'],
        allowListIds: ['a1'],
      },
    ],
    [
      { managed: { use: 'all but', ids: ['NAME'] } },
      { managedDataIdentifierSelector: 'EXCLUDE', managedDataIdentifierIds: ['NAME'] },
    ],
  ])('D6: always says what it looks for: %j', async (identifiers, expected) => {
    const { client, calls } = scripted({
      ListClassificationJobs: [{ items: [] }],
      CreateClassificationJob: [{ jobId: 'j1' }],
    });

    expect(await createJob(client, scan(identifiers), run)).toBe('j1');

    expect(calls[1]?.input).toMatchObject(expected);
  });

  it('D21: has a token that follows from its run, and is looked for by name where Macie has forgotten the token', async () => {
    const { client, calls } = scripted({
      ListClassificationJobs: [
        { items: [] },
        { items: [{ name: `drawbridge-${run}`, jobId: 'j1' }] },
      ],
      CreateClassificationJob: [{ jobId: 'j1' }],
    });

    await createJob(client, scan(), run);
    expect(await createJob(client, scan(), run)).toBe('j1');

    const made = calls.filter(({ name }) => name === 'CreateClassificationJob');
    expect(made).toMatchObject([
      { input: { clientToken: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
  });

  it.each([
    [
      { jobStatus: 'RUNNING', statistics: { approximateNumberOfObjectsToProcess: 7 } },
      { kind: 'running', said: 'RUNNING', left: 7 },
    ],
    [{ jobStatus: 'IDLE' }, { kind: 'running', said: 'IDLE' }],
    [{ jobStatus: 'PAUSED' }, { kind: 'paused', said: 'PAUSED' }],
    [{ jobStatus: 'USER_PAUSED' }, { kind: 'paused', said: 'USER_PAUSED' }],
    [{ jobStatus: 'CANCELLED' }, { kind: 'cancelled' }],
    [{ jobStatus: 'COMPLETE', lastRunErrorStatus: { code: 'NONE' } }, { kind: 'complete' }],
    [{ jobStatus: 'COMPLETE' }, { kind: 'complete', failed: 'unknown' }],
    [{ jobStatus: 'NEW_ONE' }, { kind: 'running', said: 'NEW_ONE' }],
    [{}, { kind: 'running', said: 'UNKNOWN' }],
  ])('that says %j is %j', async (said, expected) => {
    const { client } = scripted({ DescribeClassificationJob: [said] });

    expect(await lookAt(client, 'j1')).toEqual(expected);
  });

  it('D20: that runs on although it was to end is an error', async () => {
    const refused = macieError('ValidationException');
    const { client } = scripted({
      UpdateClassificationJob: [refused],
      DescribeClassificationJob: [{ jobStatus: 'RUNNING' }],
    });

    await expect(cancel(client, 'j1')).rejects.toBe(refused);
  });

  it('D20: that may not be ended is an error', async () => {
    const { client } = scripted({ UpdateClassificationJob: [macieError('AccessDeniedException')] });

    await expect(cancel(client, 'j1')).rejects.toThrow('AccessDenied');
  });
});

const finding = (id: string, more: object = {}) => ({
  id,
  archived: false,
  severity: { description: 'Medium' },
  resourcesAffected: { s3Bucket: { name: 'stage' }, s3Object: { key: 'k', eTag: '"e"' } },
  classificationDetails: { result: {} },
  ...more,
});

describe('findings', () => {
  it('D1: are never asked for by no ids: no finding is an answer of its own', async () => {
    const { client, calls } = scripted({ ListFindings: [{ findingIds: [] }] });

    expect(await findingsOf(client, 'stage', 'j1')).toEqual({ found: [], next: 'true:' });
    expect(await findingsOf(client, 'stage', 'j1', 'true:')).toEqual({ found: [] });

    expect(calls.map(({ name }) => name)).toEqual(['ListFindings', 'ListFindings']);
  });

  it('D4: say in each question whether archived ones are meant, and go on with Macie’s own token', async () => {
    const { client, calls } = scripted({
      ListFindings: [{ findingIds: [], nextToken: 'a:b' }, { findingIds: [] }],
    });

    const { next } = await findingsOf(client, 'stage', 'j1');
    await findingsOf(client, 'stage', 'j1', next);
    await findingsOf(client, 'stage', 'j1', 'true:');

    expect(calls.map(({ input }) => input)).toMatchObject([
      { findingCriteria: { criterion: { archived: { eq: ['false'] } } } },
      { findingCriteria: { criterion: { archived: { eq: ['false'] } } }, nextToken: 'a:b' },
      { findingCriteria: { criterion: { archived: { eq: ['true'] } } } },
    ]);
  });

  it('that Macie leaves out are an error, not nothing', async () => {
    const { client } = scripted({
      ListFindings: [{ findingIds: ['f1', 'f2'] }],
      GetFindings: [{ findings: [finding('f1')] }],
    });

    await expect(findingsOf(client, 'stage', 'j1')).rejects.toThrow('Macie gave 1 of 2 findings');
  });

  it('D4: of another bucket are not ours, of no object at all are an error', async () => {
    const elsewhere = { s3Bucket: { name: 'other' }, s3Object: { key: 'k' } };
    const { client } = scripted({
      ListFindings: [{ findingIds: ['f1', 'f2'] }, { findingIds: ['f3'] }],
      GetFindings: [
        { findings: [finding('f1', { resourcesAffected: elsewhere }), finding('f2')] },
        { findings: [finding('f3', { resourcesAffected: {} })] },
      ],
    });

    const { found } = await findingsOf(client, 'stage', 'j1');

    expect(found.map(({ id, etag }) => [id, etag])).toEqual([['f2', 'e']]);
    await expect(findingsOf(client, 'stage', 'j1')).rejects.toThrow('f3 names no object');
  });

  it.each([
    [{ description: 'Low', score: 1 }, 'low'],
    [{ description: 'Medium' }, 'medium'],
    [{ description: 'High' }, 'high'],
    [{ score: 1 }, 'low'],
    [{ score: 2 }, 'medium'],
    [{ score: 3 }, 'high'],
    [{ description: 'Dreadful' }, 'high'],
    [undefined, 'high'],
  ])(
    'are graded by Macie’s own words, and high where nobody knows: %j',
    async (severity, expected) => {
      const { client } = scripted({
        ListFindings: [{ findingIds: ['f1'] }],
        GetFindings: [{ findings: [finding('f1', { severity })] }],
      });

      const { found } = await findingsOf(client, 'stage', 'j1');

      expect(found[0]?.severity).toBe(expected);
    },
  );
});
