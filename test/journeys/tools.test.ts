import { samplesOf } from '../../sandbox/estate';
import type { Message } from '../../sandbox/slack';
import type { Ticket } from '../../sandbox/tool';
import type { World } from '../../sandbox/world';
import { beyond } from './granted';
import {
  buttonOf,
  buttonsOf,
  cardNow,
  channel,
  chainInTable,
  fillIn,
  openWorld,
  press,
  until,
  untilState,
} from './road';

/** A chain of other people's tools: a document of the account, then a tool outside AWS that is told what came of it. */
describe('a chain of tools that the policy declares', () => {
  let world: World;
  let ts: string;
  let id: string;
  let key: string;
  let server: string;

  const driver = () => world.slack.driver;
  const cardText = async (): Promise<string> =>
    JSON.stringify((await cardNow(driver(), ts)).blocks);
  const offered = (card: Message) =>
    buttonsOf(card).find(
      ({ action_id, value = '' }) =>
        action_id.includes('remediation.preview') && value.includes('capture-server-memory'),
    );
  const tickets = async (): Promise<Ticket[]> => {
    const all = (await (await fetch(world.urls.tool)).json()) as Ticket[];
    return all.filter(({ run }) => run.startsWith(`${id}/`));
  };
  const startedAutomations = () =>
    world.edge
      .calls({ service: 'ssm', action: 'StartAutomationExecution' })
      .filter(({ status }) => status === 200);

  beforeAll(async () => {
    // Long enough that its card shows it, however slow the machine is.
    world = await openWorld(true, { engineSeconds: 20 });
    server = world.estate!.servers.web;
    const mining = samplesOf(world.estate!).find(({ name }) => name.includes('Bitcoin mining'));
    await world.feed(mining!.event);
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  it('is offered for the finding type that it answers', async () => {
    const card = await until('a card that offers the chain', async () =>
      (await driver().messages(channel)).find(offered),
    );
    ts = card.ts;
    key = (JSON.parse(offered(card)?.value ?? '{}') as { finding: string }).finding;

    expect(JSON.stringify(card.blocks)).toContain('Capture the server’s memory');
  }, 600_000);

  it('shows what runs, with what, and that there is no way back', async () => {
    const button = offered(await cardNow(driver(), ts))!;
    await driver().click({ user: 'U0RITA', channel, ts, actionId: button.action_id });
    const view = await until('the plan', async () => {
      const top = await driver().view('U0RITA');
      return top && JSON.stringify(top).includes('What will change') && top;
    });

    const shown = JSON.stringify(view);
    expect(shown).toContain('Automation Acme-CaptureMemory');
    expect(shown).toContain('Tool 127.0.0.1:4090/tickets');
    expect(shown).toContain('‹capture.Location of step 1›');
    expect(shown).toContain('This cannot be undone');
    expect(startedAutomations()).toEqual([]);
  }, 600_000);

  it('waits for an approver like any change, who reads that there is no way back', async () => {
    await fillIn(driver(), 'U0RITA', 'it mines, and we want to know how');
    const card = await untilState(driver(), ts, 'awaiting approval');
    const approve = buttonOf(card, 'remediation.approve');
    ({ id } = JSON.parse(approve?.value ?? '{}') as { id: string });
    await press(driver(), 'U0RITA', ts, 'remediation.approve');

    expect(JSON.stringify(approve)).toContain('There is no way back.');
    expect((await driver().ephemerals('U0RITA', channel)).at(-1)?.text).toContain('another person');
    expect(startedAutomations()).toEqual([]);
  }, 600_000);

  it('runs each tool once, shows which one is busy, and tells the second what the first gave', async () => {
    await press(driver(), 'U0ALEX', ts, 'remediation.approve');
    await until('the card saying that the document runs', async () =>
      /InProgress|Pending/.test(await cardText()),
    );
    await untilState(driver(), ts, 'done');

    expect(startedAutomations()).toHaveLength(1);
    expect(await tickets()).toMatchObject([
      {
        asked: 1,
        body: {
          server,
          severity: 'high',
          title: expect.stringContaining('Bitcoin') as unknown,
          memory: `s3://acme-forensics/${server}/memory.lime`,
        },
      },
    ]);
  }, 600_000);

  it('says on the card what came of it, and that it cannot be undone', async () => {
    const [ticket] = await tickets();
    const text = await cardText();

    expect(text).toContain(`s3://acme-forensics/${server}/memory.lime`);
    expect(text).toContain(`Ticket: ${ticket?.id}`);
    expect(text).toContain('Cannot be undone:');
    expect(buttonOf(await cardNow(driver(), ts), 'remediation.undo')).toBeUndefined();
  }, 600_000);

  it('leaves its outputs in the audit chain, and the finding open', async () => {
    const [ticket] = await tickets();
    const chain = await chainInTable(world, key);
    const applied = chain.filter(({ event }) => event.type === 'step.applied');

    expect(applied.map(({ event }) => event.facts['output.Ticket'])).toEqual([
      undefined,
      ticket?.id,
    ]);
    expect(chain.map(({ event }) => event.type)).not.toContain('finding.resolved');
  }, 600_000);

  it('no function made a call that its role does not grant', async () => {
    expect(await beyond(world)).toEqual([]);
  }, 600_000);
});
