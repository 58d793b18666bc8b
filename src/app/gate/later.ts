import type { GateRun } from '../../domain/gate/run';
import type { GateDeps } from './ports';

type Needs = Pick<GateDeps, 'gate' | 'batches'>;

/** S3 lists keys by their bytes; JavaScript would compare their halves of characters. */
const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/**
 * Which of these keys a later run has taken: a newer upload of them is on its way or released, so they must not be taken for
 * new again. Lists are in order of keys, so only those that overlap are read.
 */
export const takenLater = async (
  { gate, batches }: Needs,
  run: GateRun,
  keys: readonly string[],
): Promise<Set<string>> => {
  const wanted = new Set(keys);
  const [first, last] = [keys[0], keys.at(-1)];
  const found = new Set<string>();
  if (first === undefined || last === undefined) return found;
  const runs = (await gate.runs(500)).filter(({ id, batches: count }) => id > run.id && count > 0);
  for (const { id, batches: count } of runs) {
    const keysOf = async (batch: number): Promise<string[]> =>
      ((await batches.get(id, 'taken', batch)) ?? []).map(({ raw }) => raw.key);
    for (let batch = await firstWith(keysOf, count, first); batch <= count; batch += 1) {
      const taken = await keysOf(batch);
      for (const key of taken) if (wanted.has(key)) found.add(key);
      if (compare(taken[0] ?? '', last) > 0) break;
    }
  }
  return found;
};

/** The first batch whose last key is not before this one. */
const firstWith = async (
  keysOf: (batch: number) => Promise<string[]>,
  count: number,
  key: string,
): Promise<number> => {
  let [low, high] = [1, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const last = (await keysOf(middle)).at(-1) ?? '';
    if (compare(last, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};
