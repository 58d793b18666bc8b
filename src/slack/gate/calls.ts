import * as z from 'zod/mini';
import { advance } from '../../app/gate/advance';
import { catchFall } from '../../app/gate/hold';
import type { Next } from '../../app/gate/ports';
import { startRun } from '../../app/gate/start';
import { sweep } from '../../app/gate/sweep';
import { takeUploads } from '../../app/gate/uploads';
import { Told } from '../../domain/errors';
import { GateRunId } from '../../domain/ids';
import type { Log } from '../boundary';
import type { GateDeskDeps } from './deps';
import { serveGate } from './serve';
import { GateTask } from './task';

const Messages = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

/** What the gate's function is called with: by its workflow, by schedules, and by the queue of uploads. */
export const GateCall = z.union([
  z.object({ task: z.literal('advance'), run: GateRunId }),
  z.object({ task: z.literal('net'), run: GateRunId }),
  z.object({ task: z.literal('start') }),
  z.object({ task: z.literal('sweep') }),
  GateTask,
  Messages,
]);
export type GateCall = z.infer<typeof GateCall>;

type Answer = Next | { batchItemFailures: { itemIdentifier: string }[] };
const over: Next = { next: 'end' };

/** One call. Each can come twice, and starts from what is stored (law 4). */
export const callGate = async (
  deps: GateDeskDeps,
  call: GateCall,
  log: Log,
  reference: string,
): Promise<Answer> => {
  if ('Records' in call) {
    const uploads = call.Records.map(({ messageId: id, body }) => ({ id, body }));
    const again = await takeUploads(deps, uploads);
    return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
  }
  switch (call.task) {
    case 'advance':
      return advance(deps, call.run);
    case 'net':
      await catchFall(deps, call.run);
      return over;
    case 'start': {
      const started = await startRun(deps, { kind: 'schedule' });
      // A policy without a gate, or nothing to take, is no failure; what somebody has to mend is for the alarm.
      if (started.kind === 'refused' && started.fault) throw new Told(started.because);
      return over;
    }
    case 'sweep':
      if (deps.policy.gate) await sweep(deps);
      return over;
    case 'gate-desk':
      await serveGate(deps, call, log, reference);
      return over;
  }
};
