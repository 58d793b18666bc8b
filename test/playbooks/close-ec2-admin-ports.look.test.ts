import fc from 'fast-check';
import type { Plan } from '../../src/domain/plan';
import type { Asked } from '../../src/domain/playbook';
import type { Aws } from '../../src/operations/aws';
import type { IngressRule } from '../../src/operations/ec2/ingress-rule';
import { ruleKey, sameRule } from '../../src/operations/ec2/ingress-rule';
import {
  readIngressRules,
  replaceIngressRules,
  type ReplaceIngressRules,
} from '../../src/operations/ec2/replace-ingress-rules';
import { closeEc2AdminPorts } from '../../src/playbooks/close-ec2-admin-ports/playbook';
import { anAsked, groupId } from '../support/builders';
import { MemoryEc2 } from '../support/memory-ec2';
import { rule, standing } from '../operations/samples/ec2-rules';
import { isOpen, reaches } from './reach';

const read = (aws: Aws, asked: Asked) => closeEc2AdminPorts.read(aws, asked);

const aGroup = (rules: readonly IngressRule[]) => {
  const ec2 = new MemoryEc2();
  ec2.group(groupId, rules.map(standing));
  return ec2;
};

const planIn = async (ec2: MemoryEc2, control?: string): Promise<Plan | undefined> => {
  const asked = anAsked(control ? { control } : {});
  const planned = closeEc2AdminPorts.plan(await read(ec2, asked), asked);
  return planned.kind === 'plan' ? planned.plan : undefined;
};

describe('a look', () => {
  it('finds a group that is gone', async () => {
    expect(await read(new MemoryEc2(), anAsked())).toEqual({ kind: 'missing' });
  });

  it('knows the groups of isolations by name and tag', async () => {
    const groups = [
      {
        GroupName: 'drawbridge-transition',
        Tags: [{ Key: 'DrawbridgeGroup', Value: 'transition' }],
      },
    ];
    const ec2 = { call: async () => ({ SecurityGroups: groups, $metadata: {} }) };

    expect(await read(ec2 as Aws, anAsked())).toEqual({
      kind: 'ours',
      name: 'drawbridge-transition',
    });
  });

  it('passes any other error on (law 10)', async () => {
    const ec2 = aGroup([]);
    ec2.fail(0);

    await expect(read(ec2, anAsked())).rejects.toThrow('UnauthorizedOperation');
  });

  it('reads the users of the group over all pages', async () => {
    const ec2 = aGroup([]);
    const Groups = [{ GroupId: groupId }];
    ec2.pageSize = 1;
    ec2.interfaces.push(
      { NetworkInterfaceId: 'eni-1', Groups, Attachment: { InstanceId: 'i-1' } },
      { Groups, Description: 'ELB', Association: { PublicIp: '203.0.113.1' } },
      { NetworkInterfaceId: 'eni-3' },
    );

    expect(await read(ec2, anAsked())).toMatchObject({
      name: 'web',
      vpc: 'vpc-1',
      users: [
        { networkInterface: 'unknown', description: 'ELB', publicAddress: true },
        { networkInterface: 'eni-1', instance: 'i-1', description: '', publicAddress: false },
      ],
    });
  });

  it('takes what EC2 leaves out for nothing', async () => {
    const ec2 = {
      call: async (name: string) =>
        name === 'ec2:DescribeSecurityGroups'
          ? { SecurityGroups: [{}], $metadata: {} }
          : { $metadata: {} },
    };

    expect(await read(ec2, anAsked())).toEqual({
      kind: 'group',
      name: '',
      vpc: '',
      rules: [],
      users: [],
    });
    const empty = { call: async () => ({ $metadata: {} }) };
    expect(await read(empty, anAsked())).toEqual({ kind: 'missing' });
  });
});

const sources: readonly IngressRule['source'][] = [
  { kind: 'ipv4', id: '0.0.0.0/0' },
  { kind: 'ipv6', id: '::/0' },
  { kind: 'ipv4', id: '10.0.0.0/8' },
  { kind: 'prefix list', id: 'pl-1' },
  { kind: 'group', id: 'sg-2', owner: '999988887777' },
];
/** Ports near the edges of what is closed, where mistakes are made. */
const edges = [0, 1, 20, 21, 22, 23, 24, 3387, 3388, 3389, 3390, 3391, 65_534, 65_535];
const edge = fc.constantFrom(...edges);
const ported = fc
  .tuple(fc.constantFrom('tcp', 'udp'), edge, edge)
  .map(([protocol, a, b]) => ({ protocol, from: Math.min(a, b), to: Math.max(a, b) }));
