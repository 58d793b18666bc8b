import { ruleOf, ruleText } from '../../src/operations/ec2/ingress-rule';
import {
  readIngressRules,
  replaceIngressRules,
} from '../../src/operations/ec2/replace-ingress-rules';
import { groupId } from '../support/builders';
import { awsError } from '../support/memory-aws';
import { MemoryEc2 } from '../support/memory-ec2';
import { rule, standing } from './samples/ec2-rules';

const aGroup = (...rules: Parameters<typeof standing>[0][]) => {
  const ec2 = new MemoryEc2();
  ec2.group(groupId, rules.map(standing));
  return ec2;
};

describe('the line for people', () => {
  it.each([
    [rule(22, 22), 'TCP 22 from 0.0.0.0/0'],
    [rule(20, 25, { description: 'temporary' }), 'TCP 20–25 from 0.0.0.0/0 “temporary”'],
    [rule(3389, 3389, { protocol: 'udp' }), 'UDP 3389 from 0.0.0.0/0'],
    [rule(-1, -1, { protocol: '-1' }), 'All traffic from 0.0.0.0/0'],
    [rule(-1, -1, { protocol: 'icmp' }), 'ICMP from 0.0.0.0/0'],
    [rule(8, -1, { protocol: 'icmp' }), 'ICMP type 8 from 0.0.0.0/0'],
    [rule(-1, -1, { protocol: '47' }), 'GRE from 0.0.0.0/0'],
    [rule(-1, -1, { protocol: '132' }), 'IP protocol 132 from 0.0.0.0/0'],
    [rule(22, 22, { source: { kind: 'prefix list', id: 'pl-1' } }), 'TCP 22 from pl-1'],
  ])('of a rule says what it lets in', (given, words) => {
    expect(ruleText(given)).toBe(words);
  });

  it('of the operation counts the rules', () => {
    const input = { groupId, remove: [rule(22, 22)], add: [] };

    expect(replaceIngressRules.describe(input)).toBe(`Replace 1 inbound rule of ${groupId} by 0`);
    expect(replaceIngressRules.describe({ ...input, remove: [rule(1, 1), rule(2, 2)] })).toBe(
      `Replace 2 inbound rules of ${groupId} by 0`,
    );
  });
});

describe('a rule as EC2 tells it', () => {
  it('is read whatever its source is', () => {
    const read = [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv6: '::/0' },
      { PrefixListId: 'pl-1', Tags: [{ Key: 'a', Value: 'b' }, {}] },
      { ReferencedGroupInfo: { GroupId: 'sg-2', UserId: '999988887777' }, Description: 'peer' },
      { ReferencedGroupInfo: {} },
      {},
    ].map(ruleOf);

    expect(read.map(({ source }) => source)).toEqual([
      { kind: 'ipv6', id: '::/0' },
      { kind: 'prefix list', id: 'pl-1' },
      { kind: 'group', id: 'sg-2', owner: '999988887777' },
      { kind: 'group', id: 'unknown', owner: '' },
      { kind: 'group', id: 'unknown', owner: '' },
    ]);
    expect(read[1]).toMatchObject({ protocol: '-1', from: -1, to: -1, tags: { a: 'b', '': '' } });
  });

  it('is read over all pages, inbound only, in one order', async () => {
    const ec2 = aGroup(rule(443, 443), rule(22, 22), rule(80, 80));
    ec2.groups.get(groupId)?.rules.push({ IsEgress: true, IpProtocol: '-1' });
    ec2.pageSize = 1;

    const rules = await readIngressRules(ec2, groupId);

    expect(rules.map(({ from }) => from)).toEqual([22, 443, 80]);
    expect(ec2.calls).toHaveLength(4);
  });

  it('is none where EC2 answers with nothing', async () => {
    const call = () => Promise.resolve({ $metadata: {} });

    expect(await readIngressRules({ call }, groupId)).toEqual([]);
  });
});

describe('a change', () => {
  const wide = rule(20, 25);
  const input = { groupId, remove: [wide], add: [rule(20, 21), rule(23, 25)] };

  it('adds the narrower rules before it takes the wide one away', async () => {
    const ec2 = aGroup(wide);

    await replaceIngressRules.apply(ec2, input, [wide], 'rem-0000000000/0');

    expect(ec2.calls.map(({ name }) => name)).toEqual([
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:RevokeSecurityGroupIngress',
    ]);
  });

  it('takes what somebody else did meanwhile for done', async () => {
    const ec2 = aGroup(rule(20, 21));

    await replaceIngressRules.apply(ec2, input, [wide], 'rem-0000000000/0');

    expect((await readIngressRules(ec2, groupId)).map(({ from }) => from)).toEqual([20, 23]);
  });

  it('fails with EC2’s own code when the group is gone', async () => {
    const ec2 = new MemoryEc2();

    await expect(replaceIngressRules.apply(ec2, input, [], 'rem-0000000000/0')).rejects.toThrow(
      'InvalidGroup.NotFound',
    );
    await expect(
      replaceIngressRules.apply(ec2, { ...input, add: [] }, [wide], 'rem-0000000000/0'),
    ).rejects.toThrow('InvalidGroup.NotFound');
  });

  it('that the quota stops leaves the wide rule where it is', async () => {
    const ec2 = aGroup(wide);
    ec2.quota = 2;

    const applied = replaceIngressRules.apply(ec2, input, [wide], 'rem-0000000000/0');

    await expect(applied).rejects.toThrow(awsError('RulesPerSecurityGroupLimitExceeded').message);
    expect(await readIngressRules(ec2, groupId)).toContainEqual(wide);
  });
});

describe('the way back', () => {
  const wide = rule(20, 25, { description: 'temporary', tags: { owner: 'web' } });
  const input = { groupId, remove: [wide], add: [rule(20, 21), rule(23, 25)] };

  it('gives a rule that was added again by hand its words and tags back', async () => {
    const ec2 = aGroup(rule(20, 25, { description: 'by hand' }));
    const now = await readIngressRules(ec2, groupId);

    await replaceIngressRules.undo(ec2, input, [wide], now);

    expect(replaceIngressRules.restored(now, input, [wide])).toBe(false);
    expect(await readIngressRules(ec2, groupId)).toEqual([wide]);
  });

  it('leaves a rest that was another rule before', async () => {
    const before = [rule(20, 21), wide];
    const ec2 = aGroup(rule(20, 21), rule(23, 25));

    await replaceIngressRules.undo(ec2, input, before, await readIngressRules(ec2, groupId));

    expect(await readIngressRules(ec2, groupId)).toEqual(before);
  });

  it('tells what others added and removed since', () => {
    const drift = replaceIngressRules.drift([rule(1, 1), rule(2, 2)], [rule(2, 2), rule(3, 3)]);

    expect(drift).toEqual([
      'added since: TCP 3 from 0.0.0.0/0',
      'removed since: TCP 1 from 0.0.0.0/0',
    ]);
  });
});
