import { isActionable } from '../domain/playbook';
import type { Change, FindingRecord, Wish } from './ports';

const minute = 60_000;

/** An event that left its source before our write may come this long after it, in milliseconds. */
const flight = 2 * minute;

/** The record that has the source told something. Marked before it is written: the echo can be faster than our next line. */
export const wishing = (record: FindingRecord, tell: Wish, now: Date): FindingRecord => ({
  ...record,
  wrote: tell.workflow,
  over: {
    workflows: [
      ...(isUnderWay(record, now) ? record.over.workflows : []),
      ...(record.wrote ? [record.wrote] : []),
      record.finding.workflow,
    ],
    at: now.toISOString(),
  },
  tell: { ...tell, note: tell.note.slice(0, 512) },
});

/** Our last write has not come through, or events that left their source before it may still come. */
export const isUnderWay = (
  record: FindingRecord,
  now: Date,
): record is FindingRecord & Required<Pick<FindingRecord, 'over'>> =>
  record.over !== undefined &&
  (record.tell !== undefined || now.getTime() - Date.parse(record.over.at) < flight);

export type Exception = NonNullable<FindingRecord['exception']>;

/** Accepted for a time: suppressed here at once, and at the source as soon as it can be told. */
export const excepted = (record: FindingRecord, exception: Exception, now: Date): FindingRecord => {
  const { by, reason, until } = exception;
  const who = by ? `accepted by ${by.name}` : 'accepted by the policy';
  const note = `Drawbridge: ${who} until ${until.slice(0, 16)} UTC: ${reason}`;
  return {
    ...wishing(record, { workflow: 'suppressed', note }, now),
    exception,
    finding: { ...record.finding, workflow: 'suppressed' },
  };
};

/** Its exception is over: it is loud again, by itself, and nobody has taken notice of it yet. */
export const reopened = (record: FindingRecord, because: string, now: Date): FindingRecord => {
  const { exception: _, acknowledged: __, group: ___, ...rest } = record;
  const note = `Drawbridge: open again: ${because}`;
  const finding = { ...record.finding, workflow: 'notified' } as const;
  return {
    ...wishing(rest, { workflow: 'notified', note, from: ['suppressed'] }, now),
    finding,
    loud: record.loud || isActionable(finding),
  };
};

/** When housekeeping has to look at it: to try again what the source was not told, or to end its exception. */
export const dueOf = (
  { finding: { key }, tell, exception }: FindingRecord,
  now: Date,
): Pick<Change, 'due'> => {
  if (tell) {
    const pause = Math.min(60, 2 ** (tell.failed ?? 0)) * minute;
    return { due: { id: key, at: new Date(now.getTime() + pause).toISOString() } };
  }
  return exception ? { due: { id: key, at: exception.until } } : {};
};
