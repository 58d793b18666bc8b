import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { previewUndo } from '../../src/app/undo-look';
import { undo } from '../../src/app/undo';
import { RemediationId } from '../../src/domain/ids';
import { groupId } from '../support/builders';
import { aWorldOfDoors } from '../support/house';
import { ann, clickOf } from '../support/people';
import { play } from '../support/play';
import { aWorld, remediate } from '../support/world';

const web: SecurityGroupRule = {
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: '0.0.0.0/0',
};

/** A remediation that is done, and what its undo shows. */
const done = async () => {
  const world = await aWorld();
  const { id } = await remediate(world);
  const look = async () => (await previewUndo(world.deps, id))!;
  return {
    ...world,
    id,
    look,
    undo: (seen: string | undefined) =>
      undo(world.door, id, clickOf(ann), 'the vendor needs it', seen),
    run: () => world.play(id, 'undo'),
    state: async () => (await world.stored(id)).status,
  };
};

describe('an undo is for the state that was shown (law 7)', () => {
  it('and is done where it still is so', async () => {
    const world = await done();
    const { seen } = await world.look();
    expect((await world.look()).seen).toBe(seen);
    await world.undo(seen);
    await world.run();
    expect((await world.state()).state).toBe('undone');
  });

  it('and undoes nothing where it is not: the remediation stands as it was, and the thread says why', async () => {
    const world = await done();
    const before = await world.state();
    const { seen } = await world.look();
    world.ec2.group(groupId, [...world.rules(), web]);
    const rules = world.rules();

    await world.undo(seen);
    const passed = await world.run();

    expect(await world.state()).toEqual(before);
    expect(world.rules()).toEqual(rules);
    expect(passed.at(-1)).toBe('Ended');
    expect((await world.trail()).slice(-2)).toEqual(['undo.requested', 'undo.refused']);
    const [last] = world.held.held.chains.get(world.finding.key)!.slice(-1);
    expect(last?.event.facts['because']).toContain('has changed since the undo was shown');
    expect(world.held.held.locks.size).toBe(0);
    expect(world.source.written.at(-1)).toMatchObject({ workflow: 'RESOLVED' });
  });

  it('and can be asked for again, for the state as it is now', async () => {
    const world = await done();
    const { seen } = await world.look();
    world.ec2.group(groupId, [...world.rules(), web]);
    await world.undo(seen);
    await world.run();
    const anew = await world.look();
    expect(anew.seen).not.toBe(seen);
    expect(anew.drift).toEqual(['added since: TCP 443 from 0.0.0.0/0']);
    await world.undo(anew.seen);
    await world.run();
    expect((await world.state()).state).toBe('undone');
  });

  it('and goes on from where it died: once begun the changes are its own', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} });
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    const { seen } = (await previewUndo(world.deps, id))!;
    world.fail('undo', 'a', new Error('killed'));
    await undo(world.door, id, clickOf(ann), 'wrong house', seen);
    await play(world.deps, id, 'undo');
    expect((await world.stored(id)).status.state).toBe('held');
    expect(world.changes()).toContain('undo b');

    const again = (await previewUndo(world.deps, id))!;
    expect(again.restores).toEqual(['Set a to shut']);
    await undo(world.door, id, clickOf(ann), 'wrong house', again.seen);
    await play(world.deps, id, 'undo');
    expect((await world.stored(id)).status.state).toBe('undone');
    expect([...world.doors.values()]).toEqual(['open', 'open']);
  });

  it('and holds again what was held, where that has changed', async () => {
    const world = await aWorldOfDoors({ a: {}, b: {} }, 'hold');
    const { id } = await world.request();
    world.fail('apply', 'b', ...Array.from({ length: 9 }, () => new Error('down')));
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    const held = (await world.stored(id)).status;
    expect(held.state).toBe('held');
    const { seen } = (await previewUndo(world.deps, id))!;
    world.doors.set('a', 'ajar');
    await undo(world.door, id, clickOf(ann), 'wrong house', seen);
    await play(world.deps, id, 'undo');
    expect((await world.stored(id)).status).toEqual(held);
    expect(world.doors.get('a')).toBe('ajar');
  });

  it('of an older form, which carries nothing that was seen, is done as ever', async () => {
    const world = await done();
    world.ec2.group(groupId, [...world.rules(), web]);
    await world.undo(undefined);
    await world.run();
    expect((await world.state()).state).toBe('undone');
  });
});

describe('what an undo shows', () => {
  it('is every step that was applied, and neither evidence nor what was skipped', async () => {
    const world = await aWorldOfDoors({ photo: { phase: 'evidence' }, a: {}, b: {} });
    world.doors.set('b', 'shut');
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });
    expect((await previewUndo(world.deps, id))?.restores).toEqual(['Set a to shut']);
  });

  it('is nothing of a remediation that is not known, or that never had a plan', async () => {
    const world = await aWorld();
    const unknown = RemediationId.parse('rem-99999999999999999999');
    expect(await previewUndo(world.deps, unknown)).toBeUndefined();
    const { id } = await world.request();
    expect(await previewUndo(world.deps, id)).toBeUndefined();
  });

  it('is read only', async () => {
    const world = await done();
    const before = world.ec2.calls.length;
    await world.look();
    expect(world.ec2.calls.slice(before).filter(({ name }) => !/Describe/.test(name))).toEqual([]);
  });
});
