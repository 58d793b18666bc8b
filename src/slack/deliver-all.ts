import { Message } from '../domain/message';
import type { Log } from './boundary';
import { retryAfter } from './client';
import { deliver, type OutboxDeps } from './outbox';

/** As much of an SQS record as is read here. */
interface Received {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: { MessageGroupId?: string | undefined; ApproximateReceiveCount: string };
}

interface Later {
  later(receiptHandle: string, seconds: number): Promise<void>;
}

type Failures = { itemIdentifier: string }[];

/** Milliseconds after which no further message of a batch is begun: the function has a minute, and Slack may be slow. */
const patience = 25_000;

/**
 * Delivers a batch, each channel in order and all of them at once. The first message of a channel that Slack does not
 * take holds back the rest of that channel: they return after the seconds that Slack named, or after a growing pause
 * when it is down.
 */
export const deliverAll = async (
  deps: OutboxDeps,
  queue: Later,
  records: readonly Received[],
  log: Log,
): Promise<Failures> => {
  const channels = new Map<string, Received[]>();
  for (const record of records) {
    const group = record.attributes.MessageGroupId ?? '';
    channels.set(group, [...(channels.get(group) ?? []), record]);
  }
  const each = [...channels.values()].map((those) => inOrder(deps, queue, those, log));
  return (await Promise.all(each)).flat();
};

const inOrder = async (
  deps: OutboxDeps,
  queue: Later,
  records: readonly Received[],
  log: Log,
): Promise<Failures> => {
  const failures: Failures = [];
  const end = deps.now().getTime() + patience;
  let held: number | undefined;
  for (const [index, record] of records.entries()) {
    if (held === undefined && isOvertaken(records, index)) continue;
    if (deps.now().getTime() > end) held ??= 1;
    held ??= await attempt(deps, record, log);
    if (held === undefined) continue;
    await queue.later(record.receiptHandle, held);
    failures.push({ itemIdentifier: record.messageId });
  }
  return failures;
};

/** Seconds to hold the channel back, or nothing when Slack took it. */
const attempt = async (
  deps: OutboxDeps,
  { attributes, body }: Received,
  log: Log,
): Promise<number | undefined> => {
  try {
    await deliver(deps, Message.parse(JSON.parse(body)), log);
    return undefined;
  } catch (error) {
    const asked = retryAfter(error);
    if (asked === undefined) log.error('message not delivered', { message: body, error });
    return asked ?? Math.min(900, 2 ** Number(attributes.ApproximateReceiveCount));
  }
};

/** A later message of the same batch shows the same card anyway. */
const isOvertaken = (records: readonly Received[], index: number): boolean => {
  const shown = cardOf(records[index]!);
  return shown !== undefined && records.slice(index + 1).some((each) => cardOf(each) === shown);
};

const cardOf = ({ body }: Received): string | undefined => {
  try {
    const message = Message.parse(JSON.parse(body));
    if (message.kind === 'group') return `group ${message.id}`;
    return message.kind === 'card' ? message.case : undefined;
  } catch {
    return undefined;
  }
};
