import { link, type AuditEvent, type Link } from '../domain/audit';
import type { Committed } from '../app/ports';
import type { CaseId } from '../domain/ids';
import { keys } from './keys';
import { linkShelf } from './shelves';
import type { Table, Write } from './table';

/** Somebody else may append to the same chain this often before we give up. */
const tries = 10;

type Role = 'record' | 'lock' | 'delivery' | 'event' | 'head' | 'other';
export type Part = { role: Role; write: Write };

export const part = (role: Role, write: Write): Part => ({ role, write });

/** One transaction: what changes, and the links of the audit chain inside it. */
export const commitWith = async (
  table: Table,
  events: readonly AuditEvent[],
  partsOf: () => Part[] | Promise<Part[]>,
): Promise<Committed> => {
  for (let left = tries; left > 0; left -= 1) {
    const parts = [...(await partsOf()), ...(await auditParts(table, events))];
    const outcome = await table.transact(parts.map(({ write }) => write));
    if (outcome.done) return 'done';
    const failed = new Set(outcome.failed.map((index) => parts[index]?.role));
    if (failed.has('delivery')) return 'already';
    if (failed.has('lock')) return 'locked';
    // Before the events: two writers of one version name their event alike, and the loser's change is not the winner's.
    if (failed.has('record')) return 'conflict';
    if (failed.has('event')) return 'already';
    await pause((tries - left + 1) * 20 * (0.5 + Math.random()));
  }
  throw new Error('the audit chain is written by too many at once');
};

/** The links that these events add to the chain of their case: each once, under its event id. */
const auditParts = async (table: Table, events: readonly AuditEvent[]): Promise<Part[]> => {
  const of: CaseId | undefined = events[0]?.case;
  if (!of) return [];
  const head = (await table.get(keys.head(of)))?.body as Pick<Link, 'seq' | 'hash'> | undefined;
  const links: Link[] = [];
  for (const event of events) links.push(link(links.at(-1) ?? head, event));
  const last = links.at(-1)!;
  return [
    part('head', {
      item: {
        ...keys.head(of),
        kind: 'head',
        body: { seq: last.seq, hash: last.hash },
        hash: last.hash,
      },
      wanted: head ? { hash: head.hash } : 'absent',
    }),
    ...links.flatMap((each) => [
      part('head', {
        item: { ...keys.link(of, each.seq), kind: 'link', body: each, ...linkShelf(each) },
        wanted: 'absent',
      }),
      part('event', { item: { ...keys.event(each.event.id), kind: 'event' }, wanted: 'absent' }),
    ]),
  ];
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
