import type { Instance } from '@aws-sdk/client-ec2';
import { protectInstance as step } from '../../src/operations/ec2/protect-instance';
import type { Protection } from '../../src/operations/ec2/protection';
import { refusing } from '../support/failing-aws';
import { MemoryAws } from '../support/memory-aws';
import type { MemoryProtection } from '../support/memory-attributes';
import { memoryInstances } from '../support/memory-instances';
import { disk, instanceId, protect as input, twoDisks } from './samples/containment';
import { anInstance } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const gone = { gone: true } as const;
const world = (instance: Instance = {}, stands: MemoryProtection = {}) =>
  new MemoryAws(memoryInstances([anInstance({ ...twoDisks, ...instance })], { ...stands }));
const read = (aws: MemoryAws, wanted = input) => step.read(aws, wanted, run);
const changes = ({ calls }: MemoryAws) =>
  calls.filter(({ name }) => name === 'ec2:ModifyInstanceAttribute').map((call) => call.input);
const protection = (more: Partial<Protection> = {}): Protection => ({
  gone: false,
  termination: true,
  stop: true,
  shutdown: 'stop',
  disks: [{ volume: 'vol-root', device: '/dev/xvda', deletes: false }],
  ...more,
});

describe('protecting an instance', () => {
  it('switches both protections on, makes a shutdown a stop, and keeps its disks, one attribute per call', async () => {
    const aws = world({}, { shutdown: 'terminate' });

    await step.apply(aws, input, await read(aws), run);

    expect(changes(aws)).toEqual([
      { InstanceId: instanceId, DisableApiTermination: { Value: true } },
      { InstanceId: instanceId, DisableApiStop: { Value: true } },
      { InstanceId: instanceId, InstanceInitiatedShutdownBehavior: { Value: 'stop' } },
      {
        InstanceId: instanceId,
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { VolumeId: 'vol-root', DeleteOnTermination: false } },
        ],
      },
    ]);
  });

  it('asks a Spot instance for nothing that EC2 refuses there: its disks are kept', async () => {
    const aws = world({ InstanceLifecycle: 'spot' }, { shutdown: 'terminate' });
    const spot = { ...input, spot: true };

    await step.apply(aws, spot, await read(aws, spot), run);

    expect(changes(aws)).toHaveLength(1);
    expect(step.holds(await read(aws), spot)).toBe(true);
    expect(step.describe(spot)).toBe(
      `Keep its 2 volumes when the Spot instance ${instanceId} ends`,
    );
  });

  it('asks an instance on instance store only for what EC2 takes there', async () => {
    const aws = world({ RootDeviceType: 'instance-store', BlockDeviceMappings: [] });

    await step.apply(aws, input, await read(aws), run);

    expect(changes(aws)).toEqual([
      { InstanceId: instanceId, DisableApiTermination: { Value: true } },
    ]);
  });

  it('leaves a volume alone that the plan does not name', async () => {
    const aws = world({
      BlockDeviceMappings: [disk('/dev/xvda', 'vol-root', true), disk('/dev/sdg', 'vol-new', true)],
    });

    await step.apply(aws, input, await read(aws), run);

    expect(changes(aws).at(-1)).toMatchObject({
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda' }],
    });
  });

  it('keeps the disks also where protection itself is refused, and says that it was', async () => {
    const aws = world();
    const denied = refusing(aws, (_, asked) => 'DisableApiTermination' in asked);

    await expect(step.apply(denied, input, await read(aws), run)).rejects.toThrow(
      'UnauthorizedOperation',
    );

    expect(await read(aws)).toMatchObject({
      termination: false,
      stop: true,
      disks: [{ deletes: false }, { deletes: false }],
    });
  });

  it('counts only what is read back: a call that EC2 took and did not carry out is no protection (law 6)', async () => {
    const deaf = new MemoryAws(
      { 'ec2:ModifyInstanceAttribute': () => ({}) },
      memoryInstances([anInstance(twoDisks)]),
    );

    await step.apply(deaf, input, await read(deaf), run);

    expect(step.holds(await read(deaf), input)).toBe(false);
  });

  it('fails on one that was terminated before: that is not protected', async () => {
    const aws = world({ State: { Name: 'terminated' } });
    const now = await read(aws);

    expect(step.holds(now, input)).toBe(false);
    await expect(step.apply(aws, input, now, run)).rejects.toThrow(
      `${instanceId} was terminated before it could be protected.`,
    );
  });

  it.each<[string, object]>([
    ['termination protection', { DisableApiTermination: {} }],
    ['an attribute', {}],
  ])(
    'fails where EC2 does not tell %s: it could not be restored (laws 1, 10)',
    async (_, answer) => {
      const told = new MemoryAws(
        { 'ec2:DescribeInstanceAttribute': () => answer },
        memoryInstances([anInstance(twoDisks)]),
      );

      await expect(read(told)).rejects.toThrow('EC2 does not tell how the instance is protected.');
    },
  );

  it('fails where EC2 does not tell whether a disk goes with the instance', async () => {
    const unknown = { DeviceName: '/dev/xvda', Ebs: { VolumeId: 'vol-root' } };

    await expect(read(world({ BlockDeviceMappings: [unknown] }))).rejects.toThrow('does not tell');
  });

  it('knows nothing of disks that EC2 does not list', async () => {
    const aws = new MemoryAws(memoryInstances([{ InstanceId: instanceId }]));

    expect(await read(aws)).toMatchObject({ disks: [] });
  });
});

