import type { Link } from '../domain/audit';
import { measuresOf, Sample, type Measure } from '../domain/measure';
import { monthsFor, summary, type Stats } from '../domain/stats';
import { keys } from './keys';
import type { Table } from './table';

/** A year and a month to compare it with. */
const keptDays = 400;
const day = 86_400;

/**
 * Counts what a link tells, once: it is kept under the id of its event, and told to `emit` only when it was not there
 * before. Who dies between the two loses a point of a curve, never counts one twice (law 4).
 */
export const countThrough =
  (table: Table, emit: (measure: Measure) => void) =>
  async (link: Link): Promise<void> => {
    const measures = measuresOf(link);
    if (measures.length === 0) return;
    const { id, at } = link.event;
    const isNew = await table.putNew({
      ...keys.stat(at.slice(0, 7), id),
      kind: 'stat',
      body: { at, measures },
      ttl: Math.floor(Date.parse(at) / 1000) + keptDays * day,
    });
    if (isNew) for (const measure of measures) emit(measure);
  };

/** All that was counted in these months, such as `2026-03`. */
export const statsOf = async (table: Table, months: readonly string[]): Promise<Sample[]> => {
  const items = await Promise.all(months.map((month) => table.list(`STATS#${month}`, 'STAT#')));
  return items.flat().map(({ body }) => Sample.parse(body));
};

/** What the team is told: this period, the one before, and the weeks of the chart. */
export const statsFor = async (table: Table, now: Date): Promise<Stats> =>
  summary(await statsOf(table, monthsFor(now)), now);
