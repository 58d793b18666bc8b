import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { deregisterClassic } from '../../src/operations/elb/deregister-classic';
import { deregisterTargets as step } from '../../src/operations/elb/deregister-targets';
import { awsError, MemoryAws } from '../support/memory-aws';
import { memoryClassicElb } from '../support/memory-classic-elb';
import { memoryElb } from '../support/memory-elb';
import { classic, instanceId, targetGroup, targets as input } from './samples/containment';

const run = 'rem-0000000000/0';
const gone = { gone: true } as const;

const world = (...all: TargetDescription[]) => {
  const [groups, stopped] = [new Map([[targetGroup, all]]), new Set<string>()];
  const aws = new MemoryAws(memoryElb(groups, { stopped }));
  const read = (wanted = input) => step.read(aws, wanted, run);
  return {
    groups,
    stopped,
    aws,
    read,
    apply: async (wanted = input) => step.apply(aws, wanted, await read(wanted), run),
    undo: async (saved: Awaited<ReturnType<typeof read>>, wanted = input) =>
      step.undo(aws, wanted, saved, await read(wanted)),
  };
};

describe('taking an instance out of a target group', () => {
  it('takes it out on each of its ports, also on one that was registered since the plan, and no one else', async () => {
    const { groups, apply } = world(
      { Id: 'i-other', Port: 80 },
      { Id: instanceId, Port: 80 },
      { Id: instanceId, Port: 9090 },
    );

    await apply();

    expect(groups.get(targetGroup)).toEqual([{ Id: 'i-other', Port: 80 }]);
  });

  it('does not wait for the drain, and does not take it out again meanwhile', async () => {
    const { aws, apply, read } = world({ Id: instanceId, Port: 80 });
    await apply();
    await apply();

    expect(step.holds(await read(), input)).toBe(true);
    expect(aws.calls.filter(({ name }) => /:Deregister/.test(name))).toHaveLength(1);
  });

  it('finds it by the addresses of its interfaces where the group holds addresses', async () => {
    const { groups, apply } = world({ Id: '10.0.0.7', Port: 443 }, { Id: '10.0.0.8', Port: 443 });

    await apply({ targetGroup, targets: [{ id: '10.0.0.7' }, { id: '10.0.1.7' }] });

    expect(groups.get(targetGroup)).toEqual([{ Id: '10.0.0.8', Port: 443 }]);
  });

  it('takes a target that answers no health check for registered', async () => {
    const healths = [
      { Target: { Id: instanceId, Port: 80 }, TargetHealth: { State: 'unhealthy' } as const },
      { Target: { Id: instanceId, Port: 81 } },
      { Target: { Id: instanceId }, TargetHealth: { Reason: 'Target.NotRegistered' } as const },
      { TargetHealth: { State: 'healthy' } as const },
      { Target: { Id: undefined } },
    ];
    const aws = new MemoryAws({
      'elasticloadbalancing:DescribeTargetHealth': () => ({ TargetHealthDescriptions: healths }),
    });

    expect(await step.read(aws, input, run)).toEqual({
      gone: false,
      targets: [
        { id: instanceId, port: 80 },
        { id: instanceId, port: 81 },
      ],
    });
  });

  it('names the first two targets and counts the others', () => {
    const many = [80, 81, 82, 83].map((port) => ({ id: instanceId, port }));

    expect(step.describe({ targetGroup, targets: many })).toBe(
      `Take ${instanceId}:80, ${instanceId}:81 and 2 more out of the target group web`,
    );
    expect(step.describe({ targetGroup: 'web', targets: [{ id: instanceId }] })).toBe(
      `Take ${instanceId} out of the target group web`,
    );
  });

  it('passes on what it does not know (law 10)', async () => {
    const aws = new MemoryAws({
      'elasticloadbalancing:DescribeTargetHealth': () => {
        throw awsError('HealthUnavailableException');
      },
    });

    await expect(step.read(aws, input, run)).rejects.toThrow('HealthUnavailableException');
  });
});

