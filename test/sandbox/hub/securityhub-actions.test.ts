import {
  BatchImportFindingsCommand,
  CreateActionTargetCommand,
  DeleteActionTargetCommand,
  DescribeActionTargetsCommand,
  EnableSecurityHubCommand,
  UpdateActionTargetCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { asff } from './support/asff';
import { administrator, bench, region, type Bench } from './support/hub';

describe('a custom action', () => {
  let world: Bench;
  let client: SecurityHubClient;
  const arn = `arn:aws:securityhub:${region}:${administrator}:action/custom/Isolate`;
  const target = { Name: 'Isolate', Id: 'Isolate', Description: 'Isolates the instance' };
  const create = (changes: Partial<typeof target> = {}) =>
    client.send(new CreateActionTargetCommand({ ...target, ...changes }));
  const press = (body: object) =>
    fetch(`${world.hub.url}/sandbox/custom-action`, {
      method: 'POST',
      body: JSON.stringify(body),
    });

  beforeEach(async () => {
    world = await bench();
    client = world.securityHub();
    await client.send(new EnableSecurityHubCommand({}));
  });
  afterEach(() => world.close());

  test('is created, described, renamed and deleted', async () => {
    expect(await create()).toMatchObject({ ActionTargetArn: arn });
    const rename = { ActionTargetArn: arn, Name: 'Contain' };
    await client.send(new UpdateActionTargetCommand(rename));
    const { ActionTargets } = await client.send(new DescribeActionTargetsCommand({}));
    expect(ActionTargets).toEqual([
      { ActionTargetArn: arn, Name: 'Contain', Description: target.Description },
    ]);
    await client.send(new DeleteActionTargetCommand({ ActionTargetArn: arn }));
    await expect(
      client.send(new DescribeActionTargetsCommand({ ActionTargetArns: [arn] })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test.each([
    ['a name of 21 characters', { Name: 'x'.repeat(21) }],
    ['an id with a hyphen', { Id: 'is-olate' }],
  ])('is refused with %s', async (_, changes) => {
    await expect(create(changes)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  test('exists once, and at most 50 exist', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'ResourceConflictException' });
    for (let index = 1; index < 50; index += 1) await create({ Id: `Action${index}` });
    await expect(create({ Id: 'OneMore' })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });

  test('sends one event per picked finding', async () => {
    await create();
    const Findings = [asff({ Id: 'one' }), asff({ Id: 'two' })];
    await client.send(new BatchImportFindingsCommand({ Findings }));
    const answer = await press({ actionArn: arn, findingIds: ['one', 'two'] });
    expect(await answer.json()).toEqual({ sent: 2 });
    await world.hub.settled();
    const events = world.events.filter((event) => event['detail-type'].endsWith('Custom Action'));
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      source: 'aws.securityhub',
      resources: [arn],
      detail: {
        actionName: 'Isolate',
        actionDescription: target.Description,
        findings: [expect.objectContaining({ Id: 'one' })],
      },
    });
  });

  test('is not sent for a finding that is not there', async () => {
    await create();
    const answer = await press({ actionArn: arn, findingIds: ['nobody'] });
    expect(answer.status).toBe(404);
  });
});
