import type { Fault } from '../../sandbox/edge';
import type { World } from '../../sandbox/world';

const functions = ['slack', 'findings', 'relay', 'outbox', 'desk', 'remediation', 'housekeeping'];

/** Together they hit one call in five, in all the ways that calls to AWS fail. */
const troubles: readonly Fault[] = [
  { chance: 0.04, error: 'ThrottlingException', status: 400 },
  { chance: 0.07, error: 'InternalError', status: 500 },
  { chance: 0.04, error: 'ServiceUnavailable', status: 503 },
  { chance: 0.035, reset: 'before' },
  { chance: 0.035, reset: 'after' },
];

/** Has calls of all functions fail from now on; tells what share of them did. */
export const armed = ({ edge }: World): (() => number) => {
  // This one does not pass by itself: a step that meets it ends in words, and what was done is taken back.
  edge.fault({ assumed: true }, { chance: 0.01, error: 'UnauthorizedOperation', status: 403 });
  for (const name of functions)
    for (const fault of troubles) edge.fault({ function: `drawbridge-${name}` }, fault);
  const from = Date.now();
  return () => {
    const calls = edge.calls().filter((call) => call.function && call.at >= from);
    return calls.filter(({ error }) => error).length / calls.length;
  };
};
