import fc from 'fast-check';
import { chatThrough, isThreadGone } from '../../src/slack/chat';
import { retryAfter, slackError, workClient } from '../../src/slack/client';
import { slackSays } from './support/outbox';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const message = { text: 'words', blocks: [{ type: 'divider' as const }] };

/** A chat whose sleep moves its clock on, and when it posted where. */
const aChat = () => {
  let time = 1_000_000;
  const posted: { channel: string; at: number }[] = [];
  slack.answer('chat.postMessage', ({ channel }) => {
    posted.push({ channel: String(channel), at: time });
    return { ok: true, ts: `${posted.length}.1` };
  });
  const chat = chatThrough(
    workClient('xoxb-test', slack.url),
    () => time,
    async (ms) => void (time += ms),
  );
  return { chat, posted, pass: (ms: number) => void (time += ms), now: () => time };
};

describe('posts', () => {
  it('keep 1.05 seconds between two in one channel, however they come', async () => {
    const step = fc.record({
      channel: fc.constantFrom('C0ALERTS', 'C0LOW'),
      pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { chat, posted, pass } = aChat();
        for (const { channel, pause } of steps) {
          pass(pause);
          await chat.post(channel, message);
        }
        for (const channel of ['C0ALERTS', 'C0LOW']) {
          const times = posted.filter((each) => each.channel === channel).map(({ at }) => at);
          const gaps = times.slice(1).map((at, index) => at - times[index]!);
          expect(gaps.filter((gap) => gap < 1_050)).toEqual([]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('in one channel do not wait for another, and not when the last is long ago', async () => {
    const { chat, pass, now } = aChat();
    const start = now();
    await chat.post('C0ALERTS', message);
    await chat.post('C0LOW', message);
    pass(1_050);
    await chat.post('C0ALERTS', message);
    expect(now() - start).toBe(1_050);
  });

  it('that Slack refused count as well, since they use up the pace', async () => {
    const { chat, now } = aChat();
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'fatal_error' }));
    await expect(chat.post('C0ALERTS', message)).rejects.toThrow('fatal_error');
    const start = now();
    await expect(chat.post('C0ALERTS', message)).rejects.toThrow('fatal_error');
    expect(now() - start).toBe(1_050);
  });

  it('let Slack unfurl nothing', async () => {
    await aChat().chat.post('C0ALERTS', message);
    expect(slack.asked('chat.postMessage')).toEqual([
      { channel: 'C0ALERTS', ...message, unfurl_links: 'false', unfurl_media: 'false' },
    ]);
  });

  it('stand in a thread, and in the channel too where they are aloud', async () => {
    const { chat } = aChat();
    expect(await chat.post('C0ALERTS', message, { ts: '1.1', broadcast: false })).toBe('1.1');
    await chat.post('C0ALERTS', message, { ts: '1.1', broadcast: true });
    const [quiet, aloud] = slack.asked('chat.postMessage');
    expect(quiet).toMatchObject({ thread_ts: '1.1' });
    expect(quiet).not.toHaveProperty('reply_broadcast');
    expect(aloud).toMatchObject({ thread_ts: '1.1', reply_broadcast: 'true' });
  });

  it('are an error where Slack does not say where they stand', async () => {
    const { chat } = aChat();
    slack.answer('chat.postMessage', () => ({ ok: true }));
    await expect(chat.post('C0ALERTS', message)).rejects.toThrow('without saying where it stands');
  });

  it('that come too fast fail at once with the seconds that Slack names', async () => {
    const { chat } = aChat();
    slack.answer('chat.postMessage', () => ({ ok: false, retryAfter: 30 }));
    const error: unknown = await chat.post('C0ALERTS', message).catch((error: unknown) => error);
    expect(retryAfter(error)).toBe(30);
    expect(slack.asked('chat.postMessage')).toHaveLength(1);
  });
});

describe('an update', () => {
  it('changes the message and waits for nothing', async () => {
    const { chat, now } = aChat();
    await chat.post('C0ALERTS', message);
    const start = now();
    expect(await chat.update('C0ALERTS', '1.1', message)).toBe('updated');
    expect(now()).toBe(start);
    expect(slack.asked('chat.update')).toEqual([{ channel: 'C0ALERTS', ts: '1.1', ...message }]);
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'that is answered with %s finds the message gone',
    async (error) => {
      slack.answer('chat.update', () => ({ ok: false, error }));
      expect(await aChat().chat.update('C0ALERTS', '1.1', message)).toBe('gone');
    },
  );

  it('that fails otherwise is an error', async () => {
    slack.answer('chat.update', () => ({ ok: false, error: 'channel_not_found' }));
    await expect(aChat().chat.update('C0ALERTS', '1.1', message)).rejects.toThrow(
      'channel_not_found',
    );
  });

  it('that is one too many has a turn of its own, and later ones wait behind it unasked', async () => {
    const { chat, pass, now } = aChat();
    const start = now();
    slack.answer('chat.update', () => ({ ok: false, retryAfter: 30 }));
    const first = await chat.update('C0ALERTS', '1.1', message);
    const second = await chat.update('C0LOW', '2.2', message);
    expect([first, second]).toEqual([{ at: start + 30_000 }, { at: start + 31_250 }]);
    expect(await chat.update('C0ALERTS', '1.1', message)).toEqual(first);
    expect(slack.asked('chat.update')).toHaveLength(1);

    slack.answer('chat.update', () => ({ ok: true }));
    pass(30_000);
    expect(await chat.update('C0ALERTS', '1.1', message)).toBe('updated');
    expect(await chat.update('C0LOW', '2.2', message)).toEqual(second);
    pass(1_250);
    expect(await chat.update('C0LOW', '2.2', message)).toBe('updated');
    expect(await chat.update('C0ALERTS', '3.3', message)).toBe('updated');
  });

  it('that never reached Slack is an error', async () => {
    slack.answer('chat.update', () => ({ ok: false, httpStatus: 502 }));
    await expect(aChat().chat.update('C0ALERTS', '1.1', message)).rejects.toThrow('502');
  });
});

it.each([
  [slackSays('thread_not_found'), true],
  [slackSays('cannot_reply_to_message'), true],
  [slackSays('message_not_found'), true],
  [slackSays('channel_not_found'), false],
  [new Error('thread_not_found'), false],
  ['thread_not_found', false],
])('%s means that the thread is gone: %s', (error, expected) => {
  expect(isThreadGone(error)).toBe(expected);
});

it.each([[undefined], [null], ['x'], [{ retryAfter: '30' }], [new Error('x')]])(
  '%j names no seconds and no word of Slack',
  (error) => {
    expect(retryAfter(error)).toBeUndefined();
    expect(slackError(error)).toBeUndefined();
  },
);

it.each([[null], ['x'], [{}], [{ error: 1 }]])(
  'an error with %j holds no word of Slack',
  (data) => {
    expect(slackError(Object.assign(new Error('x'), { data }))).toBeUndefined();
  },
);
