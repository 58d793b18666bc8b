import { before, refusing } from '../support/failing-aws';
import { isolation, modify } from '../support/isolation';
import type { Network } from '../support/memory-interfaces';
import { attach, own } from './samples/ec2-isolation';

let world: ReturnType<typeof isolation>;
beforeEach(() => {
  world = isolation();
});

const namesOf = (network: Network, id: string) =>
  network.groupsOf(id).map((group) => network.find(group).name);
const remove = ({ groups }: Network, name: string) =>
  groups.splice(
    groups.findIndex((each) => each.name === name),
    1,
  );

describe('the way back', () => {
  it('gives each interface its own groups, in their order', async () => {
    attach(world.network, 'eni-1', { groups: ['c', 'a', 'b'] });
    attach(world.network, 'eni-2', { groups: ['b', 'd'] });
    const saved = await world.apply();

    await world.undo(saved);

    expect(namesOf(world.network, 'eni-1')).toEqual(['c', 'a', 'b']);
    expect(namesOf(world.network, 'eni-2')).toEqual(['b', 'd']);
    expect(await world.restored(saved)).toBe(true);
  });

  it('gives back the groups that are left, says once which are gone, and then counts as done', async () => {
    attach(world.network, 'eni-1', { groups: ['a', 'b'] });
    attach(world.network, 'eni-2', { groups: ['c'] });
    const saved = await world.apply();
    const [lost] = remove(world.network, 'a');

    await expect(world.undo(saved)).rejects.toThrow(
      `eni-1 has its groups back but for ${lost?.id}, which cannot be given back.`,
    );

    expect(namesOf(world.network, 'eni-1')).toEqual(['b']);
    expect(namesOf(world.network, 'eni-2')).toEqual(['c']);
    expect(await world.restored(saved)).toBe(true);
    await world.undo(saved);
  });

  it('leaves an interface in quarantine whose groups are all gone, until a person gives it some', async () => {
    attach(world.network, 'eni-1', { groups: ['a'] });
    const saved = await world.apply();
    const [lost] = remove(world.network, 'a');

    await expect(world.undo(saved)).rejects.toThrow(
      `eni-1 stays in quarantine: ${lost?.id} cannot be given back. Give it groups by hand, then try again.`,
    );
    expect(namesOf(world.network, 'eni-1')).toEqual(['drawbridge-quarantine']);
    expect(await world.restored(saved)).toBe(false);

    world.network.setGroups('eni-1', [world.network.group('new').id]);
    await world.undo(saved);
    expect(namesOf(world.network, 'eni-1')).toEqual(['new']);
    expect(await world.restored(saved)).toBe(true);
  });

  it('puts nobody back on the transition group, where another isolation had left it', async () => {
    world.network.group('drawbridge-transition', own('transition'));
    attach(world.network, 'eni-1', { groups: ['drawbridge-transition'] });
    attach(world.network, 'eni-2', { groups: ['drawbridge-transition', 'web'] });
    const saved = await world.apply();

    await expect(world.undo(saved)).rejects.toThrow(/eni-1 stays in quarantine: .*eni-2 has/);

    expect(namesOf(world.network, 'eni-1')).toEqual(['drawbridge-quarantine']);
    expect(namesOf(world.network, 'eni-2')).toEqual(['web']);
  });

  it('gives an interface back that a broken-off try left open', async () => {
    attach(world.network, 'eni-1', { groups: ['a'] });
    let moved = 0;
    const saved = await world.read();
    const stuck = refusing(world.aws, (name) => {
      moved += Number(name === modify);
      return moved > 1 && name === modify;
    });
    await world.applyFrom(saved, stuck).catch(() => {});
    expect(namesOf(world.network, 'eni-1')).toEqual(['drawbridge-transition']);

    await world.undo(saved);

    expect(namesOf(world.network, 'eni-1')).toEqual(['a']);
  });

  it('finds the quarantine group by its name where somebody took our tag away', async () => {
    attach(world.network, 'eni-1', { groups: ['a'] });
    const saved = await world.apply();
    for (const group of world.network.groups) group.tags = {};
    expect(await world.restored(saved)).toBe(false);

    await world.undo(saved);

    expect(namesOf(world.network, 'eni-1')).toEqual(['a']);
  });

  it('leaves what others set meanwhile, beside what it gives back (law 7)', async () => {
    attach(world.network, 'eni-1', { groups: ['a'] });
    attach(world.network, 'eni-2', { groups: ['b'] });
    const saved = await world.apply();
    const forensics = world.network.group('forensics').id;
    world.network.setGroups('eni-1', [...world.network.groupsOf('eni-1'), forensics]);
    world.network.setGroups('eni-2', [forensics]);

    await world.undo(saved);

    expect(namesOf(world.network, 'eni-1')).toEqual(['a', 'forensics']);
    expect(namesOf(world.network, 'eni-2')).toEqual(['forensics']);
  });

  it('does not give back an interface that was in quarantine before', async () => {
    world.network.group('drawbridge-quarantine', own('quarantine'));
    attach(world.network, 'eni-1', { groups: ['drawbridge-quarantine'] });
    attach(world.network, 'eni-2', { groups: ['web'] });
    const saved = await world.apply();

    await world.undo(saved);

    expect(namesOf(world.network, 'eni-1')).toEqual(['drawbridge-quarantine']);
    expect(await world.restored(saved)).toBe(true);
  });

  it('does what it can where one interface cannot be changed, and fails', async () => {
    attach(world.network, 'eni-1', { groups: ['a'] });
    attach(world.network, 'eni-2', { groups: ['b'] });
    const saved = await world.apply();
    const stuck = refusing(
      world.aws,
      (name, sent) => name === modify && JSON.stringify(sent).includes('eni-1'),
    );

    await expect(world.undo(saved, stuck)).rejects.toThrow('UnauthorizedOperation');

    expect(namesOf(world.network, 'eni-2')).toEqual(['b']);
    expect(await world.restored(saved)).toBe(false);
  });

  it('does not lose the word about a group that is gone, where it fails before it can be said', async () => {
    attach(world.network, 'eni-1', { groups: ['a', 'b'] });
    attach(world.network, 'eni-2', { groups: ['c'] });
    const saved = await world.apply();
    remove(world.network, 'a');
    const stuck = refusing(
      world.aws,
      (name, sent) => name === modify && JSON.stringify(sent).includes('eni-2'),
    );

    await expect(world.undo(saved, stuck)).rejects.toThrow('UnauthorizedOperation');
    await expect(world.undo(saved)).rejects.toThrow('eni-1 has its groups back but for');
  });

  it('has nothing to do for an instance that is gone, or was', async () => {
    attach(world.network, 'eni-1');
    const saved = await world.apply();
    const { calls } = world.aws;
    const made = calls.length;

    await world.undo({ gone: true });
    expect(await world.restored({ gone: true })).toBe(true);

    expect(calls.slice(made).filter(({ name }) => name === modify)).toEqual([]);
    expect(saved.gone).toBe(false);
  });
});

