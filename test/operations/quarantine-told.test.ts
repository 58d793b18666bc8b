import type { Aws } from '../../src/operations/aws';
import type { Interfaces } from '../../src/operations/ec2/attached-interfaces';
import { quarantineInterfaces as step } from '../../src/operations/ec2/quarantine-interfaces';
import { refusing } from '../support/failing-aws';
import { isolation, modify } from '../support/isolation';
import { awsError } from '../support/memory-aws';
import { attach, input } from './samples/ec2-isolation';

let world: ReturnType<typeof isolation>;
beforeEach(() => {
  world = isolation();
});

describe('a failed step says what state the interfaces are in', () => {
  it('names those that stand open, first of all', async () => {
    attach(world.network, 'eni-1');
    attach(world.network, 'eni-2');
    let moved = 0;
    const stuck = refusing(world.aws, (name) => {
      moved += Number(name === modify);
      return moved > 2 && name === modify;
    });

    await expect(world.apply(stuck)).rejects.toThrow(
      /^OPEN TO ALL TRAFFIC, in the transition group: eni-1, eni-2\. UnauthorizedOperation/,
    );
  });

  it('warns that they may stand open where that cannot even be read', async () => {
    attach(world.network, 'eni-1');
    const now = await world.read();
    world.aws.fail(12, { for: 'always' });

    await expect(world.applyFrom(now)).rejects.toThrow(/^Some interfaces may stand OPEN TO ALL/);
  });

  it('tells that connections may live on where all are contained, but not by way of the transition', async () => {
    attach(world.network, 'eni-1');
    world.network.groupQuota = world.network.groups.length + 1;

    await expect(world.apply()).rejects.toThrow(
      /^All interfaces are in quarantine, but connections that were open may live on\. /,
    );
    expect(step.holds(await world.read(), input)).toBe(true);
  });

  it('says that the instance was terminated meanwhile', async () => {
    attach(world.network, 'eni-1');
    const now = await world.read();
    const call: Aws['call'] = async (name, sent) => {
      if (name === 'ec2:CreateSecurityGroup') throw awsError('InvalidVpcID.NotFound');
      if (name === 'ec2:DescribeInstances') throw awsError('InvalidInstanceID.NotFound');
      return world.aws.call(name, sent);
    };

    await expect(world.applyFrom(now, { call })).rejects.toThrow(
      /^The instance was terminated meanwhile\. /,
    );
  });

  it('keeps what the error is, so that throttling is tried again', async () => {
    attach(world.network, 'eni-1');
    const now = await world.read();
    world.aws.fail(0, { error: awsError('RequestLimitExceeded', { $fault: 'server' }) });

    const error: unknown = await world.applyFrom(now).catch((each: unknown) => each);

    expect(error).toMatchObject({ name: 'RequestLimitExceeded', $fault: 'server' });
  });
});

describe('what cannot be contained', () => {
  it('is named: what belongs to a service, and a trunk, whose branches have groups of their own', async () => {
    attach(world.network, 'eni-1', { InterfaceType: 'trunk' });
    attach(world.network, 'eni-2', { RequesterManaged: true, RequesterId: 'amazon-elb' });
    attach(world.network, 'eni-3', { Operator: { Managed: true, Principal: 'eks.amazonaws.com' } });
    attach(world.network, 'eni-4', { Operator: { Managed: true } });
    attach(world.network, 'eni-5', { RequesterManaged: true });

    await world.apply();
    const now = await world.read();

    expect(step.holds(now, input)).toBe(true);
    expect((await world.interfaces()).map(({ id }) => id)).toEqual(['eni-1']);
    expect(step.output?.(now)['not contained']).toBe(
      [
        'eni-1: It is a trunk, and its branch interfaces have groups of their own.',
        'eni-2: It belongs to amazon-elb, and only that service can change it.',
        'eni-3: It belongs to eks.amazonaws.com, and only that service can change it.',
        'eni-4: It belongs to an AWS service, and only that service can change it.',
        'eni-5: It belongs to an AWS service, and only that service can change it.',
      ].join(' '),
    );
  });

  it('fails the step where it is all there is: none to change is not “all contained” (law 10)', async () => {
    attach(world.network, 'eni-1', { RequesterManaged: true });

    expect(step.holds(await world.read(), input)).toBe(false);
    await expect(world.apply()).rejects.toThrow(
      'No network interface of i-0a1b2c3d can be changed. eni-1: It belongs to an AWS service',
    );
  });

  it('is not taken for nothing where EC2 lists no interface of an instance that is there (law 10)', async () => {
    await expect(world.read()).rejects.toThrow('EC2 lists no network interface of i-0a1b2c3d.');
  });

  it('is not spoken of where all is contained', async () => {
    attach(world.network, 'eni-1');
    await world.apply();

    expect(step.output?.(await world.read())).toEqual({});
    expect(step.output?.({ gone: true })).toEqual({});
  });
});

describe('what others changed since', () => {
  const gone = { gone: true } as const;
  const state = (...all: [id: string, group: string, contained: boolean][]): Interfaces => ({
    gone: false,
    notContained: [],
    interfaces: all.map(([id, group, contained]) => {
      const groups = [group];
      return { id, vpc: 'vpc-1', groups, ours: contained ? groups : [], contained, open: false };
    }),
  });

  it('is told by interface', () => {
    const after = state(['eni-1', 'sg-q', true], ['eni-2', 'sg-q', true], ['eni-3', 'sg-q', true]);
    const now = state(['eni-1', 'sg-1', false], ['eni-2', 'sg-q', false], ['eni-4', 'sg-4', false]);

    expect(step.drift(after, now)).toEqual([
      'eni-1 was moved since: sg-q → sg-1',
      'the quarantine of eni-2 has holes since',
      'eni-4 was attached since, in sg-4',
      'eni-3 was detached since, and keeps the groups that it has',
    ]);
  });

  it('is told of the instance as a whole', () => {
    expect(step.drift(state(), gone)).toEqual(['the instance was terminated since']);
    expect(step.drift(gone, state())).toEqual(['the instance is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});
