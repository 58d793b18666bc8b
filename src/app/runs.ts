import type { Json } from '../domain/canonical';
import { never } from '../domain/errors';
import type { RemediationId } from '../domain/ids';
import type { Remediation } from '../domain/remediation';

/** What the workflow has to do because of a stored state: begin a run, or go on from a decision. */
export type Run =
  | { kind: 'start'; name: string; input: Json }
  | { kind: 'wake'; id: RemediationId }
  | { kind: 'nothing' };

/**
 * A state that was stored is what starts and wakes the workflow, so no click can die between the two (law 4). Both can be
 * done twice: the name of a run is unique, and waking a callback that is over is no error.
 */
export const runOf = ({ id, status, version }: Remediation): Run => {
  switch (status.state) {
    case 'preparing':
      return { kind: 'start', name: id, input: { task: 'remediate', id } };
    case 'undoing':
      if (status.begun) return { kind: 'nothing' };
      return { kind: 'start', name: `${id}-undo-${version}`, input: { task: 'undo', id } };
    case 'approved':
    case 'denied':
    case 'expired':
    case 'cancelled':
      return { kind: 'wake', id };
    case 'awaiting approval':
    case 'applying':
    case 'rolling back':
    case 'compliant':
    case 'refused':
    case 'done':
    case 'rolled back':
    case 'held':
    case 'undone':
      return { kind: 'nothing' };
    default:
      return never(status);
  }
};
