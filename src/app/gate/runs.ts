import type { Json } from '../../domain/canonical';
import type { GateRun } from '../../domain/gate/run';

export type GateStart = { kind: 'start'; name: string; input: Json } | { kind: 'nothing' };

/**
 * What the workflow has to do because of a stored run. Whatever is asked of a run (its start, a decision, an abort, a resume)
 * marks the version that it was written with: that one starts the workflow, under a name of its own, and no other does.
 */
export const gateRunOf = ({ id, version, woken }: GateRun): GateStart =>
  woken === version
    ? {
        kind: 'start',
        name: version === 1 ? id : `${id}-${version}`,
        input: { task: 'advance', run: id },
      }
    : { kind: 'nothing' };

/** So many batches pass between two looks of the card, from the first ten on. */
const showEvery = 10;

/** A run of many batches is written thousands of times: its card need not follow each. */
export const isWorthShowing = ({ status }: GateRun): boolean =>
  !('batch' in status) || status.batch <= 10 || status.batch % showEvery === 0;
