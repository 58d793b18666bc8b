import { auditEntry } from '../../blocks/audit-line';
import type { CaseView } from '../../blocks/case-view';
import { findingCard } from '../../blocks/finding-card';
import { unreadCard } from '../../blocks/unread-card';
import { announced } from '../app/intake';
import type { Deps, FindingRecord } from '../app/ports';
import type { AuditType, Link } from '../domain/audit';
import { hash } from '../domain/canonical';
import { FindingKey, type CaseId } from '../domain/ids';
import type { Message } from '../domain/message';
import { offersFor } from '../domain/playbook';
import type { CardRecord, Cards } from '../domain/card';
import type { Chat } from './chat';

export type OutboxDeps = Pick<
  Deps,
  'store' | 'source' | 'offers' | 'operationOf' | 'policy' | 'now'
> & {
  cards: Cards;
  chat: Chat;
};

/** Bookkeeping is told together with the next fact of interest, so that a storm of findings costs one post each. */
const patient: readonly AuditType[] = ['finding.received', 'finding.announced', 'finding.changed'];

/** Entries that stand together in one thread message. */
const together = 8;

/** Makes Slack show the state as it is now. Doing it twice, late or out of order ends in the same Slack (law 4). */
export const deliver = async (deps: OutboxDeps, message: Message): Promise<void> => {
  if (message.kind === 'unread') {
    await deps.chat.post(deps.policy.routing.at(-1)!.to, unreadCard(message));
    return;
  }
  const record = await recordOf(deps, message.case);
  if (!record?.loud) return;
  const card = await showCard(deps, message.case, record);
  if (message.kind === 'entry' && card.told < message.seq)
    await tellThread(deps, message.case, card);
};

const recordOf = async ({ store }: OutboxDeps, of: CaseId): Promise<FindingRecord | undefined> => {
  const key = FindingKey.safeParse(of);
  return key.success ? store.finding(key.data) : undefined;
};

const showCard = async (
  deps: OutboxDeps,
  of: CaseId,
  record: FindingRecord,
): Promise<CardRecord> => {
  const { cards, chat } = deps;
  const message = findingCard(await caseView(deps, record));
  const shows = hash(JSON.stringify(message));
  const known = await cards.get(of);
  if (known?.shows === shows) return known;
  if (known && (await chat.update(known.channel, known.ts, message)) === 'updated') {
    const card = { ...known, shows };
    await cards.put(of, card);
    return card;
  }
  const ts = await chat.post(record.channel, message);
  const card = { channel: record.channel, ts, shows, told: 0 };
  await cards.put(of, card);
  await announced(deps, record);
  return card;
};

const caseView = async (
  { store, offers, operationOf, policy }: OutboxDeps,
  record: FindingRecord,
): Promise<CaseView> => {
  const remediation = record.remediation && (await store.remediation(record.remediation));
  const planned = remediation?.proposal?.plan.steps ?? [];
  return {
    record,
    offers: offersFor(offers, record.finding),
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
): Promise<void> => {
  let card = from;
  let untold = (await store.trail(of)).filter(({ seq }) => seq > card.told);
  if (!untold.some((link) => !patient.includes(link.event.type))) return;
  while (untold.length > 0) {
    const now = untold.slice(0, together);
    untold = untold.slice(together);
    await chat.post(card.channel, entryOf(now), {
      ts: card.ts,
      broadcast: now.some((link) => auditEntry(link).broadcast),
    });
    card = { ...card, told: now.at(-1)!.seq };
    await cards.put(of, card);
  }
};

const entryOf = (links: readonly Link[]) => {
  const entries = links.map(auditEntry);
  return {
    text: entries.map(({ text }) => text).join('\n'),
    blocks: entries.flatMap(({ blocks }) => blocks),
  };
};
