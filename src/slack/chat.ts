import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { slackError } from './client';

export interface Chat {
  post(
    channel: string,
    message: { text: string; blocks: KnownBlock[] },
    thread?: { ts: string; broadcast: boolean },
  ): Promise<string>;
  /** `gone` when it stands no more, or may not be edited any more. */
  update(
    channel: string,
    ts: string,
    message: { text: string; blocks: KnownBlock[] },
  ): Promise<'updated' | 'gone'>;
}

/** Slack takes about one new message a second in a channel; updates have their own, wider limit. */
const pace = 1_050;

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
      try {
        await client.chat.update({ channel, ts, text, blocks });
        return 'updated';
      } catch (error) {
        if (gone.has(slackError(error) ?? '')) return 'gone';
        throw error;
      }
    },
  };
};
