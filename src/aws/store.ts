import type { Change, FindingRecord, Store } from '../app/ports';
import { Link } from '../domain/audit';
import { FindingKey, GateRunId, RemediationId, WatchId, type CaseId } from '../domain/ids';
import { Remediation, StepRecord } from '../domain/remediation';
import { commitWith, part, type Part } from './chained';
import { keys, resourceKey } from './keys';
import { findingShelf, remediationShelf, type Shelf } from './shelves';
import type { Table } from './table';

/** A delivery that comes later than this is counted again: queues keep messages four days at most. */
const deliveryDays = 7;
const unreadDays = 90;
const day = 86_400;
const hour = 3_600_000;

/** The store on DynamoDB: one transaction per change, with the links of the audit chain inside it. */
export const storeOn = (table: Table, now: () => Date): Store => ({
  async finding(key) {
    return (await table.get(keys.finding(key)))?.body as FindingRecord | undefined;
  },
  async remediation(id) {
    const item = await table.get(keys.remediation(id));
    return item && Remediation.parse(item.body);
  },
  async steps(id) {
    const items = await table.list(`REMEDIATION#${id}`, 'STEP#');
    return items.map((item) => StepRecord.parse(item));
  },
  async openOn(lock) {
    const item = await table.get(keys.lock(lock));
    return item && RemediationId.parse(item.body);
  },
  commit: (change) => commitWith(table, change.events, () => stateParts(change, now)),
  async saveBefore(id, index, before) {
    const item = await table.set(
      keys.step(id, index),
      { kind: 'step', index },
      { before, status: 'pending', attempts: 0 },
    );
    return StepRecord.parse(item).before ?? null;
  },
  async saveStep(id, { index, ...step }) {
    const { before: _, ...rest } = step as Partial<StepRecord>;
    await table.set(keys.step(id, index), { kind: 'step', index, ...rest });
  },
  saveToken: (id, token) => table.put({ ...keys.token(id), kind: 'token', body: token }),
  async token(id) {
    return (await table.get(keys.token(id)))?.body as string | undefined;
  },
  async due(at) {
    const [remediations, watches, gates, findings] = await Promise.all([
      ripe(table, 'rem-', at),
      ripe(table, 'watch-', at),
      ripe(table, 'gate-', at),
      ripe(table, 'finding-', at),
    ]);
    return [
      ...remediations.map((sk) => RemediationId.parse(sk)),
      ...watches.map((sk) => WatchId.parse(sk)),
      ...gates.map((sk) => GateRunId.parse(sk)),
      ...findings.map((sk) => FindingKey.parse(sk.slice('finding-'.length))),
    ];
  },
  async ask(id, body) {
    const ttl = Math.floor(now().getTime() / 1000) + day;
    await table.put({ ...keys.ask(id), kind: 'ask', body, ttl });
  },
  async keepUnread(id, because, raw) {
    const ttl = Math.floor(now().getTime() / 1000) + unreadDays * day;
    // DynamoDB takes 400 KB an item; an event has 256 KB at most, so this cut is for what is no event at all.
    await table.putNew({
      ...keys.unread(id),
      kind: 'unread',
      body: { because, raw: raw.slice(0, 300_000) },
      ttl,
    });
  },
  async automaticBeside(id, at, most) {
    const own = keys.automatic(at, id);
    const ttl = Math.floor(now().getTime() / 1000) + day;
    await table.put({ ...own, kind: 'automatic', ttl });
    const [from, to] = [-hour, hour].map((ms) => new Date(Date.parse(at) + ms).toISOString());
    const hours = [from!, at, to!].map((each) => table.list(own.pk, each.slice(0, 13)));
    const noted = (await Promise.all(hours)).flat();
    const others = noted.filter(({ sk }) => {
      const [when = ''] = sk.split('#');
      return sk !== own.sk && when > from! && when < to!;
    }).length;
    if (others >= most) await table.transact([{ remove: own }]);
    return others;
  },
  async trail(of) {
    return (await table.list(`AUDIT#${of}`, 'LINK#')).map((item) => Link.parse(item.body));
  },
});

/** The first 50 whose time has come, soonest first. */
const ripe = async (table: Table, prefix: string, at: string): Promise<string[]> => {
  const items = (await table.list('DUE', prefix)).filter((item) => String(item['at']) <= at);
  items.sort((a, b) => (String(a['at']) < String(b['at']) ? -1 : 1));
  return items.slice(0, 50).map(({ sk }) => sk);
};

const stateParts = (change: Change, now: () => Date): Part[] => {
  const { finding, remediation, take, release, delivery, due } = change;
  const parts: Part[] = [];
  const seconds = Math.floor(now().getTime() / 1000);
  if (delivery)
    parts.push(
      part('delivery', {
        item: { ...keys.delivery(delivery), kind: 'delivery', ttl: seconds + deliveryDays * day },
        wanted: 'absent',
      }),
    );
  if (finding)
    parts.push(
      versioned(keys.finding(finding.finding.key), 'finding', finding, findingShelf(finding)),
    );
  if (remediation)
    parts.push(
      versioned(
        keys.remediation(remediation.id),
        'remediation',
        remediation,
        remediationShelf(remediation),
      ),
    );
  parts.push(...resourceParts(change));
  if (take)
    parts.push(
      part('lock', {
        item: { ...keys.lock(take.lock), kind: 'lock', body: take.by },
        wanted: 'absent',
      }),
    );
  if (release) parts.push(part('other', { remove: keys.lock(release) }));
  for (const each of [due ?? []].flat()) {
    const key = keys.due(each.id);
    parts.push(
      part(
        'other',
        'at' in each
          ? { item: { ...key, kind: 'due', at: each.at }, wanted: 'any' }
          : { remove: key },
      ),
    );
  }
  return parts;
};

/** Without a finding's case, or beside it. */
const isOwnCase = ({ id, case: of }: Remediation): boolean => of === (id as string);

const versioned = <T extends { version: number }>(
  key: { pk: string; sk: string },
  kind: string,
  body: T,
  shelf: Shelf,
): Part =>
  part('record', {
    item: { ...key, kind, body, version: body.version, ...shelf },
    wanted: body.version === 1 ? 'absent' : { version: body.version - 1 },
  });

/** Written once with a new case: its source's own id and what it speaks of, by long and short id. */
const resourceParts = ({ finding, remediation }: Change): Part[] => {
  const fresh = finding?.version === 1 ? finding.finding : undefined;
  const ids = fresh
    ? [fresh.id, ...fresh.resources.slice(0, 20).map(({ id }) => id)]
    : remediation?.version === 1 && isOwnCase(remediation)
      ? [remediation.target.id]
      : [];
  const of = (fresh?.key ?? remediation?.case) as CaseId | undefined;
  const names = new Set(ids.flatMap((id) => [id, id.split(/[/:]/).at(-1) ?? '']).map(resourceKey));
  return of
    ? [...names].map((pk) =>
        part('other', { item: { pk, sk: `CASE#${of}`, kind: 'resource' }, wanted: 'any' }),
      )
    : [];
};