describe('an interface that was attached while the others were contained', () => {
  const late = async (through = world.aws as Parameters<typeof before>[0]) => {
    attach(world.network, 'eni-1', { groups: ['a'] });
    return world.apply(
      before(through, 'clock:Pause', () => {
        attach(world.network, 'eni-9', { groups: ['late'] });
      }),
    );
  };

  it('gets the groups back that were written on it, and the note goes', async () => {
    const saved = await late();
    expect(world.network.interfaces[1]?.TagSet).toHaveLength(1);
    expect(await world.restored(saved)).toBe(false);

    await world.undo(saved);

    expect(namesOf(world.network, 'eni-9')).toEqual(['late']);
    expect(world.network.interfaces.map(({ TagSet }) => TagSet)).toEqual([[], []]);
  });

  it.each([
    ['where no tag could be written', () => world.network.tag('eni-9', () => [])],
    [
      'where the tag is no list of groups',
      () => world.network.tag('eni-9', () => [{ Key: 'DrawbridgeGroups', Value: 'rm -rf' }]),
    ],
  ])('stays in quarantine %s, and this is said', async (_, happens) => {
    const saved = await late();
    happens();

    await expect(world.undo(saved)).rejects.toThrow(
      'eni-9 stays in quarantine: its groups are not known. Give it groups by hand',
    );

    expect(namesOf(world.network, 'eni-1')).toEqual(['a']);
    expect(namesOf(world.network, 'eni-9')).toEqual(['drawbridge-quarantine']);
  });

  it('goes nowhere when it is detached before the note on it is taken away', async () => {
    const saved = await late();
    const detached = before(world.aws, 'ec2:DeleteTags', () => world.network.interfaces.pop());

    await world.undo(saved, detached);

    expect(namesOf(world.network, 'eni-1')).toEqual(['a']);
  });
});
