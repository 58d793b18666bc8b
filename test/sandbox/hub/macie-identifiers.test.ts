import {
  CreateAllowListCommand,
  CreateCustomDataIdentifierCommand,
  DeleteAllowListCommand,
  DeleteCustomDataIdentifierCommand,
  GetAllowListCommand,
  GetCustomDataIdentifierCommand,
  ListAllowListsCommand,
  ListCustomDataIdentifiersCommand,
  TestCustomDataIdentifierCommand,
  type CreateAllowListCommandInput,
} from '@aws-sdk/client-macie2';
import { macieBench, stage, type MacieBench } from './support/jobs';

const employee = { name: 'Employee', regex: 'EMP-\\d{4}', keywords: ['employee'] };

describe('custom data identifiers and allow lists', () => {
  let world: MacieBench;
  beforeEach(async () => {
    world = await macieBench();
  });
  afterEach(() => world.close());

  const create = async (changes: object = {}): Promise<string> => {
    const command = new CreateCustomDataIdentifierCommand({ ...employee, ...changes });
    const { customDataIdentifierId } = await world.client.send(command);
    return customDataIdentifierId ?? '';
  };
  const only = (id: string) => ({
    managedDataIdentifierSelector: 'NONE' as const,
    customDataIdentifierIds: [id],
  });
  const allow = async (criteria: CreateAllowListCommandInput['criteria']): Promise<string> => {
    const command = new CreateAllowListCommand({ name: 'known', criteria, clientToken: undefined });
    return (await world.client.send(command)).id ?? '';
  };

  test.each([
    ['a keyword before it', { sampleText: 'employee EMP-1234' }, 1],
    ['no keyword', { sampleText: 'EMP-1234' }, 0],
    ['a keyword only after it', { sampleText: 'EMP-1234 employee' }, 0],
    ['a keyword too far away', { sampleText: `employee${' '.repeat(60)}EMP-1234` }, 0],
    [
      'a distance set wider',
      { sampleText: `employee${' '.repeat(60)}EMP-1234`, maximumMatchDistance: 100 },
      1,
    ],
    ['an ignored word', { sampleText: 'employee EMP-0000', ignoreWords: ['EMP-0000'] }, 0],
  ])('match with %s as told', async (_, request, expected) => {
    const { regex, keywords } = employee;
    const command = new TestCustomDataIdentifierCommand({ regex, keywords, ...request });
    expect((await world.client.send(command)).matchCount).toBe(expected);
  });

  test('are refused with a broken regex or with descending thresholds', async () => {
    const severityLevels = [
      { severity: 'HIGH', occurrencesThreshold: 1 },
      { severity: 'LOW', occurrencesThreshold: 5 },
    ];
    for (const changes of [{ regex: '(' }, { severityLevels }]) {
      await expect(create(changes)).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });

  test('make findings of their own, with the severity of their thresholds', async () => {
    const severityLevels = [
      { severity: 'LOW', occurrencesThreshold: 2 },
      { severity: 'HIGH', occurrencesThreshold: 3 },
    ];
    const id = await create({ severityLevels });
    world.s3.put(stage, 'one.csv', 'employee\nEMP-1111\n');
    world.s3.put(stage, 'three.csv', 'employee\nEMP-1111\nEMP-2222\nEMP-3333\n');
    const [finding, ...others] = await world.findings(await world.scan(only(id)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      type: 'SensitiveData:S3Object/CustomIdentifier',
      severity: { score: 3 },
      resourcesAffected: { s3Object: { key: 'three.csv' } },
      classificationDetails: {
        result: {
          sensitiveData: [],
          customDataIdentifiers: {
            totalCount: 3,
            detections: [{ arn: id, name: 'Employee', count: 3 }],
          },
        },
      },
    });
  });

  test('are listed, and after deletion only known by their id', async () => {
    const id = await create();
    const listed = await world.client.send(new ListCustomDataIdentifiersCommand({}));
    expect(listed.items).toMatchObject([{ id, name: 'Employee' }]);
    await world.client.send(new DeleteCustomDataIdentifierCommand({ id }));
    expect((await world.client.send(new ListCustomDataIdentifiersCommand({}))).items).toEqual([]);
    const known = await world.client.send(new GetCustomDataIdentifierCommand({ id }));
    expect(known).toMatchObject({ deleted: true, maximumMatchDistance: 50 });
    await expect(world.scan(only(id))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test.each([
    ['regex', { regex: '4111 .*' }],
    ['word list in S3', { s3WordsList: { bucketName: 'lists', objectKey: 'cards.txt' } }],
  ])('leave out what a %s allows', async (_, criteria) => {
    world.s3.put('lists', 'cards.txt', 'other\n4111 1111 1111 1111\n');
    world.s3.put(stage, 'a.txt', '4111 1111 1111 1111\n5500 0055 5555 5559');
    const id = await allow(criteria);
    const [finding] = await world.findings(await world.scan({ allowListIds: [id] }));
    const [item] = finding?.classificationDetails?.result?.sensitiveData ?? [];
    expect(item?.totalCount).toBe(1);
    const list = await world.client.send(new GetAllowListCommand({ id }));
    expect(list).toMatchObject({ criteria, status: { code: 'OK' } });
  });

  test('say when a word list is gone, and are deleted', async () => {
    const s3WordsList = { bucketName: 'lists', objectKey: 'gone.txt' };
    const id = await allow({ s3WordsList });
    const list = await world.client.send(new GetAllowListCommand({ id }));
    expect(list.status?.code).toBe('S3_OBJECT_NOT_FOUND');
    expect((await world.client.send(new ListAllowListsCommand({}))).allowLists).toHaveLength(1);
    await world.client.send(new DeleteAllowListCommand({ id }));
    expect((await world.client.send(new ListAllowListsCommand({}))).allowLists).toEqual([]);
  });
});
