import type { Message } from '../../sandbox/slack';
import type { World } from '../../sandbox/world';
import { parts, words } from '../blocks/support/reading';
import { beyond, idle, isOfEvidence } from './granted';
import { openGroup, report, watch } from './storm';
import {
  buttonOf,
  buttonsOf,
  cardNow,
  channel,
  fillIn,
  ingressOf,
  invoke,
  openWorld,
  press,
  until,
  untilState,
} from './road';

const count = 40;

/** One wrong template opens forty groups at once; people look around at the desk and settle one of them. */
describe('a storm, seen from the desk', () => {
  let world: World;
  let group: string;
  let storm: Message;
  let own: Message;

  const driver = () => world.slack.driver;
  const roots = async (): Promise<Message[]> =>
    (await driver().messages(channel)).filter(({ thread_ts }) => !thread_ts);
  const seen = async (user: string): Promise<Message[]> => driver().ephemerals(user, channel);
  const view = async (user: string): Promise<string> => words(await driver().view(user));
  /** What the person reads who types this. */
  const ask = async (user: string, text: string): Promise<Message> => {
    const before = (await seen(user)).length;
    const answer = await driver().command({ user, channel, text });
    expect(answer).toMatchObject({ shown: 'ok', body: '' });
    return until(`the answer to ${text}`, async () => (await seen(user))[before]);
  };
  const answered = async (user: string, text: string): Promise<string> =>
    words((await ask(user, text)).blocks);
  /** Presses a button, or chooses in a menu, of an answer that only this person sees. */
  const choose = (user: string, { ts }: Message, actionId: string, value?: string) =>
    driver().click({ user, channel, ts, actionId, ...(value && { value }) });
  beforeAll(async () => {
    world = await openWorld(false);
    group = await openGroup(world);
    await watch(world);
    const others = Array.from({ length: count - 1 }, (_, n) => `sg-${String(n).padStart(8, '0')}`);
    // The last to come is sure to share a card.
    await report(world, others.slice(0, 5));
    await until('three cards and the storm’s', async () => (await roots()).length === 4);
    await report(world, [...others.slice(5), group]);
  }, 600_000);

  afterAll(() => world?.close(), 30_000);

  it('is three cards and one for the rest, which counts all of them', async () => {
    const end = Date.now() + 270_000;
    const isWhole = async () =>
      (await roots()).find(({ text }) => text?.startsWith(`${count - 3} more like this`));
    // Housekeeping renews the card half a minute later; its own clock ticks once a minute.
    while (!(await isWhole()) && Date.now() < end) {
      await invoke(world, 'housekeeping', {});
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    storm = (await isWhole())!;

    expect(storm?.text).toContain('EC2.13');
    expect(await roots()).toHaveLength(4);
    expect(JSON.stringify(await roots())).not.toContain(`${group} ·`);
  }, 420_000);

  it('shows all of them to the person who asks, page by page', async () => {
    await press(driver(), 'U0RITA', storm.ts, 'group.show');
    const list = await until('the list', async () => (await seen('U0RITA'))[0]);
    expect(words(list.blocks)).toContain(`1–20 of ${count - 3}, worst first`);
    const next = buttonOf(list, 'group.show')!;
    await choose('U0RITA', list, next.action_id);
    const second = await until('the second page', async () =>
      (await seen('U0RITA')).find(({ blocks }) => words(blocks).includes('21–37 of 37')),
    );
    expect(words(second.blocks)).not.toContain('Next');
    expect(await seen('U0ALEX')).toEqual([]);
  }, 600_000);

  it.each([
    ['/drawbridge', '/drawbridge findings'],
    ['/drawbridge help', '/drawbridge exceptions'],
    ['/findings', 'Open findings, worst first'],
    ['/findings high account:workloads EC2.13', 'Findings for “high account:workloads EC2.13”'],
    ['/findings acount:x', 'Did you mean “account:x”?'],
    ['/approvals', 'Nothing waits for a decision.'],
    ['/drawbridge status', `Open findings ${count} high`],
    ['/drawbridge exceptions', 'Nothing is suppressed.'],
    ['/drawbridge who', 'You may ask for remediations.'],
    ['/drawbridge stauts', 'Did you mean “status”?'],
    ['/drawbridge stats', 'The last'],
    ['/remediate', 'Name a finding or a resource'],
    ['/audit me', 'The trail knows nothing of them.'],
    ['/audit sg-00000001', 'links, chain checked ✓'],
  ])(
    'answers %s',
    async (text, expected) => {
      expect(await answered('U0RITA', text)).toContain(expected);
    },
    600_000,
  );

  it('tells a guest, and people of a shared channel, nothing of it', async () => {
    expect(await answered('U0GUS', '/findings')).toContain('only members may act');
    const elsewhere = { user: 'U0RITA', channel: 'C0SHARED', text: '/drawbridge status' };
    await driver().command(elsewhere);
    const said = await until('the refusal', async () =>
      (await driver().ephemerals('U0RITA', 'C0SHARED')).at(-1),
    );
    expect(words(said.blocks)).toMatch(/not set up for this channel|shared with another/);
  }, 600_000);

  it('opens the details of one from the list, and gives it its own card', async () => {
    const list = await ask('U0RITA', '/findings sg-00000030');
    const [menu] = buttonsOf(list) as { action_id: string; options: { value: string }[] }[];
    await choose('U0RITA', list, menu!.action_id, menu!.options[0]!.value);
    await until('the details', async () => (await view('U0RITA')).includes('History'));
    expect(await view('U0RITA')).toContain('security-group/sg-00000030');
    const wanted = await buttonInView('finding.card');

    await driver().clickInView({ user: 'U0RITA', actionId: wanted });
    await until('the words on top', async () =>
      (await view('U0RITA')).includes('Its card comes into the channel'),
    );
    await driver().closeView({ user: 'U0RITA' });
    const card = await until('its card', async () =>
      (await roots()).find(({ text }) => text?.includes('sg-00000030')),
    );
    expect(buttonOf(card, 'remediation.preview')).toBeDefined();
  }, 600_000);

  it('posts the whole case as a file into its thread', async () => {
    await driver().clickInView({ user: 'U0RITA', actionId: await buttonInView('finding.file') });
    await until('the words on top', async () =>
      (await view('U0RITA')).includes('The file stands in the thread'),
    );
    const card = (await roots()).find(({ text }) => text?.includes('sg-00000030'))!;
    const thread = JSON.stringify(await driver().messages(channel, { thread: card.ts }));
    expect(thread).toMatch(/finding-[0-9a-f]{8}\.json/);
    await driver().closeView({ user: 'U0RITA', all: true });
  }, 600_000);

  it('asks for the remediation of one by its resource, and that gives it its own card', async () => {
    const answer = await ask('U0RITA', `/remediate ${group}`);
    await choose('U0RITA', answer, buttonOf(answer, 'remediation.preview')!.action_id);
    await fillIn(driver(), 'U0RITA', 'a wrong template opened it');
    own = await until('its card', async () =>
      (await roots()).find(({ text }) => text?.includes(group)),
    );
    own = await untilState(driver(), own.ts, 'awaiting approval');
    expect(buttonOf(own, 'remediation.approve')).toBeDefined();
  }, 600_000);

  it('tells approvers that it is theirs to decide, on the desk and on the App Home', async () => {
    const waiting = await ask('U0ALEX', '/approvals');
    expect(words(waiting.blocks)).toContain('1 waiting for a decision · 1 of them yours');
    expect(JSON.stringify(waiting.blocks)).toContain(own.ts.replace('.', ''));
    expect(await answered('U0RITA', '/approvals')).toContain('0 of them yours');

    await driver().openHome('U0ALEX');
    await until('the App Home', async () =>
      words(await driver().home('U0ALEX')).includes('Yours to decide: 1'),
    );
    await driver().openHome('U0RITA');
    await until('her requests', async () =>
      words(await driver().home('U0RITA')).includes('Your requests: 1'),
    );
  }, 600_000);

  it('takes the request back when who asked cancels it, and nothing was changed', async () => {
    await press(driver(), 'U0ALEX', own.ts, 'remediation.cancel');
    expect(words((await seen('U0ALEX')).at(-1)?.blocks)).toContain('who asked for it, may take it');
    await press(driver(), 'U0RITA', own.ts, 'remediation.cancel');
    const card = await untilState(driver(), own.ts, 'cancelled');

    expect(buttonOf(card, 'remediation.preview')).toBeDefined();
    expect(await ingressOf(world, group)).toEqual(['tcp 22-22 0.0.0.0/0']);
    expect(await answered('U0RITA', '/audit me')).toMatch(/taken back.*asked for the remediation/);
  }, 600_000);

  it('changed nothing in the estate by all of that, and no function went beyond its role', async () => {
    const estate = world.edge
      .calls()
      .filter(({ session, action }) => session && !action.startsWith('Describe'));
    expect(estate).toEqual([]);
    expect(await beyond(world)).toEqual([]);
    const unused = (await idle(world)).filter((grant) => /-desk /.test(grant));
    expect(unused.filter((grant) => !isOfEvidence(grant))).toEqual([]);
    const writes = world.edge
      .calls({ function: 'drawbridge-desk' })
      .filter(({ service, action }) => service === 'dynamodb' && !/^(Get|Query)/.test(action));
    expect(writes).toEqual([]);
    expect((await cardNow(driver(), storm.ts)).text).toContain('more like this');
  }, 600_000);

  const buttonInView = async (intent: string): Promise<string> => {
    const found = parts(await driver().view('U0RITA')).find(({ action_id }) =>
      String(action_id).startsWith(`v1:${intent}:`),
    );
    return String(found?.['action_id']);
  };
});
