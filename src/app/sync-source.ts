import { isInHub } from '../domain/finding';
import { noted } from './events';
import type { Deps, FindingRecord, FindingSource, Wish } from './ports';
import { dueOf, wishing } from './wish';

type Needs = Pick<Deps, 'store' | 'source' | 'now'>;
type Answer = Awaited<ReturnType<FindingSource['write']>>;

/** Deliveries of the same finding may come in between this often. */
const tries = 8;

/** After so many failures people hear of it. It is tried on, ever less often. */
const patience = 5;

/**
 * Brings the source to what the record wants: what people or a remediation decided, or that its card stands in the
 * channel. Called again after it died in between, it goes on from what is stored.
 */
export const syncSource = async (deps: Needs, from: FindingRecord): Promise<void> => {
  const record = from.tell ? from : await announcing(deps, from);
  if (!record?.tell) return;
  await settle(deps, record, record.tell, await deps.source.write(record.finding, record.tell));
};

/** The same; a failure is kept with the record, so that housekeeping tries again, and is the answer. */
export const trySync = async (deps: Needs, record: FindingRecord): Promise<Error | undefined> => {
  try {
    await syncSource(deps, record);
    return undefined;
  } catch (thrown) {
    const error =
      thrown instanceof Error ? thrown : new Error('unknown failure', { cause: thrown });
    await failed(deps, record, error);
    return error;
  }
};

/** Others see at the source that it was announced. Nothing is said of what was written to already. */
const announcing = async (
  { store, now }: Needs,
  record: FindingRecord,
): Promise<FindingRecord | undefined> => {
  const { finding, wrote, announced } = record;
  if (finding.workflow !== 'new' || announced || wrote || !isInHub(finding)) return undefined;
  const note = 'Announced in Slack by Drawbridge.';
  const marked = next(wishing(record, { workflow: 'notified', note, from: ['new'] }, now()));
  const event = noted(record, 'finding.announced', now(), { channel: record.channel });
  return (await store.commit({ finding: marked, events: [event] })) === 'done' ? marked : undefined;
};

/** The source has answered. If the record has moved on meanwhile, the answer is of the same words or of none. */
const settle = async (
  { store, now }: Needs,
  record: FindingRecord,
  said: Wish,
  answer: Answer,
): Promise<void> => {
  let fresh: FindingRecord | undefined = record;
  for (let left = tries; left > 0; left -= 1) {
    if (!fresh?.tell || !isSame(fresh.tell, said)) return;
    const { finding, events } = after(fresh, said, answer, now());
    const outcome = await store.commit({ finding, events, ...dueOf(finding, now()) });
    if (outcome !== 'conflict') return;
    fresh = await store.finding(record.finding.key);
  }
  throw new Error(`${record.finding.key} is written by too many at once`);
};

const isSame = (a: Wish, b: Wish): boolean =>
  a.workflow === b.workflow && a.note === b.note && a.becomes?.mark === b.becomes?.mark;

const after = (record: FindingRecord, said: Wish, answer: Answer, now: Date) => {
  const { tell: _, ...told } = record;
  const rest: FindingRecord = { ...told, ...(said.workflow === 'notified' && { announced: true }) };
  // Nothing was written, so nothing that comes is its echo.
  const { wrote: __, over: ___, ...unmarked } = rest;
  if (answer === 'unsupported') return { finding: next(unmarked), events: [] };
  const stands = answer === 'written' ? said.workflow : answer.stands;
  const finding = { ...record.finding, workflow: stands };
  if (stands !== said.workflow) {
    const facts = { from: record.finding.workflow, to: stands };
    const event = noted(record, 'finding.changed', now, facts, { mark: record.version + 1 });
    return { finding: next({ ...unmarked, finding }), events: [event] };
  }
  const { becomes, note } = said;
  // That it was announced is not worth another change of its card, and its echo is no news.
  if (record.finding.workflow === 'new' && said.workflow === 'notified')
    return { finding: next(rest), events: [] };
  const events = becomes
    ? [noted(record, becomes.type, now, { note }, { mark: becomes.mark })]
    : [];
  return { finding: next({ ...rest, finding }), events };
};

const failed = async (
  { store, now }: Needs,
  { finding: { key } }: FindingRecord,
  error: Error,
): Promise<void> => {
  const record = await store.finding(key);
  if (!record?.tell) return;
  const count = (record.tell.failed ?? 0) + 1;
  const finding = next({ ...record, tell: { ...record.tell, failed: count } });
  const because = `${error.name}: ${error.message}`.slice(0, 300);
  const events =
    count === patience
      ? [noted(record, 'finding.write-failed', now(), { because }, { mark: finding.version })]
      : [];
  // A conflict is left: whoever wrote in between has it shown, and with that tried, again.
  await store.commit({ finding, events, ...dueOf(finding, now()) });
};

const next = (record: FindingRecord): FindingRecord => ({ ...record, version: record.version + 1 });
