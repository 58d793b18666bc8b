import { advance } from '../../src/app/advance';
import { reserve } from '../../src/app/budget';
import { catchFall } from '../../src/app/net';
import { look, prepare } from '../../src/app/prepare';
import { runOf } from '../../src/app/runs';
import { RemediationId } from '../../src/domain/ids';
import type { Status } from '../../src/domain/remediation';
import { anAsked, aProposal, aRemediation, aTarget } from '../support/builders';
import { aWorldOfDoors } from '../support/house';
import { ann } from '../support/people';
import { play } from '../support/play';
import { aWorld, remediate } from '../support/world';

const plenty = () => 60_000;
const because = 'x';
const at = '2026-03-01T12:00:00.000Z';
const every: readonly Status[] = [
  { state: 'preparing' },
  { state: 'awaiting approval' },
  { state: 'approved', at },
  { state: 'applying' },
  { state: 'rolling back', because },
  { state: 'undoing', by: ann.id, reason: '' },
  { state: 'compliant', at, because },
  { state: 'refused', at, because },
  { state: 'denied', at, by: ann.id, because },
  { state: 'expired', at },
  { state: 'cancelled', at, by: ann.id },
  { state: 'done', at, undoUntil: at },
  { state: 'rolled back', at, because },
  { state: 'held', at, because },
  { state: 'undone', at, by: ann.id },
];

const runs = ['preparing', 'awaiting approval', 'approved', 'applying', 'rolling back', 'undoing'];

describe('a first look', () => {
  it('ends a run whose target is as it should be, without a question', async () => {
    const world = await aWorld({ rules: [] });

    const end = await remediate({ ...world, vote: () => Promise.reject(new Error('asked')) });

    expect(end.status.state).toBe('compliant');
    expect(world.held.held.locks.size).toBe(0);
  });

  it('ends a run whose playbook refuses, or is not there', async () => {
    const world = await aWorld();
    const { id } = await world.request();

    await prepare({ ...world.deps, playbooks: [] }, await world.stored(id));

    expect((await world.stored(id)).status).toMatchObject({
      state: 'refused',
      because: 'There is no playbook close-ec2-admin-ports any more.',
    });
  });

  it('is made once: a run that is further on goes on', async () => {
    const world = await aWorld();
    const { id } = await world.request();
    await world.play(id);

    const next = await prepare(world.deps, await world.stored(id));

    expect(next).toEqual({ next: 'advance' });
    expect((await world.stored(id)).proposal?.revision).toBe(1);
  });

  it('sees through a session of the playbook’s own calls, in the name of the requester (law 14)', async () => {
    const world = await aWorld();

    await look(world.deps, 'close-ec2-admin-ports', anAsked(), {
      name: 'Rita',
      remediation: 'preview',
    });

    expect(world.estate.sessions).toEqual([
      {
        target: aTarget,
        calls: [
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSecurityGroupRules',
          'ec2:DescribeNetworkInterfaces',
        ],
        who: { name: 'Rita', remediation: 'preview' },
      },
    ]);
  });
});

