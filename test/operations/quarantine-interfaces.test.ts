import type { Aws } from '../../src/operations/aws';
import { quarantineInterfaces as step } from '../../src/operations/ec2/quarantine-interfaces';
import { before, dying, refusing } from '../support/failing-aws';
import { isolation, modify } from '../support/isolation';
import { anybody, attach, input, own, ssh } from './samples/ec2-isolation';

let world: ReturnType<typeof isolation>;
beforeEach(() => {
  world = isolation();
});
const wait = '{"milliseconds":10000}';

describe('the swap', () => {
  it('takes all interfaces through the transition group, waits once, and then shuts all', async () => {
    attach(world.network, 'eni-1', { groups: ['web', 'admin'] });
    attach(world.network, 'eni-2');

    await world.apply();

    expect(world.moves()).toEqual([
      'eni-1 drawbridge-transition',
      'eni-2 drawbridge-transition',
      wait,
      'eni-1 drawbridge-quarantine',
      'eni-2 drawbridge-quarantine',
    ]);
  });

  it('opens the transition group to all of IPv4 and IPv6, in and out: else flows stay tracked', async () => {
    attach(world.network, 'eni-1');
    let open: unknown;
    const looking = before(world.aws, 'clock:Pause', () => {
      const { rules } = world.network.find(world.network.groupsOf('eni-1')[0]);
      open = rules
        .map(({ IsEgress, IpProtocol, CidrIpv4, CidrIpv6 }) =>
          [IsEgress ? 'out' : 'in', IpProtocol, CidrIpv4 ?? CidrIpv6].join(' '),
        )
        .sort();
    });

    await world.apply(looking);

    expect(open).toEqual(['in -1 0.0.0.0/0', 'in -1 ::/0', 'out -1 0.0.0.0/0', 'out -1 ::/0']);
  });

  it.each([
    [0, []],
    [60, ['{"milliseconds":60000}']],
    [900, ['{"milliseconds":60000}']],
  ])(
    'told to wait %d seconds makes the pauses %j: never more than a minute',
    async (waitSeconds, pauses) => {
      attach(world.network, 'eni-1');

      await world.apply(world.aws, { ...input, waitSeconds });

      expect(world.moves().filter((each) => each.startsWith('{'))).toEqual(pauses);
    },
  );

  it('never takes an interface that is contained out again', async () => {
    world.network.group('drawbridge-quarantine', own('quarantine'));
    attach(world.network, 'eni-1', { groups: ['drawbridge-quarantine'] });
    attach(world.network, 'eni-2');

    await world.apply();

    expect(world.moves().filter((each) => each.startsWith('eni-1'))).toEqual([]);
  });

  it('leaves an interface in an older quarantine group of ours, which is as good', async () => {
    world.network.group('drawbridge-quarantine', own('quarantine'));
    world.network.group('drawbridge-quarantine-2', own('quarantine'));
    attach(world.network, 'eni-1', { groups: ['drawbridge-quarantine-2'] });
    attach(world.network, 'eni-2');

    await world.apply();

    expect(world.moves().filter((each) => each.startsWith('eni-1'))).toEqual([]);
  });

  it('opens no interface where only the group had holes: it mends the group', async () => {
    const shut = world.network.group('drawbridge-quarantine', own('quarantine'));
    world.network.open(shut, { ...ssh, IpRanges: anybody });
    attach(world.network, 'eni-1', { groups: ['drawbridge-quarantine'] });
    expect(await world.interfaces()).toMatchObject([{ contained: false }]);

    await world.apply();

    expect(world.moves()).toEqual([]);
    expect(await world.interfaces()).toMatchObject([{ contained: true }]);
  });

  it('shuts at once what a broken-off try left open, before it opens anything', async () => {
    attach(world.network, 'eni-1');
    attach(world.network, 'eni-2');
    let moved = 0;
    const broken = refusing(world.aws, (name) => {
      moved += Number(name === modify);
      return moved > 1;
    });
    await world.apply(broken).catch(() => {});
    expect(await world.interfaces()).toMatchObject([{ open: true }, { open: false }]);

    await world.apply();

    expect(world.moves().slice(1)).toEqual([
      'eni-1 drawbridge-quarantine',
      'eni-2 drawbridge-transition',
      wait,
      'eni-2 drawbridge-quarantine',
    ]);
  });

  it('tries again at once where the last step is refused for a moment', async () => {
    attach(world.network, 'eni-1');
    let refused = 0;
    const flaky = refusing(world.aws, (name, sent) => {
      refused += Number(world.sendsTo(name, sent, 'drawbridge-quarantine'));
      return refused === 1 && name === modify;
    });

    await world.apply(flaky);

    expect(await world.interfaces()).toMatchObject([{ contained: true }]);
  });

  it('shuts one interface whatever becomes of another', async () => {
    attach(world.network, 'eni-1');
    attach(world.network, 'eni-2');
    const stuck = refusing(
      world.aws,
      (name, sent) => name === modify && JSON.stringify(sent).includes('eni-1'),
    );

    await expect(world.apply(stuck)).rejects.toThrow(/^Not contained: eni-1\. /);

    expect(await world.interfaces()).toMatchObject([{ contained: false }, { contained: true }]);
  });

  it('goes on where an interface went away meanwhile', async () => {
    attach(world.network, 'eni-1');
    attach(world.network, 'eni-2');

    await world.apply(before(world.aws, 'clock:Pause', () => world.network.interfaces.shift()));

    expect(await world.interfaces()).toMatchObject([{ id: 'eni-2', contained: true }]);
  });

  it('contains again what somebody opened behind its back, when the step is tried again', async () => {
    attach(world.network, 'eni-1');
    const opened = before(world.aws, 'clock:Pause', () => {
      const shut = world.network.groups.find(({ name }) => name === 'drawbridge-quarantine');
      if (shut) world.network.open(shut, { ...ssh, IpRanges: anybody });
    });

    await world.apply(opened);
    expect(step.holds(await world.read(), input)).toBe(false);
    await world.apply();

    expect(step.holds(await world.read(), input)).toBe(true);
  });

  it('uses groups of each VPC that the instance has an interface in', async () => {
    attach(world.network, 'eni-1');
    attach(world.network, 'eni-2', { VpcId: 'vpc-2' });

    await world.apply();

    const { network } = world;
    const vpcs = ['eni-1', 'eni-2'].map((id) => network.find(network.groupsOf(id)[0]).vpc);
    expect(vpcs).toEqual(['vpc-1', 'vpc-2']);
  });

  it('takes the VPC of the plan where EC2 names none for an interface', async () => {
    attach(world.network, 'eni-1');
    const call: Aws['call'] = async (name, sent) => {
      const output = await world.aws.call(name, sent);
      if (name !== 'ec2:DescribeNetworkInterfaces') return output;
      return { ...output, NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }] };
    };

    expect(await world.interfaces({ call })).toMatchObject([{ id: 'eni-1', vpc: 'vpc-1' }]);
  });

  it('does nothing to an instance that is gone', async () => {
    await world.applyFrom({ gone: true }, dying(world.aws, 0, 'before'));
    expect(step.holds({ gone: true }, input)).toBe(true);
  });
});

