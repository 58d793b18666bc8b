import type {
  Filter,
  IpPermission,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Tag,
} from '@aws-sdk/client-ec2';
import { hash } from '../../src/domain/canonical';
import { awsError, type Handlers } from './memory-aws';
import { paged, rulesOf, sameKey } from './memory-ec2';

export interface MemoryGroup {
  id: string;
  name: string;
  vpc: string;
  tags: Readonly<Record<string, string>>;
  rules: SecurityGroupRule[];
}

/** Network interfaces and the groups of their VPCs, in the hands of the test. */
export class Network {
  groups: MemoryGroup[] = [];
  interfaces: NetworkInterface[] = [];
  /** Has the VPC addresses of IPv6? Then a new group lets IPv6 out as well. */
  ipv6 = false;
  groupQuota = 2500;
  pageSize = 1000;
  /** So many looks pass before a new group shows, to describe and to attach. */
  lag = 0;
  #ids = 0;
  readonly #unseen = new Map<string, number>();

  group(name: string, more: Partial<MemoryGroup> = {}): MemoryGroup {
    const { vpc = 'vpc-1' } = more;
    // The same whatever was made before it: what a broken-off try leaves is compared with the end of a whole one.
    const id = `sg-${hash([vpc, name]).slice(0, 17)}`;
    const group = { id, name, vpc, tags: {}, rules: [], ...more };
    this.groups.push(group);
    return group;
  }

  /** Adds a rule, as somebody might. */
  open(group: MemoryGroup, permission: IpPermission, IsEgress = false): void {
    for (const rule of rulesOf(permission, IsEgress)) {
      this.#ids += 1;
      group.rules.push({ ...rule, GroupId: group.id, SecurityGroupRuleId: `sgr-${this.#ids}` });
    }
  }

