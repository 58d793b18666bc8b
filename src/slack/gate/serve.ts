import { refusalText } from '../../../blocks/answers';
import { wordsModal } from '../../../blocks/modals';
import { wordsFor, type Log } from '../boundary';
import { answerGate } from './command';
import type { GateDeskDeps } from './deps';
import { submitted } from './submits';
import { Filled, type GateTask } from './task';
import { windowOf } from './windows';

/** Does what a person wants of the gate, and tells them in words when it could not be done. */
export const serveGate = async (
  deps: GateDeskDeps,
  task: GateTask,
  log: Log,
  reference: string,
): Promise<void> => {
  try {
    await attempt(deps, task);
  } catch (error) {
    const words = wordsFor(error, log, reference);
    if (task.what === 'command') await deps.replies.send(task.reply, refusalText(words));
    else await deps.screens.show(task.view, wordsModal('Not possible', words));
  }
};

const attempt = async (deps: GateDeskDeps, task: GateTask): Promise<void> => {
  switch (task.what) {
    case 'command':
      return deps.replies.send(task.reply, await answerGate(deps, task.click, task.text));
    case 'click':
      return deps.screens.show(task.view, await windowOf(deps, task));
    case 'form': {
      const filled = Filled.parse(JSON.parse(deps.unseal(task.filled)));
      return deps.screens.show(task.view, await submitted(deps, task, filled));
    }
  }
};
