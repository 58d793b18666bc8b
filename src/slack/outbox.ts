import { auditEntry, type Entry, type OfRun } from '../../blocks/audit-line';
import { gateCard } from '../../blocks/gate-card';
import { caseCard } from '../../blocks/case-card';
import type { RunView } from '../../blocks/case-view';
import { findingCard, type Card } from '../../blocks/finding-card';
import { letters } from '../../blocks/parts';
import { unreadCard } from '../../blocks/unread-card';
import type { GateStore } from '../app/gate/ports';
import type { Groups } from '../app/groups';
import type { Deps, FindingRecord } from '../app/ports';
import { trySync } from '../app/sync-source';
import type { AuditType, Link } from '../domain/audit';
import { hash } from '../domain/canonical';
import { heldIn, type GateRun } from '../domain/gate/run';
import { CaseId, FindingKey, GateRunId, RemediationId, type ChannelId } from '../domain/ids';
import type { Message } from '../domain/message';
import { offersFor } from '../domain/playbook';
import type { Remediation } from '../domain/remediation';
import type { CardRecord, Cards } from '../domain/card';
import type { Log } from './boundary';
import { isThreadGone, type Chat } from './chat';
import { showGroup } from './group-outbox';
import { putOff, sendAgain } from './put-off';

export type OutboxDeps = Pick<
  Deps,
  'store' | 'source' | 'offers' | 'operationOf' | 'policy' | 'now'
> & {
  cards: Cards;
  chat: Chat;
  groups: Pick<Groups, 'read'>;
  gate: Pick<GateStore, 'run'>;
  /** Puts a message into the row of a channel, where it waits for those before it. */
  send: (row: string, message: Message) => Promise<void>;
};

/** Bookkeeping is told together with the next fact of interest, so that a storm of findings costs one post each. */
const patient: readonly AuditType[] = ['finding.received', 'finding.announced', 'finding.changed'];

/** Entries that stand together in one thread message, and their letters: Slack takes about 13,000. */
const together = { entries: 8, letters: 12_000 };

/** Makes Slack show the state as it is now. Doing it twice, late or out of order ends in the same Slack (law 4). */
export const deliver = async (deps: OutboxDeps, message: Message, log?: Log): Promise<void> => {
  if (message.kind === 'unread') return tellUnread(deps, message);
  if (message.kind === 'group') return showGroup(deps, message.id);
  if (message.kind === 'later') return sendAgain(deps, message);
  const shown = await cardOf(deps, message.case);
  if (!shown) return;
  const card = await showCard(deps, message.case, shown);
  const { record } = shown;
  // Each time, since an earlier try may have died between the card and this. A remediation tells its end itself, and
  // what failed is left to housekeeping: a source that does not answer must not keep the channel waiting.
  const isOthers = record?.tell?.failed ?? record?.tell?.becomes;
  const error = isOthers || !record ? undefined : await trySync(deps, record);
  if (error) log?.error('source not told', { case: message.case, error });
  if (message.kind === 'entry' && card.told < message.seq)
    await tellThread(deps, message.case, card, shown.run);
};

/** Its id is a digest as those of cases are, so the cards remember what was told. */
const tellUnread = async (
  { cards, chat, policy }: OutboxDeps,
  message: Extract<Message, { kind: 'unread' }>,
): Promise<void> => {
  const of = CaseId.safeParse(message.id);
  if (of.success && (await cards.get(of.data))) return;
  const channel = policy.routing.at(-1)!.to;
  const ts = await chat.post(channel, unreadCard(message));
  if (of.success) await cards.put(of.data, { channel, ts, shows: '', told: 0 });
};

interface Shown {
  channel: ChannelId;
  card: Card;
  record?: FindingRecord;
  run?: OfRun;
}

