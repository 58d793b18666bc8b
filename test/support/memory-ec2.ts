import type {
  IpPermission,
  NetworkInterface,
  SecurityGroupRule,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import { awsError, MemoryAws, type Handlers } from './memory-aws';

interface Group {
  name: string;
  vpc: string;
  rules: SecurityGroupRule[];
}

/** What the calls that change rules have in common. */
interface Rules {
  GroupId?: string | undefined;
  IpPermissions?: IpPermission[] | undefined;
  TagSpecifications?: TagSpecification[] | undefined;
}

/** EC2's security groups in memory: one rule per protocol, ports and source, AWS's error codes, pages, and faults on wish. */
export class MemoryEc2 extends MemoryAws {
  readonly groups = new Map<string, Group>();
  readonly interfaces: NetworkInterface[] = [];
  /** Rules that a group may have on each side. */
  quota = 1000;
  pageSize = 1000;
  /** So many reads after a change still show what stood before it. */
  lag = 0;
  #stale: { group: Group; rules: SecurityGroupRule[]; reads: number } | undefined;
  #ids = 0;

  group(id: string, rules: readonly SecurityGroupRule[] = []): Group {
    const group = { name: 'web', vpc: 'vpc-1', rules: rules.map((rule) => this.#numbered(rule)) };
    this.groups.set(id, group);
    return group;
  }

  constructor(...more: readonly Handlers[]) {
    // The handlers read fields that exist by the time of the first call.
    const handlers: Handlers = {};
    super(handlers, ...more);
    Object.assign(handlers, this.#calls);
  }

  #numbered(rule: SecurityGroupRule): SecurityGroupRule {
    this.#ids += 1;
    return { IsEgress: false, ...rule, SecurityGroupRuleId: `sgr-${this.#ids}` };
  }

  #find(id = ''): Group {
    const group = this.groups.get(id);
    if (!group) throw awsError('InvalidGroup.NotFound');
    return group;
  }

  #change(group: Group, rules: SecurityGroupRule[]): void {
    if (this.lag > 0) this.#stale = { group, rules: group.rules, reads: this.lag };
    group.rules = rules;
  }

  #visible(group: Group | undefined): readonly SecurityGroupRule[] {
    const stale = this.#stale;
    if (!group || !stale || stale.group !== group || stale.reads === 0) return group?.rules ?? [];
    stale.reads -= 1;
    return stale.rules;
  }

  #authorize({ GroupId, IpPermissions = [], TagSpecifications }: Rules, IsEgress: boolean) {
    const group = this.#find(GroupId);
    const added = IpPermissions.flatMap((each) => rulesOf(each, IsEgress, TagSpecifications));
    if (added.some((rule) => group.rules.some((each) => sameKey(each, rule))))
      throw awsError('InvalidPermission.Duplicate');
    const standing = group.rules.filter((each) => each.IsEgress === IsEgress).length;
    if (standing + added.length > this.quota) throw awsError('RulesPerSecurityGroupLimitExceeded');
    this.#change(group, [...group.rules, ...added.map((rule) => this.#numbered(rule))]);
    return { Return: true };
  }

  #revoke({ GroupId, IpPermissions = [] }: Rules, IsEgress: boolean) {
    const group = this.#find(GroupId);
    const gone = IpPermissions.flatMap((each) => rulesOf(each, IsEgress));
    if (!gone.every((rule) => group.rules.some((each) => sameKey(each, rule))))
      throw awsError('InvalidPermission.NotFound');
    this.#change(
      group,
      group.rules.filter((rule) => !gone.some((each) => sameKey(each, rule))),
    );
    return { Return: true };
  }

  readonly #calls: Handlers = {
    'ec2:DescribeSecurityGroups': ({ GroupIds = [] }) => ({
      SecurityGroups: GroupIds.map((GroupId) => {
        const { name, vpc } = this.#find(GroupId);
        return { GroupId, GroupName: name, VpcId: vpc };
      }),
    }),
    'ec2:DescribeSecurityGroupRules': ({ Filters = [], NextToken }) => {
      const group = this.groups.get(Filters[0]?.Values?.[0] ?? '');
      const { items, ...page } = paged(this.#visible(group), this.pageSize, NextToken);
      return { SecurityGroupRules: items.map((rule) => ({ ...rule })), ...page };
    },
    'ec2:DescribeNetworkInterfaces': ({ Filters = [], NextToken }) => {
      const id = Filters[0]?.Values?.[0];
      const using = this.interfaces.filter(({ Groups = [] }) =>
        Groups.some(({ GroupId }) => GroupId === id),
      );
      const { items, ...page } = paged(using, this.pageSize, NextToken);
      return { NetworkInterfaces: items, ...page };
    },
    'ec2:AuthorizeSecurityGroupIngress': (input) => this.#authorize(input, false),
    'ec2:AuthorizeSecurityGroupEgress': (input) => this.#authorize(input, true),
    'ec2:RevokeSecurityGroupIngress': (input) => this.#revoke(input, false),
    'ec2:RevokeSecurityGroupEgress': (input) => this.#revoke(input, true),
  };
}

export const paged = <T>(all: readonly T[], size: number, token = '0') => {
  const end = Number(token) + size;
  return {
    items: all.slice(Number(token), end),
    ...(end < all.length && { NextToken: String(end) }),
  };
};

/** EC2 tells the rules of one side apart by protocol, ports and source, whatever their words and tags. */
export const sameKey = (a: SecurityGroupRule, b: SecurityGroupRule): boolean =>
  a.IsEgress === b.IsEgress && keyOf(a) === keyOf(b);

const keyOf = (rule: SecurityGroupRule): string =>
  [
    rule.IpProtocol,
    rule.FromPort,
    rule.ToPort,
    rule.CidrIpv4,
    rule.CidrIpv6,
    rule.PrefixListId,
    rule.ReferencedGroupInfo?.GroupId,
  ].join(' ');

const names: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp' };

/** One rule per source of the permission. */
export const rulesOf = (
  permission: IpPermission,
  IsEgress: boolean,
  tags: readonly TagSpecification[] = [],
): SecurityGroupRule[] => {
  const { IpProtocol = '-1', FromPort = -1, ToPort = -1 } = permission;
  const base = { IpProtocol: names[IpProtocol] ?? IpProtocol, FromPort, ToPort, IsEgress };
  const rule = (source: SecurityGroupRule, Description?: string): SecurityGroupRule => ({
    ...base,
    ...source,
    ...(Description && { Description }),
    Tags: tags.flatMap(({ Tags = [] }) => Tags),
  });
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => rule({ CidrIpv4: CidrIp }, Description)),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => rule({ CidrIpv6 }, Description)),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) =>
      rule({ PrefixListId }, Description),
    ),
    ...UserIdGroupPairs.map(({ GroupId = '', UserId = '', Description }) =>
      rule({ ReferencedGroupInfo: { GroupId, UserId } }, Description),
    ),
  ];
};
