import type { Instance } from '@aws-sdk/client-ec2';
import { stopInstance as step, type Power } from '../../src/operations/ec2/stop-instance';
import { dying, refusing } from '../support/failing-aws';
import { MemoryAws } from '../support/memory-aws';
import { memoryInstances } from '../support/memory-instances';
import { anInstance, instanceId } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const input = { instanceId, hibernate: false, stopProtection: true };
const gone = { gone: true } as const;
const power = (state: string, stopProtection = true): Power => ({
  gone: false,
  state,
  stopProtection,
});
const start = (more: Instance = {}, options: Parameters<typeof memoryInstances>[1] = {}) =>
  new MemoryAws(memoryInstances([anInstance(more)], { stopProtected: true, ...options }));
const read = (aws: MemoryAws, wanted = input) => step.read(aws, wanted, run);
const changes = ({ calls }: MemoryAws) =>
  calls.flatMap(({ name, input: sent }) => (/:Describe/.test(name) ? [] : [[name, sent]]));

describe('stopping an instance', () => {
  it('lifts the protection for the call only', async () => {
    const aws = start();

    await step.apply(aws, input, await read(aws), run);

    const protection = (Value: boolean) => [
      'ec2:ModifyInstanceAttribute',
      { InstanceId: instanceId, DisableApiStop: { Value } },
    ];
    expect(changes(aws)).toEqual([
      protection(false),
      ['ec2:StopInstances', { InstanceIds: [instanceId] }],
      protection(true),
    ]);
  });

  it('protects it again also where it could not be stopped', async () => {
    const aws = start();
    const stuck = refusing(aws, (name) => name === 'ec2:StopInstances');

    await expect(step.apply(stuck, input, await read(aws), run)).rejects.toThrow('Unauthorized');

    expect(await read(aws)).toEqual(power('running'));
  });

  it.each([0, 1, 2])(
    'killed after its change %d and run again, it is stopped and protected (law 4)',
    async (at) => {
      const aws = start();
      await step.apply(dying(aws, at, 'after'), input, await read(aws), run).catch(() => {});

      await step.apply(aws, input, await read(aws), run);

      expect(await read(aws)).toEqual(power('stopped'));
    },
  );

  it('is waited for while it stops, and longer where it writes its memory to disk', async () => {
    const aws = start({}, { lag: 2 });

    await step.apply(aws, input, await read(aws), run);
    const stopping = await read(aws);
    await step.apply(aws, input, stopping, run);

    expect(stopping).toEqual(power('stopping'));
    expect(step.holds(stopping, input)).toBe(false);
    expect(step.pending?.(stopping, input)).toEqual({ running: 'The instance is stopping' });
    expect(step.pending?.(power('stopped'), input)).toBeUndefined();
    expect(step.pending?.(gone, input)).toBeUndefined();
    expect(step.patience?.(input)).toBe(1200);
    expect(step.patience?.({ ...input, hibernate: true })).toBe(3600);
  });

  it('waits for one that is starting: EC2 does not stop it yet', async () => {
    const aws = start();

    await step.apply(aws, input, power('pending'), run);

    expect(aws.calls).toEqual([]);
    expect(step.pending?.(power('pending'), input)).toEqual({
      running: 'The instance is starting',
    });
  });

  it('hibernates where the plan says so, and passes on that an instance cannot', async () => {
    const wanted = { ...input, hibernate: true };
    const aws = start({ HibernationOptions: { Configured: true } });
    await step.apply(aws, wanted, await read(aws), run);
    expect(changes(aws)[1]).toEqual([
      'ec2:StopInstances',
      { InstanceIds: [instanceId], Hibernate: true },
    ]);

    const unable = start();
    await expect(step.apply(unable, wanted, await read(unable), run)).rejects.toThrow(
      'UnsupportedHibernationConfiguration',
    );
  });

  it('asks for no protection where EC2 knows none', async () => {
    for (const more of [
      { InstanceLifecycle: 'spot' },
      { RootDeviceType: 'instance-store' },
    ] as const)
      expect(await read(start(more))).toEqual({ gone: false, state: 'running' });
  });

  it('fails where EC2 does not tell whether it runs, or is protected (law 10)', async () => {
    await expect(read(start({ State: {} }))).rejects.toThrow('whether i-0a1b2c3d runs');
    const aws = start();
    const call: typeof aws.call = async (name, sent) => {
      const output = await aws.call(name, sent);
      return name === 'ec2:DescribeInstanceAttribute' ? { ...output, DisableApiStop: {} } : output;
    };
    await expect(step.read({ call }, input, run)).rejects.toThrow(
      'is protected from being stopped',
    );
  });
});

describe('the way back', () => {
  it('starts it only if it ran before', async () => {
    const ran = start();
    const before = await read(ran);
    await step.apply(ran, input, before, run);
    await step.undo(ran, input, before, await read(ran));
    expect(await read(ran)).toEqual(power('running'));

    const stopped = start({ State: { Name: 'stopped' } });
    await step.undo(stopped, input, await read(stopped), await read(stopped));
    expect(changes(stopped)).toEqual([]);
  });

  it('is waited for until it runs, and does not start it twice', async () => {
    const aws = start({}, { lag: 1 });
    const before = await read(aws);
    await step.apply(aws, input, before, run);
    await read(aws);

    await step.undo(aws, input, before, await read(aws));
    const starting = await read(aws);
    await step.undo(aws, input, before, starting);

    expect(starting).toEqual(power('pending'));
    expect(step.restored(starting, input, before)).toBe(false);
    expect(changes(aws).filter(([name]) => name === 'ec2:StartInstances')).toHaveLength(1);
    expect(step.restored(await read(aws), input, before)).toBe(true);
  });

  it('keeps a protection that others switched on meanwhile (law 7)', async () => {
    const free = { ...input, stopProtection: false };
    const aws = start();

    await step.undo(aws, free, power('stopped', false), await read(aws));

    expect(await read(aws)).toEqual(power('running'));
    expect(step.restored(power('stopped'), free, power('stopped', false))).toBe(true);
  });

  it('leaves an instance that is gone, or was never there', async () => {
    const aws = start();
    await step.apply(aws, input, gone, run);
    await step.undo(aws, input, gone, power('stopped'));
    await step.undo(aws, input, power('running'), gone);
    expect(aws.calls).toEqual([]);
    expect(step.restored(gone, input, power('running'))).toBe(true);
    expect(step.restored(power('stopped'), input, gone)).toBe(true);
  });

  it('tells what others changed since', () => {
    expect(step.drift(power('stopped'), power('running', false))).toEqual([
      'the instance is running since',
      'stop protection was switched off since',
    ]);
    expect(step.drift(power('stopped', false), power('stopped'))).toEqual([
      'stop protection was switched on since',
    ]);
    expect(step.drift(power('stopped'), gone)).toEqual(['the instance was terminated since']);
    expect(step.drift(gone, power('stopped'))).toEqual(['the instance is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});
