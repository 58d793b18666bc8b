import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Plan, Planned } from '../../src/domain/plan';
import type { Aws } from '../../src/operations/aws';
import { emptyEc2DefaultGroup } from '../../src/playbooks/empty-ec2-default-group/playbook';
import { operationOf } from '../../src/operations';
import { rule, standing } from '../operations/samples/ec2-rules';
import { anAsked, groupId } from '../support/builders';
import { MemoryEc2 } from '../support/memory-ec2';

const everything = rule(-1, -1, { protocol: '-1' });
const itself = rule(-1, -1, {
  protocol: '-1',
  source: { kind: 'group', id: groupId, owner: '111122223333' },
  description: 'each other',
  tags: { owner: 'network' },
});
const usual = [standing(itself), { ...standing(everything), IsEgress: true }];

const aGroup = ({ rules = usual, name = 'default' } = {}, ...interfaces: NetworkInterface[]) => {
  const ec2 = new MemoryEc2();
  ec2.group(groupId, rules).name = name;
  ec2.interfaces.push(
    ...interfaces.map((each, index) => ({
      NetworkInterfaceId: `eni-${index}`,
      Groups: [{ GroupId: groupId }],
      ...each,
    })),
  );
  return ec2;
};

const look = async (aws: Aws): Promise<Planned> =>
  emptyEc2DefaultGroup.plan(await emptyEc2DefaultGroup.read(aws, anAsked()), anAsked());

const planOf = async (ec2: MemoryEc2): Promise<Plan> => {
  const made = await look(ec2);
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

describe('a default group with rules', () => {
  it('loses each of them, in both directions, those between its own members too', async () => {
    const { steps, effects } = await planOf(aGroup());

    expect(steps).toEqual([
      {
        operation: 'ec2.replace-ingress-rules',
        input: { groupId, remove: [itself], add: [] },
        phase: 'change',
      },
      {
        operation: 'ec2.remove-egress-rules',
        input: { groupId, remove: [everything] },
        phase: 'change',
      },
    ]);
    expect(effects).toEqual([
      {
        what: 'Inbound rule',
        before: `All traffic from ${groupId} “each other”`,
        after: 'removed',
      },
      { what: 'Outbound rule', before: 'All traffic to 0.0.0.0/0', after: 'removed' },
    ]);
  });

  it.each([
    ['ec2.replace-ingress-rules', usual.slice(0, 1)],
    ['ec2.remove-egress-rules', usual.slice(1)],
  ])('in one direction only needs %s alone', async (operation, rules) => {
    const { steps } = await planOf(aGroup({ rules }));

    expect(steps.map((step) => step.operation)).toEqual([operation]);
  });

  it('gets them back with words and tags, in both directions (law 7)', async () => {
    const ec2 = aGroup();
    const before = await emptyEc2DefaultGroup.read(ec2, anAsked());
    const { steps } = await planOf(ec2);
    const undone: (() => Promise<void>)[] = [];

    for (const { operation: kind, input } of steps) {
      const operation = operationOf(kind);
      if (operation.irreversible !== undefined) throw new Error(operation.irreversible);
      const saved = await operation.read(ec2, input, 'rem-0000000000/0');
      await operation.apply(ec2, input, saved, 'rem-0000000000/0');
      undone.unshift(async () =>
        operation.undo(ec2, input, saved, await operation.read(ec2, input, 'rem-0000000000/0')),
      );
    }
    expect((await look(ec2)).kind).toBe('compliant');
    for (const undo of undone) await undo();

    expect(await emptyEc2DefaultGroup.read(ec2, anAsked())).toEqual(before);
  });
});

describe('what uses the group', () => {
  it('is nothing: no warning', async () => {
    const { warnings, blastRadius } = await planOf(aGroup());

    expect(warnings).toEqual([]);
    expect(blastRadius).toEqual([
      'The default group of vpc-1 is used by no network interface: nothing loses a connection.',
      'Whatever is made later without naming a group gets this one, and no network.',
    ]);
  });

  it('is warned of by kind, VPC endpoints first: calls through them hang (EC2.10)', async () => {
    const { warnings, blastRadius } = await planOf(
      aGroup(
        {},
        { Attachment: { InstanceId: 'i-1' }, Association: { PublicIp: '203.0.113.1' } },
        { InterfaceType: 'lambda', Description: 'AWS Lambda VPC ENI-orders-0a1b' },
        { RequesterId: 'amazon-elb', Description: 'ELB app/web/0a1b' },
        { InterfaceType: 'network_load_balancer', Description: 'ELB net/tcp/0a1b' },
        { RequesterId: 'amazon-rds' },
        { Description: 'RDSNetworkInterface' },
        { InterfaceType: 'vpc_endpoint', Description: 'VPC Endpoint Interface vpce-0a1b' },
        { Description: 'EFS mount target for fs-1' },
        {},
      ),
    );

    expect(warnings).toEqual([
      'Calls through VPC endpoints will hang, those to AWS’s own services too. 1 uses this group: vpce-0a1b.',
      'Nobody will reach the databases. 2 use this group: eni-4, eni-5.',
      'Load balancers will answer nobody. 2 use this group: app/web/0a1b, net/tcp/0a1b.',
      'Instances will lose all network traffic. 1 uses this group: i-1.',
      'Lambda functions will reach nothing in the network. 1 uses this group: orders-0a1b.',
      'Other network interfaces will lose all traffic. 2 use this group: EFS mount target for fs-1, eni-8.',
    ]);
    expect(blastRadius[0]).toBe(
      'The default group of vpc-1 is used by 9 network interfaces, 1 with a public address.',
    );
    expect(blastRadius).toHaveLength(3);
  });

  it('keeps what its other groups allow, and the warning says so', async () => {
    const Groups = [{ GroupId: groupId }, { GroupId: 'sg-web' }, {}];
    const ec2 = aGroup({}, { Groups, Attachment: { InstanceId: 'i-1' } });

    expect((await planOf(ec2)).warnings).toEqual([
      'Instances will lose all network traffic, except for what their other groups allow. 1 uses this group: i-1 (also in sg-web).',
    ]);
  });

  it('is counted where it is too much to name, over all pages, in one order', async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      NetworkInterfaceId: `eni-${String(12 - index).padStart(2, '0')}`,
    }));
    const ec2 = aGroup({}, ...many);
    ec2.pageSize = 5;

    const [warning] = (await planOf(ec2)).warnings;

    expect(warning).toMatch(/12 use this group: eni-01, eni-02, .*, eni-10 and 2 more\.$/);
  });

  it('changes the plan’s hash when it comes while people decide: each use is a warning (law 2)', async () => {
    const [alone, used] = [await planOf(aGroup()), await planOf(aGroup({}, {}))];

    expect(alone.warnings).not.toEqual(used.warnings);
    expect(used.blastRadius[0]).toContain('is used by 1 network interface, 0 with');
  });
});

