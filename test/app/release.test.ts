import { mayUndo } from '../../src/domain/approval';
import { previewUndo } from '../../src/app/undo-look';
import { aPolicy, day, policyText } from '../support/builders';
import { anIsolation } from '../support/isolated-world';
import { awsError, type Handlers } from '../support/memory-aws';
import { ann, bo } from '../support/people';
import { stateOf } from '../support/server-state';

const denied = (): never => {
  throw awsError('UnauthorizedOperation', { $fault: 'client' });
};
const refusing = (...calls: (keyof Handlers)[]): Handlers =>
  Object.fromEntries(calls.map((call) => [call, denied]));

describe('a release', () => {
  it('is possible at any time', async () => {
    const world = await anIsolation();
    const { id } = await world.through();
    world.clock.pass(100 * day);

    expect((await world.release(id)).status.state).toBe('undone');
  });

  it('needs another person than the one who asked, where the policy says so (law 3)', async () => {
    const world = await anIsolation();
    const { id } = await world.isolate(bo);
    await world.run(id, 'remediate');
    const remediation = await world.stored(id);
    const separate = aPolicy({ undo: { ...policyText.undo, separate: true } });

    expect(mayUndo(separate, remediation, bo, world.clock.now())).toMatchObject({
      ok: false,
      because: 'You asked for this isolation, so another person has to release it.',
    });
    expect(mayUndo(separate, remediation, ann, world.clock.now())).toEqual({ ok: true });
    expect(mayUndo(aPolicy(), remediation, bo, world.clock.now())).toEqual({ ok: true });
  });

  it('of which a part fails goes on, keeps what protects the instance, and ends when done again', async () => {
    const instead: Handlers = {};
    const world = await anIsolation({ instead });
    const before = stateOf(world.host);
    const { id } = await world.through();
    Object.assign(instead, refusing('elasticloadbalancing:RegisterTargets'));

    const held = await world.release(id);
    const between = stateOf(world.host);
    delete instead['elasticloadbalancing:RegisterTargets'];
    const released = await world.release(id);

    expect(held.status).toMatchObject({
      state: 'held',
      because: expect.stringMatching(
        /^Step 12 could not be taken back: .* What protects it stays until the rest is back\.$/,
      ),
    });
    expect(between).toMatchObject({ interfaces: before.interfaces, profile: before.profile });
    expect(between.groups[0]?.members).toContainEqual(
      expect.objectContaining({ lifecycle: 'Standby', protected: true }),
    );
    expect(released.status.state).toBe('undone');
    expect(stateOf(world.host)).toEqual(before);
  });

  it('does not try again within one run what it gave up on', async () => {
    const instead: Handlers = {};
    const world = await anIsolation({ instead });
    const { id } = await world.through();
    let tries = 0;
    instead['iam:DeleteRolePolicy'] = () => ({});
    instead['elasticloadbalancing:RegisterTargets'] = () => {
      tries += 1;
      return denied();
    };

    // With too little time for more than a step, each call of the function starts anew.
    let calls = 0;
    await world.release(id, { left: () => ((calls += 1) % 2 === 0 ? 0 : 60_000) });

    expect(tries).toBe(1);
  });

  it('shows first what others changed since (law 7)', async () => {
    const world = await anIsolation();
    const { id } = await world.through();
    const shut = world.host.network.find(stateOf(world.host).interfaces[0]);
    world.host.network.open(shut, { IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] });

    const preview = await previewUndo(world.deps, id);

    expect(preview?.drift).toEqual(['the quarantine of eni-1 has holes since']);
    expect(preview?.restores).toContain('Detach the instance profile of i-0a1b2c3d');
  });
});