/** The card of a case as it stands now: of a finding, a remediation that a command asked for, or a run of the gate. */
const cardOf = async (deps: OutboxDeps, of: CaseId): Promise<Shown | undefined> => {
  const run = GateRunId.safeParse(of);
  if (run.success) return runCardOf(deps, run.data);
  const id = RemediationId.safeParse(of);
  if (id.success) {
    const remediation = await deps.store.remediation(id.data);
    if (!remediation) return undefined;
    const offer = deps.offers.find((each) => each.id === remediation.playbook);
    const view = { ...(await runView(deps, remediation)), remediation };
    return { channel: remediation.channel, card: caseCard({ ...view, ...(offer && { offer }) }) };
  }
  const record = await deps.store.finding(FindingKey.parse(of));
  if (!record?.loud || record.group) return undefined;
  const latest = record.remediation && (await deps.store.remediation(record.remediation));
  const offers = offersFor(deps.offers, record.finding);
  const card = findingCard({ ...(await runView(deps, latest)), record, offers });
  return { channel: record.channel, card, record };
};

const runCardOf = async (
  { gate, policy }: OutboxDeps,
  id: GateRunId,
): Promise<Shown | undefined> => {
  const run = await gate.run(id);
  if (!run || isIdle(run)) return undefined;
  const { channel, start, counts } = run;
  const held = heldIn(counts) > 0;
  const of = { held, ...(start.kind === 'person' && { starter: start }) };
  return { channel, card: gateCard(run, policy), run: of };
};

/** A look at the raw bucket that found nothing, and that nobody asked for, is no news. */
const isIdle = ({ start, status: { state }, counts: { taken, left } }: GateRun): boolean =>
  start.kind !== 'person' && (state === 'staging' || state === 'done') && taken + left === 0;

const showCard = async (
  deps: OutboxDeps,
  of: CaseId,
  { channel, card: message }: Shown,
): Promise<CardRecord> => {
  const { cards, chat } = deps;
  const shows = hash(JSON.stringify(message));
  const known = await cards.get(of);
  if (known?.shows === shows) return known;
  const outcome = known && (await chat.update(known.channel, known.ts, message));
  if (known && outcome === 'updated') {
    const card = { ...known, shows };
    await cards.put(of, card);
    return card;
  }
  if (known && typeof outcome === 'object') {
    await putOff(deps, channel, { kind: 'card', case: of, mark: '' }, outcome.at);
    return known;
  }
  const ts = await chat.post(channel, message);
  const card = { channel, ts, shows, told: 0 };
  await cards.put(of, card);
  return card;
};

const runView = async (
  { store, operationOf, policy }: OutboxDeps,
  remediation: Remediation | undefined,
): Promise<RunView> => {
  const planned = remediation?.proposal?.plan.steps ?? [];
  return {
    ...(remediation && { remediation }),
    steps: remediation ? await store.steps(remediation.id) : [],
    stepWords: planned.map(({ operation, input }) => operationOf(operation).describe(input)),
    policy,
  };
};

/** All links that the thread has not been told yet, several in one message. */
const tellThread = async (
  { store, cards, chat }: OutboxDeps,
  of: CaseId,
  from: CardRecord,
  run: OfRun | undefined,
): Promise<void> => {
  let card = from;
  let untold = (await store.trail(of)).filter(({ seq }) => seq > card.told);
  if (!untold.some((link) => !patient.includes(link.event.type))) return;
  while (untold.length > 0) {
    const entries = fitting(untold, run);
    const told = untold[entries.length - 1]!.seq;
    untold = untold.slice(entries.length);
    try {
      await chat.post(card.channel, joined(entries), {
        ts: card.ts,
        broadcast: entries.some(({ broadcast }) => broadcast),
      });
    } catch (error) {
      // The next try finds that the card is gone, posts it anew and tells its thread from the start.
      if (isThreadGone(error)) await cards.put(of, { ...card, shows: '' });
      throw error;
    }
    card = { ...card, told };
    await cards.put(of, card);
  }
};

/** As many of the first entries as fit into one message; one always does. */
const fitting = (links: readonly Link[], run: OfRun | undefined): Entry[] => {
  const entries = links.slice(0, together.entries).map((each) => auditEntry(each, run));
  let left = together.letters;
  const past = entries.findIndex(({ blocks }) => (left -= letters(blocks)) < 0);
  return past === -1 ? entries : entries.slice(0, past);
};

const joined = (entries: readonly Entry[]) => ({
  text: entries.map(({ text }) => text).join('\n'),
  blocks: entries.flatMap(({ blocks }) => blocks),
});
