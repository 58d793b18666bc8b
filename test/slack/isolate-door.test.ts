import { encodeClick, encodeForm } from '../../blocks/intent';
import { optionsAt } from '../../blocks/plan-modals';
import { findingKey } from '../support/builders';
import { ask } from '../support/isolated-world';
import { words } from '../blocks/support/reading';
import { aDoorway } from './support/doorway';
import { commanded, filledIn, messageAction, pressed, request } from './support/requests';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const id = 'i-0123456789abcdef0';
const click = { user: 'U0RITA', team: 'T0TEST', channel: 'C0ALERTS' };
const wishOf = (wish: object) => ({ task: 'locate', viewId: 'V1', click, wish });

describe('a command that needs a window', () => {
  it.each([
    ['/isolate', `${id} because it mines`, 'isolate', ` ${id} because it mines`],
    ['/release', id, 'release', ` ${id}`],
    ['/Isolate', id, 'isolate', ` ${id}`],
    ['/drawbridge', `isolate ${id}`, 'isolate', ` ${id}`],
    ['/drawbridge', `  RELEASE\n${id}`, 'release', `\n${id}`],
    ['/isolate', '', 'isolate', ' '],
  ])(
    '%s %j opens it at once and writes the wish down (law 15)',
    async (command, text, verb, rest) => {
      const door = await aDoorway(slack);

      const answer = await door.send(request(commanded(slack.url, text, {}, { command })));

      expect(answer).toMatchObject({ status: 200, text: '' });
      expect(slack.calls.map(({ method }) => method)).toEqual(['views.open']);
      expect(words(slack.asked('views.open'))).toContain('Nothing is changed by this');
      expect(door.held.held.previews.get('V1')).toEqual(wishOf({ by: 'words', verb, text: rest }));
    },
  );

  it.each(['isolated things', 'released'])('/drawbridge %s is another word', async (text) => {
    const door = await aDoorway(slack);

    await door.send(request(commanded(slack.url, text, {}, { command: '/drawbridge' })));

    expect(slack.asked('views.open')).toEqual([]);
    expect([...door.held.held.previews.values()]).toMatchObject([{ task: 'desk' }]);
  });

  it('keeps 1,000 letters, and no half of a character', async () => {
    const door = await aDoorway(slack);

    await door.send(
      request(commanded(slack.url, `${'x'.repeat(998)}💥`, {}, { command: '/isolate' })),
    );

    const [task] = door.held.held.previews.values();
    expect(JSON.stringify(task)).not.toMatch(/\\ud83d(?!\\udca5)/);
  });

  it('says so where Slack waits no longer', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
    const door = await aDoorway(slack);

    const answer = await door.send(request(commanded(slack.url, id, {}, { command: '/isolate' })));

    expect(answer.words).toContain('nothing was changed');
  });
});

describe('“Isolate this instance”', () => {
  it('names the finding of the card, and what the message says', async () => {
    const door = await aDoorway(slack);
    const { action_id, value } = encodeClick({ kind: 'finding.details', finding: findingKey });
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id, value }] }];

    await door.send(request(messageAction(slack.url, { text: 'high · new', blocks })));

    expect(door.held.held.previews.get('V1')).toEqual(
      wishOf({ by: 'message', text: 'high · new', finding: findingKey }),
    );
  });

  it('of another message names what it says', async () => {
    const door = await aDoorway(slack);

    await door.send(request(messageAction(slack.url, { text: `look at ${id}` })));
    expect(door.held.held.previews.get('V1')).toEqual(
      wishOf({ by: 'message', text: `look at ${id}` }),
    );
  });

  it('has words where it fails', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'fatal_error' }));
    const door = await aDoorway(slack);

    await door.send(request(messageAction(slack.url, {})));

    expect(door.told()).toContain('Something went wrong and nothing was changed');
  });
});

it('a choice or a retry opens a window and writes the place down', async () => {
  const door = await aDoorway(slack);
  const button = encodeClick({ kind: 'case.preview', ...ask } as Parameters<typeof encodeClick>[0]);

  await door.send(request(pressed(slack.url, button)));

  expect(door.held.held.previews.get('V1')).toEqual(wishOf({ by: 'place', ...ask }));
});

describe('the request in the window', () => {
  const form = encodeForm({
    kind: 'case.request',
    ...ask,
    channel: 'C0ALERTS',
  } as Parameters<typeof encodeForm>[0]);
  const chosen = (...ids: string[]) => ({
    [optionsAt.block]: { chosen: { selected_options: ids.map((value) => ({ value })) } },
  });
  const because = { reason: { text: { value: 'it mines' } } };

  it.each([
    [chosen('stop', 'host'), ['stop', 'host']],
    [chosen(), []],
    [{}, undefined],
  ])('starts one case with what was chosen: %j', async (options, expected) => {
    const door = await aDoorway(slack);

    const answer = await door.send(request(filledIn(form, { ...because, ...options })));

    expect(answer.body).toEqual({ response_action: 'clear' });
    const [of] = door.ids();
    const { options: stored, reason, case: itself } = await door.stored(of!);
    expect([stored, reason, itself]).toEqual([expected, 'it mines', of]);
  });

  it('of a finding takes what was chosen as well', async () => {
    const door = await aDoorway(slack);
    const { playbook, target } = door.ask;
    const wish = { kind: 'remediation.request', finding: findingKey, playbook, target } as const;
    const view = encodeForm({ ...wish, channel: 'C0ALERTS' });

    await door.send(request(filledIn(view, { ...because, ...chosen('host') })));

    expect(await door.stored(door.ids()[0]!)).toMatchObject({ options: ['host'] });
  });

  it('sent twice starts one, and the second is shown the first (law 5)', async () => {
    const door = await aDoorway(slack);
    await door.send(request(filledIn(form, because)));

    const answer = await door.send(request(filledIn(form, because)));

    expect(answer.words).toContain('RITA already asked for this');
    expect(door.ids()).toHaveLength(1);
  });

  it('asks for a reason, and refuses who may not', async () => {
    const door = await aDoorway(slack);

    expect((await door.send(request(filledIn(form, {})))).body).toMatchObject({
      response_action: 'errors',
    });
    const refused = await door.send(request(filledIn(form, because, { user: 'U0NILS' })));
    expect(refused.words).toContain('✋ Only responders may ask');
  });
});
