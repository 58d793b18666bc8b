import { housekeep } from '../../src/app/housekeep';
import { catchFall } from '../../src/app/net';
import { prepare } from '../../src/app/prepare';
import { undo } from '../../src/app/undo';
import { verify } from '../../src/app/verify';
import { watchOf } from '../../src/domain/ids';
import { aWorldOfDoors } from '../support/house';
import { anIsolation, type Isolation } from '../support/isolated-world';
import { awsError, type Handlers } from '../support/memory-aws';
import { ann, clickOf } from '../support/people';
import { play } from '../support/play';
import { stateOf } from '../support/server-state';

const minutes = 60_000;

const told = async (world: Isolation) => {
  const [id] = world.ids();
  const events = await world.trailOf(id!);
  return events
    .filter(({ type }) => type === 'remediation.loosened')
    .map(({ facts }) => `${facts['step']}: ${facts['because']}`);
};

const isolated = async (instead: Handlers = {}) => {
  const world = await anIsolation({ instead });
  const { id } = await world.through();
  const [group] = stateOf(world.host).interfaces;
  const loosen = (CidrIp: string) =>
    world.host.network.open(world.host.network.find(group), {
      IpProtocol: '-1',
      IpRanges: [{ CidrIp }],
    });
  const tighten = () => (world.host.network.find(group).rules = []);
  return { world, id, loosen, tighten, look: () => verify(world.deps, id) };
};
const hole =
  'Put every network interface of i-0a1b2c3d into quarantine: the quarantine of eni-1 has holes since';

describe('what is contained', () => {
  it('is silent while it holds', async () => {
    const { world, look } = await isolated();

    await look();

    expect(await told(world)).toEqual([]);
  });

  it('is told aloud when somebody loosens it, once for each change', async () => {
    const { world, look, loosen, tighten } = await isolated();

    loosen('10.0.0.0/8');
    await look();
    await look();
    expect(await told(world)).toEqual([hole]);
    loosen('192.0.2.0/24');
    tighten();
    await look();
    loosen('10.0.0.0/8');
    await look();

    expect(await told(world)).toEqual([hole, hole]);
  });

  it('is told of when its protection goes, too, and when it is terminated', async () => {
    const { world, look } = await isolated();
    await world.host.aws.call('ec2:ModifyInstanceAttribute', {
      InstanceId: 'i-0a1b2c3d',
      DisableApiTermination: { Value: false },
    });

    await look();

    expect(await told(world)).toEqual([
      'Protect i-0a1b2c3d and its 2 volumes from termination: termination protection was switched off since',
    ]);
  });

  it('that cannot be read any more is told, and what may pass is looked at again (law 10)', async () => {
    const instead: Handlers = {};
    const { world, look } = await isolated(instead);
    instead['ssm:DescribeSessions'] = () => {
      throw awsError('ThrottlingException');
    };
    await look();
    expect(await told(world)).toEqual([]);
    instead['ssm:DescribeSessions'] = () => {
      throw awsError('AccessDenied', { $fault: 'client' });
    };
    await look();
    await look();

    expect(await told(world)).toEqual([
      'End the live Session Manager sessions of i-0a1b2c3d: It cannot be checked: AccessDenied: AccessDenied from AWS',
    ]);
  });

  it('is told once where two look at the same time (law 4)', async () => {
    const { world, look, loosen } = await isolated();
    loosen('10.0.0.0/8');

    await Promise.all([look(), look()]);

    expect(await told(world)).toEqual([hole]);
  });

  it('is not loosened by a release, and not looked after when it is over', async () => {
    const { world, id, look } = await isolated();
    await undo(world.door, id, clickOf(ann), 'it was rebuilt');
    await look();
    await world.run(id, 'undo');
    await look();

    expect(await told(world)).toEqual([]);
    expect(world.held.held.due.has(watchOf(id))).toBe(false);
  });

  it('keeps what the steps know: a look writes nothing but what it saw', async () => {
    const { world, id, look, loosen } = await isolated();
    const before = await world.held.steps(id);
    loosen('10.0.0.0/8');

    await look();

    const after = await world.held.steps(id);
    expect(after.map(({ loosened: _, ...rest }) => rest)).toEqual(before);
    expect(after.filter(({ loosened }) => loosened)).toMatchObject([
      { loosened: { times: 1, seen: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
  });
});

const house = (world: Pick<Isolation, 'deps'>) =>
  housekeep({
    ...world.deps,
    groups: { due: async () => [], settle: async () => {} },
    groupOf: async () => undefined,
    showGroup: async () => {},
  });

describe('housekeeping', () => {
  it('asks for a look each 15 minutes, and stops after the release', async () => {
    const { world, id } = await isolated();
    const asked = () => [...world.held.held.previews.values()];

    await house(world);
    expect(asked()).toEqual([]);
    world.clock.pass(15 * minutes);
    await house(world);
    await house(world);
    expect(asked()).toEqual([{ task: 'verify', id }]);
    world.clock.pass(15 * minutes);
    await house(world);
    expect(asked()).toHaveLength(2);
    await world.release(id);
    world.held.held.due.set(watchOf(id), '2026-01-01');
    await house(world);

    expect(asked()).toHaveLength(2);
    expect(world.held.held.due.has(watchOf(id))).toBe(false);
  });

  it('looks after nothing that only changed something', async () => {
    const world = await aWorldOfDoors({ a: {} });
    const { id } = await world.request();
    await play(world.deps, id, 'remediate', { people: async () => void (await world.vote(id)) });

    expect(world.held.held.due.has(watchOf(id))).toBe(false);
  });

  it('stops where a run fell before it contained anything', async () => {
    const world = await anIsolation();
    const { id } = await world.isolate();
    await prepare(world.deps, await world.stored(id));
    await catchFall(world.deps, id);
    expect((await world.stored(id)).status.state).toBe('held');
    expect(world.held.held.due.has(watchOf(id))).toBe(true);

    await verify(world.deps, id);

    expect(world.held.held.due.has(watchOf(id))).toBe(false);
  });
});
