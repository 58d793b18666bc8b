import { requestCase } from '../../src/app/request-case';
import { mayTakeBack } from '../../src/app/undo';
import { statesOf } from '../support/house';
import { anIsolation, ask, type Isolation } from '../support/isolated-world';
import { awsError, type Handlers } from '../support/memory-aws';
import { stateOf } from '../support/server-state';
import { ann, bo, clickOf } from '../support/people';

const denied = (): never => {
  throw awsError('UnauthorizedOperation', { $fault: 'client' });
};
const refusing = (...calls: (keyof Handlers)[]): Handlers =>
  Object.fromEntries(calls.map((call) => [call, denied]));

const operationsOf = async (world: Isolation, wanted: string) => {
  const { proposal, id } = await world.stored(world.ids()[0]!);
  const records = await world.held.steps(id);
  return (proposal?.plan.steps ?? [])
    .filter((_, index) => records[index]?.status === wanted)
    .map(({ operation }) => operation);
};

describe('an isolation', () => {
  it('contains, and its release brings back the recorded state (laws 1 and 7)', async () => {
    const world = await anIsolation();
    const before = stateOf(world.host);

    const done = await world.through();
    const contained = stateOf(world.host);
    const released = await world.release(done.id);

    expect(done.status).toMatchObject({ state: 'done' });
    expect(contained).toMatchObject({ profile: [], balancers: [['old-web', []]] });
    expect(contained.policies).toEqual([
      ['drawbridge-quarantine-i-0a1b2c3d', expect.stringContaining('"Action":"*"')],
    ]);
    expect(world.host.network.find(contained.interfaces[0]).rules).toEqual([]);
    expect(released.status).toMatchObject({ state: 'undone', by: ann.id });
    expect(stateOf(world.host)).toEqual(before);
    expect(world.host.evidence.names()).toContain('manifest.json');
  });

  it('is a case of its own: one chain from the command to the release', async () => {
    const world = await anIsolation();

    const { id, case: of, finding } = await world.through();
    await world.release(id);

    expect([of, finding]).toEqual([id, undefined]);
    const types = (await world.trailOf(id)).map(({ type }) => type);
    expect(types[0]).toBe('remediation.requested');
    expect(types.slice(-1)).toEqual(['undo.done']);
    expect((await world.trailOf(id))[0]?.facts).toMatchObject({
      title: 'Isolate an EC2 instance: i-0a1b2c3d',
      reason: 'it talks to a mining pool',
    });
    expect((await world.trailOf(id)).at(-1)?.facts).toMatchObject({
      stays: expect.stringContaining('a session that was ended cannot be taken up again'),
    });
  });

  it('takes evidence before it contains (law 8)', async () => {
    const world = await anIsolation();
    await world.through();

    const calls = world.host.aws.calls.map(({ name }) => name);
    const first = (name: string) => calls.findIndex((each) => each === name);
    const last = (name: string) => calls.findLastIndex((each) => each === name);
    expect(last('ec2:CreateSnapshots')).toBeLessThan(first('iam:PutRolePolicy'));
    expect(first('iam:PutRolePolicy')).toBeLessThan(first('ssm:SendCommand'));
    expect(last('evidence:Keep')).toBeLessThan(first('ec2:DisassociateIamInstanceProfile'));
    expect(first('autoscaling:EnterStandby')).toBeLessThan(
      first('ec2:ModifyNetworkInterfaceAttribute'),
    );
  });

  it('is not blocked by evidence that fails, and says which failed (law 8)', async () => {
    const world = await anIsolation({
      instead: refusing('ec2:CreateSnapshots', 'ec2:CreateSnapshot', 'evidence:Keep'),
    });

    const { status } = await world.through();

    expect(status.state).toBe('done');
    expect(await operationsOf(world, 'failed')).toEqual([
      'evidence.capture-metadata',
      'evidence.capture-console',
      'evidence.snapshot-volumes',
      'evidence.collect-host',
      'evidence.write-manifest',
    ]);
  });

  it('goes on where a part of it fails, and is held with words for each (law 8)', async () => {
    const world = await anIsolation({
      instead: refusing('ec2:DisassociateIamInstanceProfile', 'autoscaling:SetInstanceProtection'),
    });

    const { id, status } = await world.through();

    expect(status).toMatchObject({
      state: 'held',
      because:
        'Partly contained. What is missing: Put i-0a1b2c3d on standby in its Auto Scaling group web: UnauthorizedOperation: UnauthorizedOperation from AWS · Detach the instance profile of i-0a1b2c3d: UnauthorizedOperation: UnauthorizedOperation from AWS',
    });
    expect(await operationsOf(world, 'applied')).toEqual(
      expect.arrayContaining(['iam.deny-instance', 'ec2.quarantine-interfaces']),
    );
    expect((await world.trailOf(id)).map(({ type }) => type)).toContain('remediation.held');
    expect(await mayTakeBack(world.door, id, clickOf(ann))).toMatchObject({ kind: 'may' });
  });

  it('of which nothing worked does not call itself contained (law 10)', async () => {
    const world = await anIsolation({
      behind: false,
      withRole: false,
      instead: refusing(
        'ec2:ModifyNetworkInterfaceAttribute',
        'ssm:DescribeSessions',
        'ec2:CreateTags',
      ),
    });

    const { status } = await world.through();

    expect(status).toMatchObject({ because: expect.stringMatching(/^Not contained: /) });
  });

  it('that was held and is asked for again skips what holds, and both are released', async () => {
    const instead: Handlers = refusing('ec2:DisassociateIamInstanceProfile');
    const world = await anIsolation({ instead });
    const before = stateOf(world.host);
    const held = await world.through();
    delete instead['ec2:DisassociateIamInstanceProfile'];

    const again = await world.through();
    const skipped = statesOf(await world.held.steps(again.id)).filter((each) => each === 'skipped');
    await world.release(again.id);
    const released = await world.release(held.id);

    expect([held.status.state, again.status.state]).toEqual(['held', 'done']);
    expect(skipped.length).toBeGreaterThan(5);
    expect(released.status.state).toBe('undone');
    expect(stateOf(world.host)).toEqual(before);
  });

  it('of the same instance twice is one case: the second is shown the first (law 5)', async () => {
    const world = await anIsolation();
    const first = await world.isolate();

    const second = await requestCase(world.door, ask, clickOf(bo), 'me too');

    expect(second).toMatchObject({ kind: 'open already', remediation: { id: first.id } });
    expect(world.ids()).toEqual([first.id]);
  });

  it('does with its options what was chosen, and the hash that people decide on covers it (law 2)', async () => {
    const [plain, more] = [await anIsolation(), await anIsolation()];

    const one = await plain.through({}, []);
    const other = await more.through({}, ['addresses', 'metadata', 'stop']);

    expect(one.proposal?.hash).not.toBe(other.proposal?.hash);
    expect(await operationsOf(plain, 'applied')).not.toContain('evidence.collect-host');
    expect(await operationsOf(more, 'applied')).toEqual(
      expect.arrayContaining([
        'ec2.disassociate-addresses',
        'ec2.disable-metadata',
        'ec2.stop-instance',
      ]),
    );
    const [requested] = await more.trailOf(other.id);
    expect(requested?.facts['options']).toBe('addresses, metadata, stop');
  });
});