describe('the way back', () => {
  it('restores each saved value, not “off”: what was protected stays protected', async () => {
    const aws = world({}, { terminationProtected: true, shutdown: 'terminate' });
    const saved = await read(aws);
    await step.apply(aws, input, saved, run);

    await step.undo(aws, input, saved, await read(aws));

    expect(await read(aws)).toEqual(saved);
    expect(saved).toMatchObject({ termination: true, stop: false, shutdown: 'terminate' });
  });

  it('gives the disks back first, and switches the protections off last', async () => {
    const aws = world({}, { shutdown: 'terminate' });
    const saved = await read(aws);
    await step.apply(aws, input, saved, run);
    aws.calls.length = 0;

    await step.undo(aws, input, saved, await read(aws));

    expect(changes(aws).map((each) => Object.keys(each as object)[1])).toEqual([
      'BlockDeviceMappings',
      'InstanceInitiatedShutdownBehavior',
      'DisableApiStop',
      'DisableApiTermination',
    ]);
  });

  it('leaves a disk that was attached since, and one that was detached', async () => {
    const saved = protection({
      disks: [{ volume: 'vol-root', device: '/dev/xvda', deletes: true }],
    });
    const now = protection({ disks: [{ volume: 'vol-data', device: '/dev/sdf', deletes: false }] });
    const aws = world();

    await step.undo(aws, input, saved, now);

    expect(changes(aws)).toEqual([]);
    expect(step.restored(now, input, saved)).toBe(true);
  });

  it('has nothing to restore on an instance that is gone', async () => {
    const aws = world();

    await step.undo(aws, input, protection(), gone);
    await step.undo(aws, input, gone, protection());

    expect(aws.calls).toEqual([]);
    expect(step.restored(gone, input, protection({ stop: false }))).toBe(true);
    expect(step.restored(protection(), input, gone)).toBe(true);
  });

  it('tells what others changed since (law 7)', () => {
    const spot: Protection = { gone: false, disks: [] };
    const now = protection({
      termination: false,
      shutdown: 'terminate',
      disks: [{ volume: 'vol-root', device: '/dev/xvda', deletes: true }],
    });

    expect(step.drift(protection(), now)).toEqual([
      'termination protection was switched off since',
      'a shutdown from inside became “terminate” since',
      'vol-root is deleted with the instance since',
    ]);
    expect(step.drift(now, protection())).toEqual([
      'termination protection was switched on since',
      'a shutdown from inside became “stop” since',
      'vol-root is kept with the instance since',
    ]);
    expect(step.drift(protection(), spot)).toContain('vol-root was detached since');
    expect(step.drift(protection(), gone)).toEqual(['the instance was terminated since']);
    expect(step.drift(gone, protection())).toEqual(['the instance is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});