describe('an advance', () => {
  it.each(every.filter(({ state }) => !runs.includes(state)))(
    'has nothing to do from $state but to finish',
    async (status) => {
      const world = await aWorld();

      const next = await advance(world.deps, aRemediation({ status }), plenty);

      expect(next).toEqual({ next: 'finish' });
    },
  );

  it.each(every.filter(({ state }) => ['applying', 'rolling back', 'undoing'].includes(state)))(
    'without a plan does nothing in $state (law 10)',
    async (status) => {
      const world = await aWorld();

      const next = await advance(world.deps, aRemediation({ status }), plenty);

      expect(next).toEqual({ next: 'finish' });
      expect(world.ec2.calls).toEqual([]);
    },
  );

  it('prepares what was not prepared, and asks again while nobody has decided', async () => {
    const world = await aWorld();
    const { id } = await world.request();

    const first = await advance(world.deps, await world.stored(id), plenty);
    const second = await advance(world.deps, await world.stored(id), plenty);

    expect([first, second]).toEqual([{ next: 'ask' }, { next: 'ask' }]);
  });

  it('begins no step that it has no time for, forwards and backwards', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    const { id } = await world.request();
    await play(world.deps, id);
    await world.vote(id);
    const budget =
      (...left: number[]) =>
      () =>
        left.shift() ?? 0;

    const forward = await advance(world.deps, await world.stored(id), budget(reserve, reserve - 1));
    const due = world.held.held.due.size;
    const changedFirst = [...world.changes()];
    await advance(world.deps, await world.stored(id), plenty);
    await world.undo(id);
    const back = await advance(world.deps, await world.stored(id), budget(reserve, reserve - 1));

    expect([forward, due]).toEqual([{ next: 'advance' }, 0]);
    expect(changedFirst).toEqual(['apply a']);
    expect(back).toEqual({ next: 'advance' });
    expect(world.changes()).toEqual(['apply a', 'apply b', 'undo b']);
  });

  it('gives each step a session of that step’s calls only (law 14)', async () => {
    const world = await aWorld();
    await remediate(world);

    const [, , step] = world.estate.sessions;

    expect(step?.calls).toEqual([
      'ec2:DescribeSecurityGroupRules',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateTags',
      'ec2:RevokeSecurityGroupIngress',
    ]);
    expect(step?.who).toMatchObject({ name: 'Rita' });
  });
});

describe('a stored state', () => {
  it.each(every)('starts, wakes or leaves the workflow: $state', (status) => {
    const run = runOf(aRemediation({ status, version: 7 }));

    const { id } = aRemediation();
    if (status.state === 'preparing')
      expect(run).toEqual({ kind: 'start', name: id, input: { task: 'remediate', id } });
    else if (status.state === 'undoing')
      expect(run).toEqual({ kind: 'start', name: `${id}-undo-7`, input: { task: 'undo', id } });
    else if (['approved', 'denied', 'expired', 'cancelled'].includes(status.state))
      expect(run).toEqual({ kind: 'wake', id });
    else expect(run).toEqual({ kind: 'nothing' });
  });

  it('that is none is an error', () => {
    const status = JSON.parse('{"state":"dancing"}') as Status;

    expect(() => runOf(aRemediation({ status }))).toThrow('unhandled case');
  });
});

describe('the net', () => {
  it.each(every.filter(({ state }) => runs.includes(state)))(
    'holds what fell in $state, with words that are true of it',
    async (status) => {
      const world = await aWorld();
      const { id } = await world.request();
      const remediation = {
        ...(await world.stored(id)),
        status,
        proposal: aProposal(),
        version: 2,
      };
      await world.held.commit({ remediation, events: [] });

      await catchFall(world.deps, id);

      expect((await world.stored(id)).status).toMatchObject({
        state: 'held',
        because: expect.stringContaining(
          ['preparing', 'awaiting approval', 'approved'].includes(status.state)
            ? 'before anything was changed'
            : 'may be half done',
        ),
      });
      expect(world.held.held.locks.size).toBe(0);
    },
  );

  it('tells that the source was not written to when the run itself had ended, once', async () => {
    const world = await aWorld();
    const { id } = await remediate(world);

    await catchFall(world.deps, id);
    await catchFall(world.deps, id);

    const told = (await world.trail()).filter((type) => type === 'finding.write-failed');
    expect(told).toHaveLength(1);
    expect((await world.stored(id)).status.state).toBe('done');
  });

  it('knows nothing of what is unknown', async () => {
    const world = await aWorld();

    await catchFall(world.deps, RemediationId.parse('rem-unknown000'));

    expect(await world.trail()).toEqual(['finding.received']);
  });

  it('catches a run whose store fails on and on (law 10)', async () => {
    const world = await aWorld();
    const { id } = await world.request();
    world.ec2.fail(0, { for: 'always' });

    const passed = await world.play(id);

    expect(passed.slice(-2)).toEqual(['Net', 'Fell']);
    expect((await world.stored(id)).status.state).toBe('held');
  });
});
