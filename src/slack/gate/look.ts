import { perPage, type HeldPage } from '../../../blocks/gate-choose';
import { fateOf, type Fate } from '../../domain/gate/decision';
import { fitsFilter, type HeldFilter } from '../../domain/gate/filter';
import { ObjectRef } from '../../domain/gate/object';
import { isLive, type GateRun } from '../../domain/gate/run';
import { GateRunId } from '../../domain/ids';
import type { Held } from '../../domain/gate/verdict';
import type { Gate } from '../../domain/policy/gate';
import type { GateDeskDeps } from './deps';

/** Read at once, and at most for one page: whoever filters far goes on by a button. */
const chunk = 100;
const patience = 2000;

type Needs = Pick<GateDeskDeps, 'gate'>;

/** The next held objects that fit. */
export const pageOf = async (
  { gate }: Needs,
  policy: Gate,
  run: GateRun,
  filter: HeldFilter,
  at: string | undefined,
  also: (held: Held) => boolean = () => true,
): Promise<HeldPage> => {
  const decisions = await gate.decisions(run.id);
  const page = { run, filter, ...(at && { at }) };
  const rows: { held: Held; fate: Fate }[] = [];
  let after = ObjectRef.safeParse(at).data;
  for (let read = 0; read < patience; read += chunk) {
    const held = await gate.held(run.id, after, chunk);
    for (const each of held) {
      const fate = fateOf(each, decisions, policy);
      if (also(each) && fitsFilter(filter, each, fate, run.summary)) {
        if (rows.length === perPage) return { ...page, rows, ...(after && { next: after }) };
        rows.push({ held: each, fate });
      }
      after = each.ref;
    }
    if (held.length < chunk) return { ...page, rows };
  }
  return { ...page, rows, ...(after && { next: after }), partial: true };
};

/** One held object by its ref: lists are read from after the one before it. */
export const heldAt = async ({ gate }: Needs, run: GateRunId, ref: ObjectRef) => {
  const [batch, place] = ref.split('-').map(Number);
  const before =
    place === 0
      ? `${String(Math.max(batch! - 1, 0)).padStart(6, '0')}-9999`
      : `${ref.slice(0, 6)}-${String(place! - 1).padStart(4, '0')}`;
  const [found] = await gate.held(run, ObjectRef.parse(before), 1);
  return found?.ref === ref ? found : undefined;
};

/** The run of a button, or whose id begins as somebody typed it. */
export const runMeant = async (
  { gate }: Needs,
  said: string,
): Promise<GateRun | { because: string }> => {
  const id = GateRunId.safeParse(said.toLowerCase());
  const exact = id.success ? await gate.run(id.data) : undefined;
  if (exact) return exact;
  const live = (await gate.runs(100)).filter(isLive);
  const meant = live.filter((run) => said.length > 0 && run.id.startsWith(said.toLowerCase()));
  const [only] = meant;
  if (only && meant.length === 1) return only;
  return {
    because:
      meant.length > 1
        ? `${meant.length} runs begin with ${said.slice(0, 40)}: type more of it.`
        : `There is no run ${said.slice(0, 40)}. /gate status lists those that are not over.`,
  };
};
