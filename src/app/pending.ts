import type { Json } from '../domain/canonical';
import { Told } from '../domain/errors';
import type { Operation } from '../operations/operation';

const usualPatience = 600;

/** Often at first, as containment may wait for it, then ever less: a long run must not fill the workflow's history. Seconds. */
const pause = (waited: number): number => Math.min(60, Math.max(1, Math.round(waited / 4)));

/**
 * Is AWS or a tool still busy with what we started? Then when to look again, in seconds, and what it is doing. None if
 * it is not; what failed, or what took longer than its patience, is an error in words.
 * @param since ISO time at which it was started
 */
export const busyWith = (
  operation: Operation,
  state: Json,
  input: Json,
  { since, now }: { since: string; now: Date },
): { seconds: number; doing: string } | undefined => {
  const pending = operation.pending?.(state, input);
  if (!pending) return undefined;
  if ('failed' in pending) throw new Told(pending.failed);
  const waited = (now.getTime() - Date.parse(since)) / 1000;
  const patience = operation.patience?.(input) ?? usualPatience;
  if (waited >= patience)
    throw new Told(
      `It did not end within ${minutes(patience)} (${pending.running}), and may still be running.`,
    );
  const left = Math.max(1, Math.ceil(patience - waited));
  return { seconds: Math.min(left, pause(waited)), doing: pending.running };
};

const minutes = (seconds: number): string => {
  const count = Math.max(1, Math.round(seconds / 60));
  return count === 1 ? '1 minute' : `${count} minutes`;
};
