import {
  CreateFindingsFilterCommand,
  CreateSampleFindingsCommand,
  DeleteFindingsFilterCommand,
  GetFindingsCommand,
  GetFindingsFilterCommand,
  GetFindingStatisticsCommand,
  ListFindingsCommand,
  ListFindingsFiltersCommand,
  type CriterionAdditionalProperties,
} from '@aws-sdk/client-macie2';
import { macieBench, stage, type MacieBench } from './support/jobs';

const byText = (left: string, right: string): number => (left < right ? -1 : 1);

describe('Macie findings', () => {
  let world: MacieBench;
  beforeEach(async () => {
    world = await macieBench();
    world.s3.put(stage, 'a.txt', 'card 4111 1111 1111 1111');
    world.s3.put(stage, 'b.txt', 'ana@example.com\n'.repeat(20));
    world.s3.put(
      stage,
      'c.txt',
      'secret key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY ana@example.com',
    );
  });
  afterEach(() => world.close());

  const keys = async (criterion: Record<string, CriterionAdditionalProperties>) => {
    const { findingIds = [] } = await world.client.send(
      new ListFindingsCommand({ findingCriteria: { criterion } }),
    );
    if (findingIds.length === 0) return [];
    const { findings = [] } = await world.client.send(new GetFindingsCommand({ findingIds }));
    return findings.map((each) => each.resourcesAffected?.s3Object?.key ?? '').toSorted(byText);
  };

  test.each<[string, Record<string, CriterionAdditionalProperties>, string[]]>([
    ['eq', { type: { eq: ['SensitiveData:S3Object/Financial'] } }, ['a.txt']],
    ['neq', { type: { neq: ['SensitiveData:S3Object/Financial'] } }, ['b.txt', 'c.txt']],
    ['gte on the score', { 'severity.score': { gte: 2 } }, ['b.txt', 'c.txt']],
    [
      'gt and lt on a time',
      { createdAt: { gt: 0, lt: Date.parse('2027-01-01') } },
      ['a.txt', 'b.txt', 'c.txt'],
    ],
    [
      'eqExactMatch on all categories',
      {
        'classificationDetails.result.sensitiveData.category': {
          eqExactMatch: ['PERSONAL_INFORMATION'],
        },
      },
      ['b.txt'],
    ],
    [
      'eq on one of several detections',
      {
        'classificationDetails.result.sensitiveData.detections.type': { eq: ['EMAIL_ADDRESS'] },
      },
      ['b.txt', 'c.txt'],
    ],
    ['a boolean', { archived: { eq: ['true'] } }, []],
  ])('are listed by %s', async (_, criterion, expected) => {
    await world.scan();
    expect(await keys(criterion)).toEqual(expected);
  });

  test('are listed in pages and in order', async () => {
    await world.scan();
    const sortCriteria = { attributeName: 'severity.score', orderBy: 'DESC' as const };
    const first = await world.client.send(new ListFindingsCommand({ sortCriteria, maxResults: 2 }));
    expect(first.findingIds).toHaveLength(2);
    const { nextToken } = first;
    const rest = await world.client.send(new ListFindingsCommand({ sortCriteria, nextToken }));
    expect(rest.findingIds).toHaveLength(1);
    expect(rest.nextToken).toBeUndefined();
    const [id] = first.findingIds ?? [];
    const { findings } = await world.client.send(
      new GetFindingsCommand({ findingIds: [id ?? ''] }),
    );
    expect(findings?.[0]?.severity).toEqual({ score: 3, description: 'High' });
  });

  test('are not given for an empty list, for 51 ids, or by an unknown field', async () => {
    const many = Array.from({ length: 51 }, String);
    for (const findingIds of [[], many]) {
      await expect(world.client.send(new GetFindingsCommand({ findingIds }))).rejects.toMatchObject(
        {
          name: 'ValidationException',
        },
      );
    }
    await expect(keys({ colour: { eq: ['red'] } })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('are counted by group', async () => {
    await world.scan();
    const command = new GetFindingStatisticsCommand({ groupBy: 'severity.description' });
    const { countsByGroup } = await world.client.send(command);
    expect(
      countsByGroup?.toSorted((left, right) => byText(left.groupKey ?? '', right.groupKey ?? '')),
    ).toEqual([
      { groupKey: 'High', count: 1 },
      { groupKey: 'Low', count: 1 },
      { groupKey: 'Medium', count: 1 },
    ]);
  });

  test('are archived and kept from the bus by a suppression rule, from then on', async () => {
    const earlier = await world.scan();
    const criterion = { 'resourcesAffected.s3Object.key': { eq: ['a.txt'] } };
    const { id } = await world.client.send(
      new CreateFindingsFilterCommand({
        name: 'known-test-card',
        action: 'ARCHIVE',
        findingCriteria: { criterion },
      }),
    );
    world.events.length = 0;
    const later = await world.scan();
    await world.hub.settled();
    expect(world.events).toHaveLength(2);
    expect((await world.findings(earlier)).map(({ archived }) => archived)).toEqual([
      false,
      false,
      false,
    ]);
    expect((await world.findings(later)).map(({ archived }) => archived)).toEqual([
      true,
      false,
      false,
    ]);
    const listed = await world.client.send(new ListFindingsFiltersCommand({}));
    expect(listed.findingsFilterListItems).toEqual([
      expect.objectContaining({ id, action: 'ARCHIVE', name: 'known-test-card' }),
    ]);
    expect(await world.client.send(new GetFindingsFilterCommand({ id }))).toMatchObject({
      findingCriteria: { criterion },
      position: 1,
    });
    await world.client.send(new DeleteFindingsFilterCommand({ id }));
    await expect(world.client.send(new GetFindingsFilterCommand({ id }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('come as samples of every type', async () => {
    await world.client.send(new CreateSampleFindingsCommand({}));
    await world.hub.settled();
    expect(world.events).toHaveLength(11);
    const { findingIds } = await world.client.send(
      new ListFindingsCommand({ findingCriteria: { criterion: { sample: { eq: ['true'] } } } }),
    );
    const { findings } = await world.client.send(new GetFindingsCommand({ findingIds }));
    expect(findings?.filter(({ category }) => category === 'POLICY')).toHaveLength(6);
    expect(world.hub.macieFindings().every(({ sample }) => sample === true)).toBe(true);
  });
});
