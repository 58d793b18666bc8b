import type { ModalView } from '@slack/types';
import type { Estate } from '../../../src/app/ports';
import { locating, LocateTask } from '../../../src/slack/locating';
import type { Policy } from '../../../src/domain/policy';
import type { Finding } from '../../../src/domain/finding';
import { takeIn } from '../../../src/app/intake';
import { validateView } from '../../../sandbox/slack/validate';
import { words } from '../../blocks/support/reading';
import { anIsolation } from '../../support/isolated-world';
import type { Server } from '../../support/memory-server';
import { clickOf, rita } from '../../support/people';
import type { Person } from '../../../src/domain/person';

export interface Shown {
  view: ModalView;
  text: string;
  form?: string;
}

/** What is shown in the window of somebody who wants something contained or released. */
export const aLookout = async ({
  server = {},
  policy,
  findings = [],
  estate,
}: { server?: Server; policy?: Policy; findings?: readonly Finding[]; estate?: Estate } = {}) => {
  const world = await anIsolation(server);
  const deps = { ...world.deps, ...(policy && { policy }), ...(estate && { estate }) };
  for (const finding of findings) await takeIn(world.door, finding, `delivery-${finding.key}`);
  const show = async (wish: object, by: Person = rita): Promise<Shown> => {
    const task = { task: 'locate', viewId: 'V1', click: clickOf(by), wish };
    const view = await locating(deps, LocateTask.parse(task));
    expect(validateView(view)).toEqual([]);
    return { view, text: words(view.blocks), ...(view.callback_id && { form: view.callback_id }) };
  };
  return {
    ...world,
    deps,
    askFor: (text: string, by?: Person) => show({ by: 'words', verb: 'isolate', text }, by),
    askBack: (text: string, by?: Person) => show({ by: 'words', verb: 'release', text }, by),
    message: (wish: object, by?: Person) => show({ by: 'message', text: '', ...wish }, by),
    place: (more: object, by?: Person) => show({ by: 'place', ...more }, by),
  };
};
