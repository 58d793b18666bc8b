import { wordsModal } from '../../blocks/modals';
import type { ModalView } from '@slack/types';
import * as z from 'zod/mini';
import { advance } from '../app/advance';
import { expire } from '../app/decide';
import { finish } from '../app/finish';
import { MovedMeanwhile } from '../app/move';
import { catchFall } from '../app/net';
import type { Deps } from '../app/ports';
import { prepare } from '../app/prepare';
import type { Next } from '../app/propose';
import { verify } from '../app/verify';
import { RemediationId, type RemediationId as Id } from '../domain/ids';
import { wordsFor, type Log } from './boundary';
import { locating, LocateTask, type LocateDeps } from './locating';
import { previewOf, PreviewTask, undoPreviewOf, UndoPreviewTask } from './previews';
import type { Screens } from './screens';

const id = RemediationId;

/** What the workflow asks of the remediation function. */
export const Task = z.discriminatedUnion('task', [
  PreviewTask,
  UndoPreviewTask,
  LocateTask,
  z.object({ task: z.literal('prepare'), id }),
  z.object({ task: z.literal('ask'), id, token: z.string() }),
  z.object({ task: z.literal('advance'), id }),
  z.object({ task: z.literal('expire'), id }),
  z.object({ task: z.literal('finish'), id }),
  z.object({ task: z.literal('net'), id }),
  z.object({ task: z.literal('verify'), id }),
]);
export type Task = z.infer<typeof Task>;

export interface TaskDeps extends Deps, LocateDeps {
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
    case 'locate': {
      const view = await viewFor(deps, task).catch((error: unknown) =>
        wordsModal('Not possible', wordsFor(error, log, reference)),
      );
      await deps.screens.show(task.viewId, view);
      return over;
    }
    case 'verify':
      await verify(deps, task.id);
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

/** What somebody with an open window waits for. */
const viewFor = (deps: TaskDeps, task: Extract<Task, { viewId: string }>): Promise<ModalView> => {
  switch (task.task) {
    case 'preview':
      return previewOf(deps, task);
    case 'preview-undo':
      return undoPreviewOf(deps, task);
    case 'locate':
      return locating(deps, task);
  }
};
