import { heapOf } from './gate-memory';
import { gateRates, type Legs, type Rates } from './gate-rate';
import { median, report } from './stats';

const runs = 3;
const objects = 200;
/** A real CopyObject takes at least so many milliseconds; the local S3 has no such way to go. */
const delay = 20;

const medianOf = (legs: readonly Legs[], of: (leg: Legs) => number): number => median(legs.map(of));

const legs = [
  ['raw → stage', ({ stage }: Legs) => stage],
  ['stage → released', ({ release }: Legs) => release],
  ['both', ({ stage, release }: Legs) => stage + release],
] as const;

const rates = (what: string, { ours, theirs }: Rates, least?: number): boolean[] =>
  legs.map(([leg, of]) => {
    const counts = least !== undefined && leg === 'both';
    const [mine, others] = [objects / medianOf(ours, of), objects / medianOf(theirs, of)];
    const ratio = mine / others;
    return report(
      `${leg}, ${what}${counts ? ` (≥ ${least}×)` : ''}`,
      `${mine.toFixed(0)} objects/s   sample ${others.toFixed(1)}   ${ratio.toFixed(1)}×`,
      counts ? ratio >= least : undefined,
    );
  });

const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

const memory = async (): Promise<boolean> => {
  // Once for all that is loaded and compiled on first use.
  await heapOf(1000);
  const small = await heapOf(1000);
  const large = await heapOf(100_000);
  const ratio = large.most / small.most;
  return report(
    'heap after gc, 1,000 → 100,000 objects (≤ 1.2×)',
    `${mb(small.most)} → ${mb(large.most)}   ${ratio.toFixed(2)}×   above the start ${mb(small.above)} → ${mb(large.above)}   (${large.seconds.toFixed(0)} s)`,
    ratio <= 1.2,
  );
};

/** `npm run bench:gate`: three minutes or so; it stops by itself. */
const main = async (): Promise<void> => {
  const plans = [
    { delay: 0, objects },
    { delay, objects },
  ];
  const flat = await memory();
  const [bare, delayed] = await gateRates(plans, runs);
  if (!bare || !delayed) throw new Error('nothing was measured');
  report(
    `${objects} objects, median of ${runs}`,
    `sample: list, copy, delete, tag, one by one   a real S3 takes ${delay} ms and more for each copy`,
  );
  rates('bare', bare);
  const fast = rates(`${delay} ms a request`, delayed, 10);
  process.exitCode = flat && fast.every(Boolean) ? 0 : 1;
};

void main();
