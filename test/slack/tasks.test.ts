import type { ModalView } from '@slack/types';
import { screensThrough } from '../../src/slack/screens';
import { workClient } from '../../src/slack/client';
import { Told } from '../../src/domain/errors';
import type { Status } from '../../src/domain/remediation';
import { run, Task, type TaskDeps } from '../../src/slack/tasks';
import { validateView } from '../../sandbox/slack/validate';
import { words } from '../blocks/support/reading';
import { aProposal, aRemediation, findingKey, hour, remediationId } from '../support/builders';
import { aWorld, remediate, type World } from '../support/world';
import { startSlack } from './support/slack';

const id = remediationId;
const stranger = Task.parse({ task: 'finish', id: 'rem-99999999999999999999' });
const preview = (more: object = {}): Task =>
  Task.parse({
    task: 'preview',
    viewId: 'V1',
    channel: 'C0ALERTS',
    user: 'U0RITA',
    ask: { finding: findingKey, playbook: 'close-ec2-admin-ports', target: 'sg-0a1b2c3d' },
    ...more,
  });

const working = async (more: Partial<TaskDeps> = {}) => {
  const world = await aWorld();
  const shown: { viewId: string; view: ModalView }[] = [];
  const logged: unknown[] = [];
  const deps: TaskDeps = {
    ...world.deps,
    screens: { show: async (viewId, view) => void shown.push({ viewId, view }) },
    ...more,
  };
  const log = { error: (_: string, more: object) => void logged.push(more) };
  const perform = (task: Task) => run(deps, task, () => 60_000, log, 'ref-1');
  const twice = async (task: Task) => [await perform(task), await perform(task)];
  return { ...world, shown, logged, perform, twice };
};
const put = (world: Pick<World, 'held'>, status: Status, version = 1) =>
  world.held.commit({
    remediation: aRemediation({ proposal: aProposal(), status, version }),
    events: [],
  });
const finish = { next: 'finish' };

describe('a preview', () => {
  it('shows the plan in the modal that is open, as often as it is asked for', async () => {
    const { twice, shown, held } = await working();
    expect(await twice(preview())).toEqual([finish, finish]);
    const [first, second] = shown;
    expect(first).toEqual(second);
    expect(first?.viewId).toBe('V1');
    expect(validateView(first?.view)).toEqual([]);
    expect(words(first?.view.blocks)).toContain('What will change on sg-0a1b2c3d');
    expect(words(first?.view.blocks)).toContain('until 1 approver says yes');
    expect(held.held.remediations.size).toBe(0);
  });

  it('looks in the name of who asked', async () => {
    const { perform, estate } = await working();
    await perform(preview());
    expect(estate.sessions.map(({ who }) => who.name)).toEqual(['U0RITA']);
  });

  it('of a finding that was closed meanwhile says so', async () => {
    const { perform, shown, held, finding } = await working();
    const record = held.held.findings.get(finding.key)!;
    held.held.findings.set(finding.key, {
      ...record,
      finding: { ...finding, workflow: 'resolved' },
    });
    await perform(preview());
    expect(words(shown[0]?.view.blocks)).toContain('This finding is closed meanwhile.');
  });

  it.each([
    [new Error('AccessDenied'), 'Reference ref-1 finds it in the log'],
    [new Told('That account is not set up.'), 'That account is not set up.'],
  ])('that fails with %s says so in the modal', async (error, expected) => {
    const session = async () => {
      throw error;
    };
    const { twice, shown, logged } = await working({ estate: { session } });
    expect(await twice(preview())).toEqual([finish, finish]);
    expect(words(shown[0]?.view.blocks)).toContain(expected);
    expect(shown[0]?.view.submit).toBeUndefined();
    expect(logged[0]).toMatchObject({ error });
  });

  it('that cannot even be shown fails, so that the workflow tries again', async () => {
    const { perform } = await working({
      screens: { show: () => Promise.reject(new Error('Slack is down')) },
    });
    await expect(perform(preview())).rejects.toThrow('Slack is down');
  });
});

describe('the preview of an undo', () => {
  const undo = (of: string) =>
    Task.parse({ task: 'preview-undo', viewId: 'V1', channel: 'C0ALERTS', id: of });

  it('shows what would be restored, as often as it is asked for', async () => {
    const world = await working();
    const done = await remediate(world);
    expect(await world.twice(undo(done.id))).toEqual([finish, finish]);
    const [first, second] = world.shown;
    expect(first).toEqual(second);
    expect(validateView(first?.view)).toEqual([]);
    expect(words(first?.view.blocks)).toContain('Nobody has changed the target since.');
  });

  it('has words where nothing was saved', async () => {
    const { perform, shown } = await working();
    await perform(undo(remediationId));
    expect(words(shown[0]?.view.blocks)).toContain('no saved state to go back to');
  });
});

