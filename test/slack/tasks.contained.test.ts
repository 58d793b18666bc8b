import type { ModalView } from '@slack/types';
import { run, Task, type TaskDeps } from '../../src/slack/tasks';
import { words } from '../blocks/support/reading';
import { remediationId as id } from '../support/builders';
import { aWorld } from '../support/world';

const working = async () => {
  const world = await aWorld();
  const shown: { viewId: string; view: ModalView }[] = [];
  const deps: TaskDeps = {
    ...world.deps,
    screens: { show: async (viewId, view) => void shown.push({ viewId, view }) },
  };
  const perform = (task: object) =>
    run(deps, Task.parse(task), () => 60_000, { error: () => {} }, 'ref-1');
  return { shown, perform };
};

describe('a task for what is contained', () => {
  const click = { user: 'U0RITA', team: 'T0TEST', channel: 'C0ALERTS' };
  const wish = { by: 'words', verb: 'isolate', text: 'nothing' };

  it('shows in the window what was looked for, and failures in words', async () => {
    const { perform, shown } = await working();
    const stranger = { ...click, user: 'U0NOBODY' };

    await perform({ task: 'locate', viewId: 'V7', click, wish });
    await perform({
      task: 'locate',
      viewId: 'V8',
      click: stranger,
      wish: { ...wish, text: 'i-123' },
    });

    expect(shown.map(({ viewId }) => viewId)).toEqual(['V7', 'V8']);
    expect(words(shown[0]?.view.blocks)).toContain('Name an instance');
    expect(words(shown[1]?.view.blocks)).toContain('Reference ref-1 finds it in the log');
  });

  it('looks whether it stands, and is over where there is nothing to look at', async () => {
    const { perform } = await working();

    expect(await perform({ task: 'verify', id })).toEqual({ next: 'finish' });
  });
});
