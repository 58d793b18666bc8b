import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { retryAfter, slackError } from './client';

export interface Chat {
  post(
    channel: string,
    message: { text: string; blocks: KnownBlock[] },
    thread?: { ts: string; broadcast: boolean },
  ): Promise<string>;
  /** `gone` when it stands no more, or may not be edited any more; `at` when Slack takes no more updates before that moment. */
  update(
    channel: string,
    ts: string,
    message: { text: string; blocks: KnownBlock[] },
  ): Promise<'updated' | 'gone' | { at: number }>;
}

/** Slack takes about one new message a second in a channel. */
const pace = 1_050;
/** Updates have their own limit: about fifty a minute in a whole workspace. */
const updatePace = 1_250;

/** Deleted, left as a tombstone, or past the time that a workspace allows for edits. */
const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** The thread's first message stands no more, so nobody would find a reply to it. */
export const isThreadGone = (error: unknown): boolean =>
  ['thread_not_found', 'cannot_reply_to_message', 'message_not_found'].includes(
    slackError(error) ?? '',
  );

/** Posts at Slack's pace. The queue gives one worker per channel, so its own memory of the last post is enough. */
export const chatThrough = (
  client: WebClient,
  now: () => number,
  sleep: (ms: number) => Promise<void>,
): Chat => {
  const posted = new Map<string, number>();
  const later = waitingList(now);
  return {
    async post(channel, { text, blocks }, thread) {
      const wait = (posted.get(channel) ?? 0) + pace - now();
      if (wait > 0) await sleep(wait);
      posted.set(channel, now());
      const base = { channel, text, blocks, unfurl_links: false, unfurl_media: false };
      const { ts } = await client.chat.postMessage(
        !thread
          ? base
          : thread.broadcast
            ? { ...base, thread_ts: thread.ts, reply_broadcast: true }
            : { ...base, thread_ts: thread.ts },
      );
      if (!ts) throw new Error('Slack took the message without saying where it stands');
      posted.set(channel, now());
      return ts;
    },
    async update(channel, ts, { text, blocks }) {
      const card = `${channel}/${ts}`;
      const at = later.turnOf(card);
      if (at !== undefined) return { at };
      try {
        await client.chat.update({ channel, ts, text, blocks });
        return 'updated';
      } catch (error) {
        if (gone.has(slackError(error) ?? '')) return 'gone';
        const seconds = retryAfter(error);
        if (seconds === undefined) throw error;
        return { at: later.begin(card, seconds) };
      }
    },
  };
};

/** Once Slack takes no more updates, each card waits for a turn of its own, which it keeps when it is asked for again. */
const waitingList = (now: () => number) => {
  const turns = new Map<string, number>();
  let last = 0;
  const join = (card: string, from: number): number => {
    last = Math.max(last + updatePace, from);
    turns.set(card, last);
    return last;
  };
  return {
    /** When it may be updated, if not now. */
    turnOf(card: string): number | undefined {
      const own = turns.get(card);
      if (own !== undefined && own > now()) return own;
      turns.delete(card);
      return own === undefined && last > now() ? join(card, now()) : undefined;
    },
    begin: (card: string, seconds: number): number => join(card, now() + seconds * 1000),
  };
};
