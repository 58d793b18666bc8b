import { expire } from '../../src/app/decide';
import { advance } from '../../src/app/advance';
import type { RemediationId } from '../../src/domain/ids';
import { aFinding, hour, remediationId } from '../support/builders';
import { abe, ann, bo } from '../support/people';
import { twoApprovals, waiting } from '../support/waiting';
import { aWorld, remediate, sshOpen } from '../support/world';

describe('a changed target', () => {
  it('is shown again, and decisions on the old plan do not count (law 2)', async () => {
    const world = await waiting({ policy: twoApprovals });
    await world.vote(ann);
    await world.vote(abe);
    world.ec2.group('sg-0a1b2c3d', [sshOpen, { ...sshOpen, FromPort: 22, ToPort: 22 }]);

    const next = await advance(world.deps, await world.stored(world.id), () => 60_000);

    const { status, proposal } = await world.stored(world.id);
    expect(next).toEqual({ next: 'ask' });
    expect(status.state).toBe('awaiting approval');
    expect(proposal).toMatchObject({ revision: 2, decisions: [] });
    expect(proposal?.hash).not.toBe(world.hash);
    expect(await world.vote(ann)).toMatchObject({
      because: expect.stringContaining('The plan has changed'),
    });
    expect(world.ec2.calls.filter(({ name }) => !name.startsWith('ec2:Describe'))).toEqual([]);
  });

  it('ends as compliant when there is nothing left to do, and resolves nothing (law 6)', async () => {
    const world = await waiting();
    await world.vote(ann);
    world.ec2.group('sg-0a1b2c3d', []);

    await world.play(world.id, 'undo');

    expect((await world.stored(world.id)).status.state).toBe('compliant');
    expect(world.source.written).toEqual([]);
    expect(world.held.held.locks.size).toBe(0);
  });

  it('that stays as it was needs no second decision', async () => {
    const world = await aWorld();

    const end = await remediate(world);

    expect(end).toMatchObject({ status: { state: 'done' }, proposal: { revision: 1 } });
  });
});

describe('the time to decide', () => {
  it('ends exactly at the limit: a decision is late, the expiry is due', async () => {
    const world = await waiting();
    world.clock.pass(4 * hour);

    const late = await world.vote(ann);
    await expire(world.door, world.id);

    expect(late).toMatchObject({ because: expect.stringContaining('The time to decide is over') });
    expect((await world.stored(world.id)).status.state).toBe('expired');
    expect(world.held.held.due.size).toBe(0);
    expect(world.held.held.locks.size).toBe(0);
  });

  it('goes on until one millisecond before: an expiry does nothing, a decision counts', async () => {
    const world = await waiting();
    world.clock.pass(4 * hour - 1);

    await expire(world.door, world.id);
    const decided = await world.vote(ann);

    expect(decided).toMatchObject({ settled: 'approved' });
  });

  it('ends in words by the time-out of the workflow as well', async () => {
    const world = await aWorld();
    const { id } = await world.request();

    const passed = await world.play(id, 'remediate', {
      people: async () => world.clock.pass(4 * hour),
    });

    expect(passed).toEqual(expect.arrayContaining(['Expire', 'Finish', 'Ended']));
    expect((await world.stored(id)).status.state).toBe('expired');
  });

  it('ends once when housekeeping and the workflow both find it over', async () => {
    const world = await waiting();
    world.clock.pass(4 * hour);

    await Promise.all([expire(world.door, world.id), expire(world.door, world.id)]);

    expect((await world.stored(world.id)).status.state).toBe('expired');
    expect((await world.trail()).filter((type) => type === 'approval.expired')).toHaveLength(1);
  });

  it('is an error when the store takes no write (law 10)', async () => {
    const world = await waiting();
    world.clock.pass(4 * hour);
    const store = { ...world.held, commit: () => Promise.reject(new Error('no table')) };

    await expect(expire({ ...world.door, store }, world.id)).rejects.toThrow('no table');
  });

  it('has no end for what is decided, unplanned or unknown', async () => {
    const world = await waiting({}, bo);
    await world.vote(ann);
    world.clock.pass(5 * hour);

    await expire(world.door, world.id);
    await expire(world.door, `${remediationId}0` as RemediationId);

    expect((await world.stored(world.id)).status.state).toBe('approved');
    const unplanned = await aWorld({ finding: aFinding() });
    const { id } = await unplanned.request();
    await expire(unplanned.door, id);
    expect((await unplanned.stored(id)).status.state).toBe('preparing');
  });
});
