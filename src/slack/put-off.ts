import type { ChannelId } from '../domain/ids';
import type { Message, Renewed } from '../domain/message';
import { Wait } from './client';

interface Rows {
  /** Puts a message into the row of a channel, where it waits for those before it. */
  send: (row: string, message: Message) => Promise<void>;
}

/** Has a card shown again at that moment, as it stands then. It waits in a row of its own, and the channel goes on. */
export const putOff = (
  { send }: Rows,
  channel: ChannelId,
  again: Renewed,
  at: number,
): Promise<void> =>
  send(`later-${channel}`, { kind: 'later', channel, at: new Date(at).toISOString(), again });

/** Back into the channel's own row, where one worker writes. Before its time it is not taken. */
export const sendAgain = async (
  { send, now }: Rows & { now: () => Date },
  { channel, at, again }: Extract<Message, { kind: 'later' }>,
): Promise<void> => {
  const left = Date.parse(at) - now().getTime();
  if (left > 0) throw new Wait(left / 1000);
  await send(channel, { ...again, mark: `later-${at}` });
};
