import type { Aws } from '../../src/operations/aws';
import { quarantineInterfaces as step } from '../../src/operations/ec2/quarantine-interfaces';
import { before } from '../support/failing-aws';
import { isolation } from '../support/isolation';
import { anybody, attach, input, own, ssh } from './samples/ec2-isolation';

let world: ReturnType<typeof isolation>;
beforeEach(() => {
  world = isolation();
  attach(world.network, 'eni-1', { groups: ['web'] });
});

const ours = () => world.network.groups.filter(({ name }) => name.startsWith('drawbridge-'));
const holds = async () => step.holds(await world.read(), input);
const created = () => world.aws.calls.filter(({ name }) => name === 'ec2:CreateSecurityGroup');

describe('the groups of a VPC', () => {
  it('are made once, with our tag, and told apart from others by what they say', async () => {
    await world.apply();
    await world.apply();

    expect(created().map(({ input: sent }) => sent)).toMatchObject([
      {
        GroupName: 'drawbridge-quarantine',
        Description: 'No traffic. For instances that Drawbridge isolates: add no rules',
        VpcId: 'vpc-1',
        TagSpecifications: [
          {
            ResourceType: 'security-group',
            Tags: [{ Key: 'DrawbridgeGroup', Value: 'quarantine' }],
          },
        ],
      },
      { GroupName: 'drawbridge-transition', VpcId: 'vpc-1' },
    ]);
    // EC2 takes these characters in a description, and 255 of them.
    for (const { input: sent } of created())
      expect((sent as { Description: string }).Description).toMatch(
        /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
      );
  });

  it.each([false, true])('let nothing out by default, with IPv6 in the VPC: %s', async (ipv6) => {
    world.network.ipv6 = ipv6;

    await world.apply();

    expect(ours().map(({ rules }) => rules.length)).toEqual([0, 4]);
  });

  it('are not taken from others: a group of that name without our tag stays as it is', async () => {
    const foreign = world.network.group('drawbridge-quarantine');
    world.network.open(foreign, { ...ssh, IpRanges: anybody });
    world.network.group(`drawbridge-quarantine-${input.instanceId}`);

    await world.apply();

    expect(await holds()).toBe(true);
    expect(foreign.rules).toHaveLength(1);
    expect(world.network.find(world.network.groupsOf('eni-1')[0]).name).toBe(
      'drawbridge-quarantine-rem-0000000000-0',
    );
  });

  it('fail in words where all their names are taken', async () => {
    for (const suffix of ['', `-${input.instanceId}`, '-rem-0000000000-0'])
      world.network.group(`DRAWBRIDGE-QUARANTINE${suffix}`);

    await expect(world.apply()).rejects.toThrow(
      'Not contained: eni-1. Groups that are not Drawbridge’s have all the names for a quarantine group in vpc-1.',
    );
    expect(world.moves()).toEqual([]);
  });

  it('are shared with an isolation that was quicker by a moment', async () => {
    const quicker = before(world.aws, 'ec2:CreateSecurityGroup', () =>
      world.network.create('drawbridge-quarantine', 'vpc-1', own('quarantine').tags),
    );

    await world.apply(quicker);

    expect(await holds()).toBe(true);
    expect(ours().map(({ name }) => name)).toEqual([
      'drawbridge-quarantine',
      'drawbridge-transition',
    ]);
  });

  it('are used only once they show, and after a pause', async () => {
    world.network.lag = 3;

    await world.apply();

    expect(await holds()).toBe(true);
    expect(world.moves()[0]).toBe('{"milliseconds":1000}');
  });

  it('are mended whatever kind of rule somebody added, and also when one goes meanwhile', async () => {
    const shut = world.network.group('drawbridge-quarantine', own('quarantine'));
    const through = world.network.group('drawbridge-transition', own('transition'));
    const pairs = { UserIdGroupPairs: [{ GroupId: 'sg-peered', UserId: '999988887777' }] };
    const lists = { PrefixListIds: [{ PrefixListId: 'pl-1' }] };
    for (const group of [shut, through])
      for (const kind of [pairs, lists, { IpRanges: [{ CidrIp: '192.0.2.7/32' }] }])
        for (const egress of [false, true]) world.network.open(group, { ...ssh, ...kind }, egress);
    const racing = before(world.aws, 'ec2:RevokeSecurityGroupIngress', () => {
      shut.rules = shut.rules.slice(1);
    });

    await world.apply(racing);

    expect(await holds()).toBe(true);
    expect(ours().map(({ rules }) => rules.length)).toEqual([0, 4]);
  });

  it('are not used where somebody keeps opening them: that is said instead', async () => {
    const shut = world.network.group('drawbridge-quarantine', own('quarantine'));
    world.network.open(shut, { ...ssh, IpRanges: anybody });
    const call: Aws['call'] = async (name, sent) => {
      const output = await world.aws.call(name, sent);
      if (name.startsWith('ec2:Revoke')) world.network.open(shut, { ...ssh, IpRanges: anybody });
      return output;
    };

    await expect(world.apply({ call })).rejects.toThrow(
      `The quarantine group ${shut.id} does not keep the rules that it must have.`,
    );
    expect(world.moves().filter((each) => each.startsWith('eni'))).toEqual([]);
  });

  it('are found where EC2 makes one and does not tell its id', async () => {
    const call: Aws['call'] = async (name, sent) => {
      const output = await world.aws.call(name, sent);
      return name === 'ec2:CreateSecurityGroup' ? { ...output, GroupId: undefined } : output;
    };

    await world.apply({ call });

    expect(await holds()).toBe(true);
    expect(ours()).toHaveLength(2);
  });
});
