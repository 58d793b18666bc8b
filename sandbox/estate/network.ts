import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';

import { ownedBy, tagList } from './tags';

export interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly groups: {
    /** `web-sg`: HTTPS for the world, and an SSH rule that somebody forgot. */
    readonly web: string;
    /** `legacy-rdp-sg`: RDP for the world, IPv4 and IPv6. */
    readonly rdp: string;
    /** `internal-sg`: nothing wrong with it. */
    readonly internal: string;
    /** `reporting-sg`: PostgreSQL for the world; the public database is in it. */
    readonly reporting: string;
    /** AWS's own: it has rules, and something that nobody gave a group is in it. */
    readonly default: string;
  };
}

const tcp = (from: number, to = from): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
});

const v4 = (CidrIp: string, Description?: string) => ({
  IpRanges: [{ CidrIp, ...(Description ? { Description } : {}) }],
});

const v6 = (CidrIpv6: string, Description?: string) => ({
  Ipv6Ranges: [{ CidrIpv6, ...(Description ? { Description } : {}) }],
});

const rules = {
  'web-sg': [
    { ...tcp(22), ...v4('0.0.0.0/0', 'temporary ssh, remove after migration') },
    { ...tcp(20, 25), ...v6('::/0', 'file transfer and mail relay') },
    { ...tcp(443), ...v4('0.0.0.0/0', 'public website') },
    { ...tcp(22), ...v4('10.0.0.0/8', 'bastion') },
  ],
  'legacy-rdp-sg': [
    { ...tcp(3389), ...v4('0.0.0.0/0', 'vendor access') },
    { ...tcp(3389), ...v6('::/0') },
  ],
  'internal-sg': [{ ...tcp(5432), ...v4('10.20.0.0/16', 'database clients') }],
  'reporting-sg': [{ ...tcp(5432), ...v4('0.0.0.0/0', 'reports of the agency') }],
} satisfies Record<string, IpPermission[]>;

const createGroup = async (
  ec2: EC2Client,
  VpcId: string,
  GroupName: keyof typeof rules,
): Promise<string> => {
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName.replace('-sg', '') }),
  );
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: rules[GroupName] }),
  );
  return GroupId;
};

/** As AWS makes it, each lets in its own members and everything out; here somebody has added to it. */
const useDefaultGroup = async (ec2: EC2Client, vpcId: string, SubnetId: string) => {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const GroupId = SecurityGroups?.[0]?.GroupId ?? '';
  const IpPermissions = [
    { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] },
    { ...tcp(8080), ...v4('198.51.100.0/24', 'office') },
  ];
  await Promise.all([
    ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })),
    ec2.send(
      new CreateNetworkInterfaceCommand({
        SubnetId,
        Groups: [GroupId],
        Description: 'nightly export',
      }),
    ),
  ]);
  return GroupId;
};

export const createNetwork = async (ec2: EC2Client): Promise<Network> => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  const subnet = async (CidrBlock: string, AvailabilityZone: string): Promise<string> => {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone }),
    );
    return Subnet?.SubnetId ?? '';
  };
  const [subnetA, subnetB, web, rdp, internal, reporting] = await Promise.all([
    subnet('10.20.1.0/24', 'us-east-1a'),
    subnet('10.20.2.0/24', 'us-east-1b'),
    createGroup(ec2, vpcId, 'web-sg'),
    createGroup(ec2, vpcId, 'legacy-rdp-sg'),
    createGroup(ec2, vpcId, 'internal-sg'),
    createGroup(ec2, vpcId, 'reporting-sg'),
  ]);
  const tag = (Owner: string, ...Resources: string[]) =>
    ec2.send(new CreateTagsCommand({ Resources, Tags: tagList(ownedBy(Owner)) }));
  const [ofAws] = await Promise.all([
    useDefaultGroup(ec2, vpcId, subnetA),
    tag('platform-team', vpcId, internal),
    tag('web-team', web),
    tag('support-team', rdp),
    tag('orders-team', reporting),
  ]);
  const groups = { web, rdp, internal, reporting, default: ofAws };
  return { vpcId, subnetIds: [subnetA, subnetB], groups };
};
