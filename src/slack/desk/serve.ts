import { refusalText } from '../../../blocks/answers';
import { wordsModal } from '../../../blocks/modals';
import { admit } from '../../app/authority';
import { never } from '../../domain/errors';
import { wordsFor, type Log } from '../boundary';
import { answerCommand } from './commands';
import { detailsOf, fileOf } from './details';
import type { DeskDeps } from './deps';
import { home } from './home';
import { listFindings, listGroup } from './listing';
import type { DeskTask } from './task';

/** Does what a person waits for, and tells them in words when it could not be done. */
export const serve = async (
  deps: DeskDeps,
  task: DeskTask,
  log: Log,
  reference: string,
): Promise<void> => {
  try {
    await attempt(deps, task);
  } catch (error) {
    const words = wordsFor(error, log, reference);
    if ('view' in task) await deps.screens.show(task.view, wordsModal('Not possible', words));
    else if ('reply' in task) await deps.replies.send(task.reply, refusalText(words));
  }
};

const attempt = async (deps: DeskDeps, task: DeskTask): Promise<void> => {
  switch (task.what) {
    case 'command':
      return deps.replies.send(
        task.reply,
        await answerCommand(deps, task.click, task.command, task.text),
      );
    case 'page': {
      const admitted = await admit(deps, task.click, false);
      const answer = admitted.ok
        ? await listFindings(deps, admitted.person, task.text, task.from)
        : refusalText(admitted.because);
      return deps.replies.send(task.reply, answer, true);
    }
    case 'group': {
      const admitted = await admit(deps, task.click, false);
      const answer = admitted.ok
        ? await listGroup(deps, task.group, Number(task.from))
        : refusalText(admitted.because);
      // From the group's card it is a new message for that person; from an earlier page it takes its place.
      return deps.replies.send(task.reply, answer, task.from !== '0');
    }
    case 'home':
      return deps.screens.home(task.user, await home(deps, task.user));
    case 'details':
      return deps.screens.show(task.view, await detailsOf(deps, task.finding, task.click));
    case 'file':
      return deps.screens.show(
        task.view,
        wordsModal('File', await fileOf(deps, task.finding, task.click)),
      );
    default:
      return never(task);
  }
};
