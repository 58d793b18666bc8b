import type { Allowed } from '../domain/approval';
import type { FindingKey } from '../domain/ids';
import { admit, type Click } from './authority';
import type { DoorDeps, FindingRecord } from './ports';

/** The finding as one that has a card of its own; it stays a member of its group. */
export const ungrouped = ({ group: _, ...record }: FindingRecord): FindingRecord => record;

/** Somebody wants the card of a finding that only stands in a group's. Wanting it twice is wanting it once. */
export const ownCard = async (
  deps: DoorDeps,
  key: FindingKey,
  click: Click,
  left = 5,
): Promise<Allowed> => {
  const [admitted, record] = await Promise.all([
    admit(deps, click, false),
    deps.store.finding(key),
  ]);
  if (!admitted.ok) return admitted;
  if (!record) return { ok: false, because: 'This finding is not known here.' };
  if (!record.group) return { ok: true };
  const finding = { ...ungrouped(record), version: record.version + 1 };
  if ((await deps.store.commit({ finding, events: [] })) === 'done') return { ok: true };
  // A delivery came in between: with its version read, the same is wanted of it.
  if (left > 1) return ownCard(deps, key, click, left - 1);
  return { ok: false, because: 'Too much happens to this finding at once. Try again in a moment.' };
};