describe('what counts as quarantine', () => {
  const holey = () => {
    const group = world.network.group('drawbridge-quarantine', own('quarantine'));
    const out = { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
    world.network.open(group, out, true);
    return group;
  };

  it.each([
    ['a group of that name without our tag', () => world.network.group('drawbridge-quarantine')],
    ['a group of our tag with another name', () => world.network.group('web', own('quarantine'))],
    ['a group that lets IPv6 out', holey],
    ['the transition group', () => world.network.group('drawbridge-transition', own('transition'))],
  ])('is not %s', async (_, build) => {
    attach(world.network, 'eni-1', { groups: [build().name] });

    expect(await world.interfaces()).toMatchObject([{ contained: false }]);
  });

  it('is not the quarantine group beside another one', async () => {
    world.network.group('drawbridge-quarantine', own('quarantine'));
    attach(world.network, 'eni-1', { groups: ['drawbridge-quarantine', 'web'] });

    expect(await world.interfaces()).toMatchObject([{ contained: false, open: false }]);
  });

  it.each([
    ['ec2:DescribeSecurityGroupRules', 'SecurityGroupRules'],
    ['ec2:DescribeSecurityGroups', 'SecurityGroups'],
  ])('is not a group whose rules %s does not tell, if others do (law 10)', async (name, member) => {
    const { id, name: GroupName } = holey();
    attach(world.network, 'eni-1', { groups: [GroupName] });
    const Tags = [{ Key: 'DrawbridgeGroup', Value: 'quarantine' }];
    const bare = { SecurityGroupRules: [], SecurityGroups: [{ GroupId: id, GroupName, Tags }] };
    const call: Aws['call'] = async (called, sent) => {
      const output = await world.aws.call(called, sent);
      return called === name ? { ...output, [member]: bare[member as keyof typeof bare] } : output;
    };

    expect(await world.interfaces({ call })).toMatchObject([{ ours: [id], contained: false }]);
  });
});