const portless = fc
  .constantFrom('-1', 'icmp', 'icmpv6', '47', '132')
  .map((protocol) => ({ protocol, from: -1, to: -1 }));
const anyRule: fc.Arbitrary<IngressRule> = fc
  .record({
    ports: fc.oneof({ weight: 4, arbitrary: ported }, portless),
    source: fc.constantFrom(...sources),
    description: fc.constantFrom('', 'temporary', 'Bob’s'),
    tags: fc.constantFrom({}, { owner: 'web' }, { owner: 'web', stage: 'test' }),
  })
  .map(({ ports, ...more }) => ({ ...ports, ...more }));
const anyRules = fc.uniqueArray(anyRule, { selector: ruleKey, maxLength: 8 });
const controls: Readonly<Record<string, readonly [string, number][]>> = {
  'EC2.13': [['tcp', 22]],
  'EC2.14': [
    ['tcp', 3389],
    ['udp', 3389],
  ],
  none: [
    ['tcp', 22],
    ['tcp', 3389],
    ['udp', 3389],
  ],
};
/** What “all traffic” is made of afterwards. ICMP of the other family means nothing. */
const used = ['tcp', 'udp', 'icmp', 'icmpv6', '47', '50', '51'];
const meansNothing = (protocol: string, from: string): boolean =>
  (protocol === 'icmpv6' && from === '0.0.0.0/0') || (protocol === 'icmp' && from === '::/0');

const packets = sources
  .flatMap(({ id: from }) => used.map((protocol) => ({ from, protocol })))
  .filter(({ from, protocol }) => !meansNothing(protocol, from))
  .flatMap((packet) => edges.map((port) => ({ ...packet, port })));

describe('whatever the rules are', () => {
  it('the ports are closed, the rest stays as reachable as it was, and undo gives all back', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRules,
        fc.constantFrom(...Object.keys(controls)),
        async (rules, control) => {
          const ec2 = aGroup(rules);
          const before = await readIngressRules(ec2, groupId);
          const ids = new Set(
            ec2.groups.get(groupId)?.rules.map((each) => each.SecurityGroupRuleId),
          );
          const made = await planIn(ec2, control);
          const closed = controls[control] ?? [];
          const wasOpen = closed.some(([protocol, port]) => isOpen(before, protocol, port));
          expect(made !== undefined).toBe(wasOpen);
          if (!made) return;
          const input = made.steps[0]?.input as ReplaceIngressRules;

          await replaceIngressRules.apply(ec2, input, before, 'rem-0000000000/0');

          const after = await readIngressRules(ec2, groupId);
          for (const [protocol, port] of closed)
            expect([protocol, port, isOpen(after, protocol, port)]).toEqual([
              protocol,
              port,
              false,
            ]);
          const isClosed = (protocol: string, port: number, from: string) =>
            from.endsWith('/0') && closed.some(([p, n]) => p === protocol && n === port);
          const changed = packets.filter(
            (packet) =>
              !isClosed(packet.protocol, packet.port, packet.from) &&
              reaches(after, packet) !== reaches(before, packet),
          );
          expect(changed).toEqual([]);
          const stood = after.filter((each) => before.some((other) => sameRule(each, other)));
          const kept = ec2.groups
            .get(groupId)
            ?.rules.filter((each) => ids.has(each.SecurityGroupRuleId));
          expect(kept).toHaveLength(stood.length);

          await replaceIngressRules.undo(ec2, input, before, after);
          expect(await readIngressRules(ec2, groupId)).toEqual(before);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('a rule that comes back has a new id, as the README says', async () => {
    const ec2 = aGroup([rule(22, 22)]);
    const idNow = () => ec2.groups.get(groupId)?.rules[0]?.SecurityGroupRuleId;
    const [before, id] = [await readIngressRules(ec2, groupId), idNow()];
    const input = (await planIn(ec2))?.steps[0]?.input as ReplaceIngressRules;

    await replaceIngressRules.apply(ec2, input, before, 'rem-0000000000/0');
    await replaceIngressRules.undo(ec2, input, before, await readIngressRules(ec2, groupId));

    expect(idNow()).toMatch(/^sgr-/);
    expect(idNow()).not.toBe(id);
  });
});