describe('a look', () => {
  it('takes what EC2 leaves out for nothing', async () => {
    const call = async (name: string) => ({
      ...(name === 'ec2:DescribeSecurityGroups' && { SecurityGroups: [{ GroupName: 'default' }] }),
      ...(name === 'ec2:DescribeNetworkInterfaces' && { NetworkInterfaces: [{}, {}] }),
      $metadata: {},
    });
    const user = {
      service: 'other network interface',
      name: '',
      publicAddress: false,
      others: [],
    };

    expect(await emptyEc2DefaultGroup.read({ call }, anAsked())).toEqual({
      kind: 'group',
      name: 'default',
      vpc: '',
      inbound: [],
      outbound: [],
      users: [user, user],
    });
  });
});

describe('nothing to do', () => {
  it('is a group without rules', async () => {
    expect(await look(aGroup({ rules: [] }))).toEqual({
      kind: 'compliant',
      because: `The default group ${groupId} has no inbound and no outbound rules.`,
    });
  });

  it('is a group that is gone', async () => {
    expect(await look(new MemoryEc2())).toEqual({
      kind: 'compliant',
      because: `The security group ${groupId} does not exist any more.`,
    });
    const empty = { call: async () => ({ $metadata: {} }) };
    expect((await look(empty)).kind).toBe('compliant');
  });
});

describe('a refusal', () => {
  it('is for every group that is not the default one', async () => {
    expect(await look(aGroup({ name: 'default-web' }))).toEqual({
      kind: 'refusal',
      because: `The security group ${groupId} is named “default-web”. Only the group that AWS names “default” is emptied.`,
    });
  });

  it('is for a group of which EC2 tells nothing: unknown means hold (law 10)', async () => {
    const bare = {
      call: async (name: string) =>
        name === 'ec2:DescribeSecurityGroups'
          ? { SecurityGroups: [{}], $metadata: {} }
          : { $metadata: {} },
    };

    expect((await look(bare)).kind).toBe('refusal');
  });

  it('is an error where the look is not allowed (law 10)', async () => {
    const ec2 = aGroup();
    for (const at of [0, 1, 2, 3]) {
      ec2.fail(at);
      await expect(look(ec2)).rejects.toThrow('UnauthorizedOperation');
    }
  });
});