  create(name: string, vpc: string, tags: MemoryGroup['tags']): MemoryGroup {
    // EC2 tells the names of one VPC apart whatever their case.
    const same = (each: MemoryGroup) =>
      each.vpc === vpc && each.name.toLowerCase() === name.toLowerCase();
    if (this.groups.some(same)) throw awsError('InvalidGroup.Duplicate');
    if (this.groups.length >= this.groupQuota) throw awsError('SecurityGroupLimitExceeded');
    const group = this.group(name, { vpc, tags });
    this.open(group, { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, true);
    if (this.ipv6) this.open(group, { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, true);
    if (this.lag > 0) this.#unseen.set(group.id, this.lag);
    return group;
  }

  /** Does it show by now? Each look counts. */
  shows({ id }: MemoryGroup): boolean {
    const looks = this.#unseen.get(id) ?? 0;
    this.#unseen.set(id, looks - 1);
    return looks <= 0;
  }

  find(id: string | undefined): MemoryGroup {
    const group = this.groups.find((each) => each.id === id);
    if (!group) throw awsError('InvalidGroup.NotFound');
    return group;
  }

  groupsOf(id: string): string[] {
    const found = this.interfaces.find((each) => each.NetworkInterfaceId === id);
    return (found?.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  }

  setGroups(id: string | undefined, groups: readonly string[]): void {
    const at = this.interfaces.findIndex((each) => each.NetworkInterfaceId === id);
    const standing = this.interfaces[at];
    if (!standing) throw awsError('InvalidNetworkInterfaceID.NotFound');
    if (standing.RequesterManaged || standing.Operator?.Managed)
      throw awsError('OperationNotPermitted');
    if (groups.length === 0) throw awsError('InvalidParameterValue');
    if (groups.length > 5) throw awsError('SecurityGroupsPerInterfaceLimitExceeded');
    const Groups = groups.map((each) => {
      const { id: GroupId, name: GroupName, vpc } = this.find(each);
      if (vpc !== standing.VpcId) throw awsError('InvalidParameterValue');
      return { GroupId, GroupName };
    });
    this.interfaces[at] = { ...standing, Groups };
  }

  tag(id: string | undefined, change: (tags: Tag[]) => Tag[]): void {
    const at = this.interfaces.findIndex((each) => each.NetworkInterfaceId === id);
    const standing = this.interfaces[at];
    if (!standing) throw awsError('InvalidNetworkInterfaceID.NotFound');
    this.interfaces[at] = { ...standing, TagSet: change(standing.TagSet ?? []) };
  }
}

export const memoryInterfaces = (network: Network): Handlers => ({
  'ec2:DescribeNetworkInterfaces': ({ Filters = [], NextToken }) => {
    const found = network.interfaces.filter((each) => Filters.every(passes(interfaceText(each))));
    const { items, ...page } = paged(found, network.pageSize, NextToken);
    return { NetworkInterfaces: items, ...page };
  },
  'ec2:ModifyNetworkInterfaceAttribute': ({ NetworkInterfaceId, Groups = [] }) => {
    network.setGroups(NetworkInterfaceId, Groups);
    return {};
  },
  'ec2:DescribeSecurityGroups': ({ Filters = [], NextToken }) => {
    const found = network.groups.filter((each) => Filters.every(passes(groupText(each))));
    const { items, ...page } = paged(
      found.filter((each) => network.shows(each)),
      network.pageSize,
      NextToken,
    );
    return { SecurityGroups: items.map(described), ...page };
  },
  'ec2:DescribeSecurityGroupRules': ({ Filters = [], NextToken }) => {
    const all = network.groups.filter((each) => Filters.every(passes(groupText(each))));
    const rules = all.flatMap((each) => each.rules);
    const { items, ...page } = paged(rules, network.pageSize, NextToken);
    return { SecurityGroupRules: items, ...page };
  },
  'ec2:CreateSecurityGroup': ({ GroupName = '', VpcId = '', TagSpecifications = [] }) => {
    const tags = TagSpecifications.flatMap(({ Tags = [] }) => Tags);
    const entries = tags.map(({ Key = '', Value = '' }) => [Key, Value]);
    return { GroupId: network.create(GroupName, VpcId, Object.fromEntries(entries)).id };
  },
  'ec2:AuthorizeSecurityGroupIngress': (input) => authorize(network, input, false),
  'ec2:AuthorizeSecurityGroupEgress': (input) => authorize(network, input, true),
  'ec2:RevokeSecurityGroupIngress': (input) => revoke(network, input, false),
  'ec2:RevokeSecurityGroupEgress': (input) => revoke(network, input, true),
  'ec2:CreateTags': ({ Resources = [], Tags = [] }) => {
    const isNew = ({ Key }: Tag) => !Tags.some((each) => each.Key === Key);
    for (const id of Resources) network.tag(id, (old) => [...old.filter(isNew), ...Tags]);
    return {};
  },
  'ec2:DeleteTags': ({ Resources = [], Tags = [] }) => {
    const stays = ({ Key }: Tag) => !Tags.some((each) => each.Key === Key);
    for (const id of Resources) network.tag(id, (old) => old.filter(stays));
    return {};
  },
});

type Texts = Readonly<Record<string, readonly (string | undefined)[]>>;

const passes =
  (texts: Texts) =>
  ({ Name = '', Values = [] }: Filter): boolean => {
    const own = texts[Name];
    if (!own && !Name.startsWith('tag:')) throw awsError('InvalidParameterValue');
    return (own ?? []).some((text) => text !== undefined && Values.includes(text));
  };

const interfaceText = (each: NetworkInterface): Texts => ({
  'attachment.instance-id': [each.Attachment?.InstanceId],
  'network-interface-id': [each.NetworkInterfaceId],
});

const groupText = ({ id, vpc, tags }: MemoryGroup): Texts => ({
  'group-id': [id],
  'vpc-id': [vpc],
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`tag:${key}`, [value]])),
});

const described = ({ id, name, vpc, tags, rules }: MemoryGroup): SecurityGroup => {
  const side = (egress: boolean) =>
    rules
      .filter(({ IsEgress = false }) => IsEgress === egress)
      .map(({ IpProtocol }) => ({ IpProtocol }));
  return {
    GroupId: id,
    GroupName: name,
    VpcId: vpc,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    IpPermissions: side(false),
    IpPermissionsEgress: side(true),
  };
};

interface Change {
  GroupId?: string | undefined;
  IpPermissions?: IpPermission[] | undefined;
  SecurityGroupRuleIds?: string[] | undefined;
}

const authorize = (network: Network, input: Change, egress: boolean) => {
  const group = network.find(input.GroupId);
  for (const permission of input.IpPermissions ?? []) {
    const added = rulesOf(permission, egress);
    if (added.some((rule) => group.rules.some((each) => sameKey(each, rule))))
      throw awsError('InvalidPermission.Duplicate');
    network.open(group, permission, egress);
  }
  return { Return: true };
};

/** All of the rules or none: one that is not there fails the call. */
const revoke = (network: Network, input: Change, egress: boolean) => {
  const group = network.find(input.GroupId);
  const ids = input.SecurityGroupRuleIds ?? [];
  if (ids.length === 0) throw awsError('MissingParameter');
  const has = (id: string) =>
    group.rules.some(
      (rule) => rule.SecurityGroupRuleId === id && (rule.IsEgress ?? false) === egress,
    );
  if (!ids.every(has)) throw awsError('InvalidSecurityGroupRuleId.NotFound');
  group.rules = group.rules.filter(
    ({ SecurityGroupRuleId = '' }) => !ids.includes(SecurityGroupRuleId),
  );
  return { Return: true };
};
