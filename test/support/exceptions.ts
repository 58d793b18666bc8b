import { housekeep } from '../../src/app/housekeep';
import type { FindingRecord } from '../../src/app/ports';
import { suppress } from '../../src/app/triage';
import type { FindingKey } from '../../src/domain/ids';
import { aFinding } from './builders';
import { clickOf, rita } from './people';
import { aWorld, type World } from './world';

export const minute = 60_000;
/** A day after everything else that happens in these tests. */
export const later = (n: number) => `2026-04-0${n}T00:00:00.000Z`;

export const recordIn = async ({ held }: Pick<World, 'held'>, key: FindingKey) => {
  const found = await held.finding(key);
  if (!found) throw new Error('no record');
  return found;
};

/** A world with one finding, accepted by Rita for a week. */
export const accepted = async (finding = aFinding({ workflow: 'notified' })) => {
  const world = await aWorld({ finding });
  const choice = { reason: 'a test system', days: 7 };
  await suppress(world.door, finding.key, clickOf(rita), choice);
  return { ...world, record: (): Promise<FindingRecord> => recordIn(world, finding.key) };
};

/** Nothing is grouped. */
export const idle = {
  groups: { due: () => Promise.resolve([]), settle: () => Promise.resolve() },
  showGroup: () => Promise.resolve(),
};

/** A minute of housekeeping. */
export const tick = ({ deps }: Pick<World, 'deps'>) => housekeep({ ...deps, ...idle });

export const written = ({ source }: Pick<World, 'source'>) =>
  source.written.map(({ workflow }) => workflow);
