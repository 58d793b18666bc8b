import type { WebClient } from '@slack/web-api';
import * as z from 'zod/mini';
import type { Cards } from '../domain/card';
import type { CaseId } from '../domain/ids';
import { retryAfter } from './client';

export interface NewFile {
  /** With its ending: Slack shows it by that. */
  name: string;
  title: string;
  bytes: Uint8Array;
  /** What a picture shows, in words; 1,000 characters at most. */
  alt?: string;
}

export interface FilePlace {
  channel: string;
  /** `ts` of the message below which it stands. */
  thread?: string;
}

const Ticket = z.object({ upload_url: z.url(), file_id: z.string().check(z.minLength(1)) });
const patience = 10_000;
const longestAlt = 1000;
/**
 * A channel takes about one new message a second, a file’s too: so often, and so many seconds at most, we wait for ours.
 * Each wait is a little longer than the last: the outbox asks for the same second, and in step with it we would lose each time.
 */
const waits = { times: 15, seconds: 5, later: 130 };

type Sleep = (ms: number) => Promise<void>;

/**
 * Puts a file into a channel or a thread. Slack shows it only after the third step, so what fails on the way is seen by
 * nobody; whoever tries again makes a new file. Needs the scope `files:write`.
 * @throws Slack’s own error, or words with the status of the upload
 */
export const uploadFile = async (
  client: WebClient,
  { name, title, bytes, alt }: NewFile,
  { channel, thread }: FilePlace,
  sleep: Sleep,
): Promise<void> => {
  if (bytes.length === 0) throw new RangeError(`${name} is empty, and Slack takes no empty file`);
  const ticket = Ticket.parse(
    // Called by name: the client’s types know the description under a name that Slack does not.
    await client.apiCall('files.getUploadURLExternal', {
      filename: name,
      length: bytes.length,
      ...(alt && { alt_txt: alt.slice(0, longestAlt) }),
    }),
  );
  await send(ticket.upload_url, name, bytes);
  const shown = {
    files: [{ id: ticket.file_id, title }],
    channel_id: channel,
    ...(thread && { thread_ts: thread }),
  };
  await patiently(sleep, () => client.apiCall('files.completeUploadExternal', shown));
};

const patiently = async (
  sleep: Sleep,
  call: () => Promise<unknown>,
  left = waits.times,
): Promise<void> => {
  try {
    await call();
  } catch (error) {
    const seconds = retryAfter(error);
    if (seconds === undefined || seconds > waits.seconds || left === 0) throw error;
    await sleep(seconds * 1000 + waits.later * (waits.times - left));
    await patiently(sleep, call, left - 1);
  }
};

/** The address is a secret of its own and is asked without the token; it goes nowhere else. */
const send = async (url: string, name: string, bytes: Uint8Array): Promise<void> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: Buffer.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  await answer.arrayBuffer();
  if (answer.status !== 200)
    throw new Error(`Slack did not take ${name}: the upload was answered with ${answer.status}`);
};

/** Puts a text file into the thread of a case; `false` where the case has no card. */
export const filesInto =
  (client: WebClient, cards: Pick<Cards, 'get'>, sleep: Sleep) =>
  async (of: CaseId, name: string, content: string): Promise<boolean> => {
    const card = await cards.get(of);
    if (!card) return false;
    const file = { name, title: name, bytes: Buffer.from(content) };
    await uploadFile(client, file, { channel: card.channel, thread: card.ts }, sleep);
    return true;
  };