describe('the way back into a target group', () => {
  it('registers the ports, zone and server id that were saved', async () => {
    const all = [
      { Id: instanceId, Port: 80, AvailabilityZone: 'all' },
      { Id: instanceId, Port: 443, QuicServerId: '0x0123456789abcdef' },
    ];
    const { groups, apply, undo, read } = world(...all);
    const saved = await read();
    await apply();

    await undo(saved);

    expect(groups.get(targetGroup)).toEqual(all);
  });

  it('registers only what is missing, and leaves what others registered', async () => {
    const { aws, groups, apply, undo, read } = world(
      { Id: instanceId, Port: 80 },
      { Id: instanceId, Port: 81 },
    );
    const saved = await read();
    await apply();
    groups.set(targetGroup, [
      { Id: instanceId, Port: 80 },
      { Id: instanceId, Port: 99 },
    ]);

    await undo(saved);

    expect(aws.calls.at(-1)?.input).toEqual({
      TargetGroupArn: targetGroup,
      Targets: [{ Id: instanceId, Port: 81 }],
    });
    expect(groups.get(targetGroup)).toHaveLength(3);
    expect(step.restored(await read(), input, saved)).toBe(true);
  });

  it('of an instance that does not run says what it needs', async () => {
    const { apply, undo, read, stopped } = world({ Id: instanceId, Port: 80 });
    const saved = await read();
    await apply();
    stopped.add(instanceId);

    await expect(undo(saved)).rejects.toThrow(
      `${instanceId}:80 cannot be put back into the target group web: an instance must be running in its VPC.`,
    );
    expect(step.restored(await read(), input, saved)).toBe(false);
  });

  it('into a group that was deleted says so', async () => {
    const { groups, apply, undo, read } = world({ Id: instanceId, Port: 80 });
    const saved = await read();
    await apply();
    groups.clear();

    await expect(undo(saved)).rejects.toThrow(
      `The target group web was deleted meanwhile: ${instanceId}:80 cannot be put back.`,
    );
    expect(step.restored(await read(), input, gone)).toBe(true);
  });

  it('tells what others changed since (law 7)', () => {
    const [none, one] = [
      { gone: false, targets: [] } as const,
      { gone: false, targets: [{ id: instanceId, port: 80 }] } as const,
    ];

    expect(step.drift(none, one)).toEqual([`registered since: ${instanceId}:80`]);
    expect(step.drift(one, none)).toEqual([`taken out since: ${instanceId}:80`]);
    expect(step.drift(none, gone)).toEqual(['the target group was deleted since']);
    expect(step.drift(gone, none)).toEqual(['the target group is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});

describe('a Classic Load Balancer', () => {
  const balancer = (...ids: string[]) => {
    const [balancers, stopped] = [new Map([['old-web', new Set(ids)]]), new Set<string>()];
    const aws = new MemoryAws(memoryClassicElb(balancers, { stopped }));
    const read = () => deregisterClassic.read(aws, classic, run);
    return {
      balancers,
      stopped,
      aws,
      read,
      apply: async () => deregisterClassic.apply(aws, classic, await read(), run),
      undo: async (saved: Awaited<ReturnType<typeof read>>) =>
        deregisterClassic.undo(aws, classic, saved, await read()),
    };
  };

  it('loses this instance and no other, and gets it back', async () => {
    const { balancers, apply, undo, read } = balancer(instanceId, 'i-other');
    const saved = await read();
    await apply();
    expect([...(balancers.get('old-web') ?? [])]).toEqual(['i-other']);

    await undo(saved);
    expect([...(balancers.get('old-web') ?? [])].sort()).toEqual([instanceId, 'i-other'].sort());
  });

  it('does not get an instance back that was not behind it', async () => {
    const { aws, undo, read } = balancer('i-other');
    await undo(await read());
    await undo(gone);

    expect(aws.calls.every(({ name }) => /Describe/.test(name))).toBe(true);
    expect(deregisterClassic.restored(gone, classic, await read())).toBe(true);
  });

  it('that does not take it back says what it needs', async () => {
    const { apply, undo, read, stopped, balancers, aws } = balancer(instanceId);
    const saved = await read();
    await apply();
    stopped.add(instanceId);
    const words = `${instanceId} cannot be put back behind the load balancer old-web`;

    await expect(undo(saved)).rejects.toThrow(`${words}: it must be running in its VPC.`);
    aws.fail(1, { error: awsError('Throttling') });
    await expect(undo(saved)).rejects.toThrow('Throttling');
    aws.heal();
    balancers.clear();
    await expect(undo(saved)).rejects.toThrow(`${words}, which was deleted meanwhile.`);
    expect(deregisterClassic.restored(await read(), classic, saved)).toBe(false);
  });

  it('that AWS does not list is none', async () => {
    const aws = new MemoryAws({ 'classic-elb:DescribeLoadBalancers': () => ({}) });

    expect(await deregisterClassic.read(aws, classic, run)).toEqual(gone);
  });

  it('tells what others changed since (law 7)', () => {
    const state = (registered: boolean) => ({ gone: false, registered }) as const;

    expect(deregisterClassic.drift(state(false), state(true))).toEqual([
      'the instance was registered since',
    ]);
    expect(deregisterClassic.drift(state(true), state(false))).toEqual([
      'the instance was taken out since',
    ]);
    expect(deregisterClassic.drift(state(false), state(false))).toEqual([]);
    expect(deregisterClassic.drift(state(false), gone)).toEqual([
      'the load balancer was deleted since',
    ]);
    expect(deregisterClassic.drift(gone, state(false))).toEqual([
      'the load balancer is there again',
    ]);
    expect(deregisterClassic.drift(gone, gone)).toEqual([]);
  });
});
