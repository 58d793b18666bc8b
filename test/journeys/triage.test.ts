import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchImportFindingsCommand,
  DescribeActionTargetsCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { sendHere } from '../../src/findings/custom-action';
import { register } from '../../tools/securityhub-actions';
import {
  buttonOf,
  cardNow,
  cardWith,
  channel,
  fillIn,
  invoke,
  openWorld,
  outputOf,
  press,
  security,
  until,
  untilState,
  untilForm,
} from './road';

/** The life of a finding between Slack and Security Hub, both ways; each test is the next thing that people do. */
describe('a finding that people decide about', () => {
  let world: World;
  let group: string;
  let ts: string;
  let key: string;

  const driver = () => world.slack.driver;
  const hub = () => new SecurityHubClient(asAccount(world.edge.url, security));
  const inHub = (): AwsSecurityFinding => {
    const found = world.hub
      .findings()
      .find(
        ({ Resources = [], Compliance }) =>
          Compliance?.SecurityControlId === 'EC2.13' &&
          Resources.some(({ Id = '' }) => Id.includes(group)),
      );
    if (!found) throw new Error('Security Hub does not know it');
    return found;
  };
  const untilInHub = (status: string) =>
    until(`${status} in Security Hub`, async () => inHub().Workflow?.Status === status && inHub());
  const card = async () => JSON.stringify((await cardNow(driver(), ts)).blocks);
  const untilCard = (what: string, holds: (text: string) => boolean) =>
    until(what, async () => holds(await card()));
  const untilThread = (words: string) =>
    until(`“${words}” in the thread`, async () =>
      JSON.stringify(await driver().messages(channel, { thread: ts })).includes(words),
    );
  const choose = async (user: string, values: Record<string, string>) => {
    await untilForm(driver(), user);
    return driver().submit({ user, values });
  };
  const suppress = async () => {
    await press(driver(), 'U0RITA', ts, 'finding.suppress');
    await choose('U0RITA', { 'days.count': '30', 'reason.text': 'a test system of ours' });
    return untilInHub('SUPPRESSED');
  };

  beforeAll(async () => {
    world = await openWorld();
    group = world.estate!.network.groups.web;
    const posted = await cardWith(driver(), group);
    ts = posted.ts;
    key = JSON.parse(buttonOf(posted, 'finding.details')?.value ?? '{}').finding;
    await untilInHub('NOTIFIED');
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('is acknowledged with one press, and assigned to somebody who may act', async () => {
    await press(driver(), 'U0ALEX', ts, 'finding.acknowledge');
    await untilCard('who has seen it', (text) => text.includes('Acknowledged by'));
    expect(buttonOf(await cardNow(driver(), ts), 'finding.acknowledge')).toBeUndefined();

    await press(driver(), 'U0ALEX', ts, 'finding.assign');
    await choose('U0ALEX', { 'assignee.user': 'U0RITA' });
    await untilCard('who sees to it', (text) => text.includes('Assigned to'));
  }, 600_000);

  it('is silenced by responders only', async () => {
    await press(driver(), 'U0OWEN', ts, 'finding.suppress');

    const [told] = (await driver().ephemerals('U0OWEN', channel)).slice(-1);
    expect(told?.text).toContain('Only responders may suppress');
    await untilThread('tried to change the finding and was refused');
    expect(inHub().Workflow?.Status).toBe('NOTIFIED');
  }, 600_000);

  it('is accepted for a time: SUPPRESSED in Security Hub, with who, why and until when', async () => {
    const { Note } = await suppress();

    expect(Note).toMatchObject({ UpdatedBy: 'drawbridge' });
    expect(Note?.Text).toMatch(/accepted by Rita Requester until .* UTC: a test system of ours/);
    await untilCard('the exception', (text) => text.includes('a test system of ours'));
    expect(buttonOf(await cardNow(driver(), ts), 'remediation.preview')).toBeUndefined();
    await untilThread('suppressed until its expiry');
  }, 600_000);

  it('is open again in both when the time is over', async () => {
    const table = new DynamoDBClient(asAccount(world.edge.url, security));
    const past = { ':past': { S: '2020-01-01T00:00:00.000Z' } };
    const set = (pk: string, sk: string, path: string, names: Record<string, string>) =>
      table.send(
        new UpdateItemCommand({
          TableName: outputOf(world, 'TableName'),
          Key: { pk: { S: pk }, sk: { S: sk } },
          UpdateExpression: `SET ${path} = :past`,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: past,
        }),
      );
    const until = { '#b': 'body', '#e': 'exception', '#u': 'until' };
    await set(`FINDING#${key}`, 'RECORD', '#b.#e.#u', until);
    await set('DUE', `finding-${key}`, '#at', { '#at': 'at' });

    await invoke(world, 'housekeeping', {});

    const { Note } = await untilInHub('NOTIFIED');
    expect(Note?.Text).toContain('open again: its exception has ended');
    await untilCard('the offer', (text) => text.includes('remediation.preview'));
    await untilThread('open again: its exception ended');
  }, 600_000);

  it('is open again at once when a responder ends the exception', async () => {
    await suppress();
    await press(driver(), 'U0RITA', ts, 'finding.lift');

    const { Note } = await untilInHub('NOTIFIED');
    expect(Note?.Text).toContain('Rita Requester ended its exception');
  }, 600_000);

  it('waits after a remediation until the control says PASSED itself', async () => {
    await press(driver(), 'U0RITA', ts, 'remediation.preview');
    await fillIn(driver(), 'U0RITA', 'nobody needs it');
    await untilState(driver(), ts, 'awaiting approval');
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await untilState(driver(), ts, 'done');
    await untilInHub('RESOLVED');
    expect(await card()).toContain('Waits until the control is evaluated again');

    const { ProductFields: _, ProcessedAt: __, ...known } = inHub();
    const passed = {
      ...known,
      UpdatedAt: new Date().toISOString(),
      Compliance: { ...known.Compliance, Status: 'PASSED' as const },
    };
    await hub().send(new BatchImportFindingsCommand({ Findings: [passed] }));

    await untilCard('the proof', (text) => text.includes('Security Hub agrees: PASSED'));
    await untilThread('the control itself agrees: PASSED');
  }, 600_000);

  it('that is over comes back into the channel when somebody sends it from Security Hub', async () => {
    expect(await register(hub())).toBe('to be created');
    const { ActionTargets = [] } = await hub().send(new DescribeActionTargetsCommand({}));
    const { ActionTargetArn } = ActionTargets.find(({ Name }) => Name === sendHere.name)!;
    const answer = await fetch(`${world.hub.url}/sandbox/custom-action`, {
      method: 'POST',
      body: JSON.stringify({ actionArn: ActionTargetArn, findingIds: [inHub().Id] }),
    });

    expect(await answer.json()).toEqual({ sent: 1 });
    await until('the entry in the channel', async () =>
      JSON.stringify(await driver().messages(channel)).includes('sent here from Security Hub'),
    );
  }, 600_000);

  it('cost no call that AWS refused, but for conditions that another writer met first', () => {
    const lost = ['TransactionCanceledException', 'ConditionalCheckFailedException'];
    const refused = world.edge
      .calls()
      .filter(({ error, function: by }) => by && error && !lost.includes(error));
    expect(refused).toEqual([]);
  });
});
