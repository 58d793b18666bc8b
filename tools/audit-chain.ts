import { Link, verify, type Verdict } from '../src/domain/audit';
import { canonical, type Json } from '../src/domain/canonical';

/** A link as a store gave it, under the place that its key names. `raw` is not believed to be a link yet. */
export interface Row {
  place: number;
  raw: unknown;
}

/** An object of the bucket: its first version, how many there are, and until when nobody can delete it. */
export interface Kept extends Row {
  versions: number;
  lockedUntil: string | undefined;
}

export interface Chain {
  /** Links of the table, by key. */
  table: readonly Row[];
  head: Pick<Link, 'seq' | 'hash'> | undefined;
  bucket: readonly Kept[];
}

export type Judgement =
  | { ok: true; links: number; head: string; onTheirWay: number; lockEnded: number }
  | { ok: false; seq: number; because: string };

type Broken = Extract<Judgement, { ok: false }>;

/** The relay archives within seconds; a link that is younger than this may still be on its way to the bucket. */
const minutes = 5;

/**
 * Holds the two copies of one chain against their hashes and against each other, and names the first link that is wrong.
 * Whoever rewrote the table's chain, hashes included, still meets the copy that nobody can rewrite.
 */
export const judge = ({ table, head, bucket }: Chain, now: Date): Judgement => {
  const waiting = onTheirWay(table, bucket, now);
  const broken = [
    ...walk('table', table, head ?? { seq: 0, hash: '' }),
    ...walk('bucket', bucket),
    ...differences(table, bucket, waiting),
    ...bucket.flatMap(lockOf),
  ];
  const [first] = broken.sort((a, b) => a.seq - b.seq);
  if (first) return first;
  if (table.length === 0)
    return { ok: false, seq: 1, because: 'neither the table nor the bucket knows this chain' };
  return {
    ok: true,
    links: table.length,
    head: head?.hash ?? '',
    onTheirWay: waiting.size,
    lockEnded: bucket.filter(({ lockedUntil = '' }) => lockedUntil < now.toISOString()).length,
  };
};

const broken = (seq: number, because: string): Broken => ({ ok: false, seq, because });

const walk = (where: 'table' | 'bucket', rows: readonly Row[], head?: Chain['head']): Broken[] => {
  if (rows.length === 0 && !head?.seq) return [];
  for (const { place, raw } of rows) {
    const link = Link.safeParse(raw);
    if (!link.success) return [broken(place, `${where}: link ${place} cannot be read`)];
    if (link.data.seq !== place)
      return [
        broken(place, `${where}: in the place of link ${place} stands link ${link.data.seq}`),
      ];
  }
  // Not what the schema left of it: a field that was added has to break the hash.
  const verdict: Verdict = verify(
    rows.map(({ raw }) => raw as Link),
    head,
  );
  return verdict.ok ? [] : [broken(verdict.seq, `${where}: ${verdict.because}`)];
};

const differences = (
  table: readonly Row[],
  bucket: readonly Row[],
  waiting: ReadonlySet<number>,
): Broken[] => {
  const kept = new Map(bucket.map((row) => [row.place, row]));
  const stored = new Map(table.map((row) => [row.place, row]));
  return [
    ...table.flatMap(({ place, raw }) => {
      const other = kept.get(place);
      if (!other)
        return waiting.has(place) ? [] : [broken(place, `link ${place} is in the table only`)];
      return canonical(raw as Json) === canonical(other.raw as Json)
        ? []
        : [broken(place, `link ${place} is not the same in the table and in the bucket`)];
    }),
    ...bucket
      .filter(({ place }) => !stored.has(place))
      .map(({ place }) => broken(place, `link ${place} is in the bucket only`)),
  ];
};

/** Young links after the last archived one. A gap before an archived link is no delay. */
const onTheirWay = (
  table: readonly Row[],
  bucket: readonly Row[],
  now: Date,
): ReadonlySet<number> => {
  const last = Math.max(0, ...bucket.map(({ place }) => place));
  const since = new Date(now.getTime() - minutes * 60_000).toISOString();
  const young = table.filter(({ place, raw }) => {
    const link = Link.safeParse(raw);
    return place > last && link.success && link.data.event.at >= since;
  });
  return new Set(young.map(({ place }) => place));
};

const lockOf = ({ place, versions, lockedUntil }: Kept): Broken[] => [
  ...(versions > 1
    ? [broken(place, `bucket: link ${place} was written or deleted ${versions} times`)]
    : []),
  ...(lockedUntil === undefined
    ? [broken(place, `bucket: link ${place} is under no retention`)]
    : []),
];
