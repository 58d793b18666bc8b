import { planModal, undoModal, wordsModal, type RulingWords } from '../../blocks/modals';
import * as z from 'zod/mini';
import { advance } from '../app/advance';
import { expire } from '../app/decide';
import { finish } from '../app/finish';
import { MovedMeanwhile } from '../app/move';
import { catchFall } from '../app/net';
import type { Deps } from '../app/ports';
import { look, prepare } from '../app/prepare';
import type { Next } from '../app/propose';
import { offered } from '../app/request';
import { previewUndo } from '../app/undo-look';
import { RemediationId, type RemediationId as Id } from '../domain/ids';
import { opensAt, rulingFor, type Ruling } from '../domain/policy';
import { wordsFor, type Log } from './boundary';
import type { Screens } from './screens';

const id = RemediationId;
const viewId = z.string();
const channel = z.string();

/** What the workflow asks of the remediation function. */
export const Task = z.discriminatedUnion('task', [
  z.object({
    task: z.literal('preview'),
    viewId,
    channel,
    user: z.string(),
    ask: z.object({ finding: z.string(), playbook: z.string(), target: z.string() }),
  }),
  z.object({ task: z.literal('preview-undo'), viewId, channel, id }),
  z.object({ task: z.literal('prepare'), id }),
  z.object({ task: z.literal('ask'), id, token: z.string() }),
  z.object({ task: z.literal('advance'), id }),
  z.object({ task: z.literal('expire'), id }),
  z.object({ task: z.literal('finish'), id }),
  z.object({ task: z.literal('net'), id }),
]);
export type Task = z.infer<typeof Task>;

export interface TaskDeps extends Deps {
  screens: Pick<Screens, 'show'>;
}

const over: Next = { next: 'finish' };

/** One task of the workflow. Each can come twice and starts from what is stored. */
export const run = async (
  deps: TaskDeps,
  task: Task,
  left: () => number,
  log: Log,
  reference: string,
): Promise<Next> => {
  switch (task.task) {
    case 'preview':
    case 'preview-undo':
      await preview(deps, task).catch((error: unknown) =>
        deps.screens.show(task.viewId, wordsModal('Not possible', wordsFor(error, log, reference))),
      );
      return over;
    case 'ask':
      await deps.store.saveToken(task.id, task.token);
      return wakeIfDecided(deps, task.id, task.token);
    case 'expire':
      await expire(deps, task.id);
      return over;
    case 'net':
      await catchFall(deps, task.id);
      return over;
    case 'prepare':
    case 'advance':
    case 'finish':
      return step(deps, task, left);
  }
};

const step = async (
  deps: TaskDeps,
  { task, id: of }: Extract<Task, { task: 'prepare' | 'advance' | 'finish' }>,
  left: () => number,
): Promise<Next> => {
  const remediation = await deps.store.remediation(of);
  if (!remediation) return over;
  try {
    if (task === 'prepare') return await prepare(deps, remediation);
    if (task === 'advance') return await advance(deps, remediation, left);
    await finish(deps, remediation);
    return over;
  } catch (error) {
    // Somebody was faster: look again from the start of this task.
    if (error instanceof MovedMeanwhile) return { next: 'wait', seconds: 1 };
    throw error;
  }
};

/** The buttons stand before the token is stored: whoever was that fast is not kept waiting. */
const wakeIfDecided = async (
  { store, workflow }: TaskDeps,
  of: Id,
  token: string,
): Promise<Next> => {
  const remediation = await store.remediation(of);
  if (remediation?.status.state !== 'awaiting approval') await workflow.resume(token);
  return over;
};

const preview = async (deps: TaskDeps, task: Extract<Task, { viewId: string }>): Promise<void> => {
  if (task.task === 'preview-undo') {
    const found = await previewUndo(deps, task.id);
    const view = found
      ? undoModal(found, {
          kind: 'remediation.undo',
          id: task.id,
          channel: task.channel,
          seen: found.seen,
        })
      : wordsModal('Not possible', 'This remediation has no saved state to go back to.');
    return deps.screens.show(task.viewId, view);
  }
  const found = await offered(deps, task.ask);
  if (!found)
    return deps.screens.show(
      task.viewId,
      wordsModal('Not possible', 'This finding is closed meanwhile.'),
    );
  const { record, offer } = found;
  const who = { name: task.user, remediation: 'preview' };
  const { control, key } = record.finding;
  const planned = await look(
    deps,
    offer.offer.id,
    {
      target: offer.target,
      ...(control && { control }),
      finding: record.finding,
      now: deps.now().toISOString(),
    },
    who,
  );
  const form = {
    kind: 'remediation.request',
    finding: key,
    playbook: offer.offer.id,
    target: offer.target.id,
    channel: task.channel,
  } as const;
  const ruling = rulingFor(deps.policy, {
    playbook: offer.offer,
    target: offer.target,
    finding: record.finding,
  });
  return deps.screens.show(
    task.viewId,
    ruling.run === 'never'
      ? wordsModal('Not possible', ruling.because)
      : planModal(planned, ruling.rule, form, wordsOf(ruling, deps.now())),
  );
};

const wordsOf = (ruling: Exclude<Ruling, { run: 'never' }>, now: Date): RulingWords => {
  const opens = ruling.window && opensAt(ruling.window, now);
  return {
    automatic: ruling.run === 'automatic',
    ...('because' in ruling && ruling.because && { because: ruling.because }),
    ...(opens && { opens: opens.toISOString() }),
  };
};