describe('a task that comes twice', () => {
  it('prepare: plans once, then goes on', async () => {
    const world = await working();
    await world.held.commit({ remediation: aRemediation(), events: [] });
    const answers = await world.twice(Task.parse({ task: 'prepare', id }));
    expect(answers).toEqual([{ next: 'ask' }, { next: 'advance' }]);
    expect((await world.stored(id)).proposal?.revision).toBe(1);
  });

  it('ask: keeps the token and wakes nobody while people decide', async () => {
    const world = await working();
    await put(world, { state: 'awaiting approval' });
    expect(await world.twice(Task.parse({ task: 'ask', id, token: 't' }))).toEqual([
      finish,
      finish,
    ]);
    expect(await world.held.token(id)).toBe('t');
    expect(world.workflow.woken).toEqual([]);
  });

  it('ask: wakes the workflow where somebody was faster than the token', async () => {
    const world = await working();
    await put(world, { state: 'approved', at: '2026-03-01T12:00:00.000Z' });
    await world.perform(Task.parse({ task: 'ask', id, token: 't' }));
    expect(world.workflow.woken).toEqual(['t']);
  });

  it('advance: changes once, and ends', async () => {
    const world = await working();
    const { id } = await world.request();
    await world.perform(Task.parse({ task: 'prepare', id }));
    await world.vote(id);
    expect(await world.twice(Task.parse({ task: 'advance', id }))).toEqual([finish, finish]);
    expect((await world.stored(id)).status.state).toBe('done');
    const types = await world.trail();
    expect(types.filter((type) => type === 'remediation.done')).toHaveLength(1);
  });

  it('finish: tells the source once', async () => {
    const world = await working();
    const { id } = await remediate(world);
    const before = world.source.written.length;
    await world.twice(Task.parse({ task: 'finish', id }));
    expect(before).toBe(1);
    expect(world.source.written).toHaveLength(before);
  });

  it('expire: ends it once', async () => {
    const world = await working();
    await put(world, { state: 'awaiting approval' });
    world.clock.pass(5 * hour);
    expect(await world.twice(Task.parse({ task: 'expire', id }))).toEqual([finish, finish]);
    expect((await world.stored(id)).status.state).toBe('expired');
  });

  it('net: holds it once', async () => {
    const world = await working();
    await put(world, { state: 'applying' });
    expect(await world.twice(Task.parse({ task: 'net', id }))).toEqual([finish, finish]);
    expect((await world.stored(id)).status.state).toBe('held');
  });
});

describe('a step of the workflow', () => {
  it('for a remediation that there is not ends', async () => {
    expect(await (await working()).perform(stranger)).toEqual(finish);
  });

  it('looks again when somebody was faster', async () => {
    const world = await working();
    await world.held.commit({ remediation: aRemediation(), events: [] });
    world.held.commit = async () => 'conflict';
    const answer = await world.perform(Task.parse({ task: 'prepare', id }));
    expect(answer).toEqual({ next: 'wait', seconds: 1 });
  });

  it('fails where it fails, so that the workflow tries again', async () => {
    const world = await working({
      estate: { session: () => Promise.reject(new Error('no role')) },
    });
    await world.held.commit({ remediation: aRemediation(), events: [] });
    await expect(world.perform(Task.parse({ task: 'prepare', id }))).rejects.toThrow('no role');
  });
});

it.each([{}, { task: 'destroy', id }, { task: 'ask', id }, { task: 'advance', id: '../x' }])(
  '%j is no task',
  (task) => {
    expect(Task.safeParse(task).success).toBe(false);
  },
);

describe('the screen', () => {
  const view: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] };
  const showing = async (answer: { ok: boolean; error?: string }) => {
    const slack = await startSlack();
    slack.answer('views.update', () => answer);
    const screens = screensThrough(workClient('xoxb-test', slack.url));
    try {
      await screens.show('V1', view);
      return slack.asked('views.update');
    } finally {
      await slack.close();
    }
  };

  it('shows the view in the modal that is open', async () => {
    expect(await showing({ ok: true })).toEqual([{ view_id: 'V1', view }]);
  });

  it('that was closed meanwhile is no error', async () => {
    expect(await showing({ ok: false, error: 'not_found' })).toHaveLength(1);
  });

  it('that fails otherwise is an error', async () => {
    await expect(showing({ ok: false, error: 'fatal_error' })).rejects.toThrow('fatal_error');
  });
});
