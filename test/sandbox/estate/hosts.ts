import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  type EC2Client,
  type Instance,
  RevokeSecurityGroupEgressCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  type IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';

import { image } from '../../../sandbox/estate/servers';

export interface Place {
  readonly vpcId: string;
  readonly subnets: readonly [string, string];
  /** HTTPS in, everything out. */
  readonly open: string;
  /** Nothing in, nothing out. */
  readonly closed: string;
}

const everywhere = [{ CidrIp: '0.0.0.0/0' }];

export const place = async (ec2: EC2Client, network: string): Promise<Place> => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: `${network}.0.0/16` }));
  const VpcId = Vpc?.VpcId ?? '';
  const subnet = async (third: number, AvailabilityZone: string) => {
    const CidrBlock = `${network}.${third}.0/24`;
    const made = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    return made.Subnet?.SubnetId ?? '';
  };
  const group = async (GroupName: string) => {
    const asked = { VpcId, GroupName, Description: GroupName };
    return (await ec2.send(new CreateSecurityGroupCommand(asked))).GroupId ?? '';
  };
  const [a, b, open, closed] = [
    await subnet(1, 'us-east-1a'),
    await subnet(2, 'us-east-1b'),
    await group('open'),
    await group('closed'),
  ];
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: everywhere };
  const all = { IpProtocol: '-1', IpRanges: everywhere };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: open, IpPermissions: [https] }),
  );
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: closed, IpPermissions: [all] }));
  return { vpcId: VpcId, subnets: [a, b], open, closed };
};

export const launch = async (
  ec2: EC2Client,
  { subnets: [SubnetId], open }: Place,
  more: Partial<RunInstancesCommandInput> = {},
): Promise<{ readonly id: string; readonly eni: string }> => {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image,
      InstanceType: 't3.small',
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [open],
      ...more,
    }),
  );
  const { InstanceId = '', NetworkInterfaces = [] } = Instances[0] ?? {};
  return { id: InstanceId, eni: NetworkInterfaces[0]?.NetworkInterfaceId ?? '' };
};

export const look = async (ec2: EC2Client, id: string): Promise<Instance> => {
  const found = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return found.Reservations?.[0]?.Instances?.[0] ?? {};
};

/** Tells the launcher of moto how a thing should behave. */
export const wish = (ec2: EC2Client, id: string, name: string, value = 'yes'): Promise<unknown> =>
  ec2.send(
    new CreateTagsCommand({ Resources: [id], Tags: [{ Key: `sandbox:${name}`, Value: value }] }),
  );

/** The name of the error with which a call was refused. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

export const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

export const agentCalls = ['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*'];

/** A profile and its role, both of that name, which lets an agent report. */
export const profile = async (iam: IAMClient, name: string): Promise<string> => {
  const allow = { Effect: 'Allow', Action: [...agentCalls, 's3:GetObject'], Resource: '*' };
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: '{}' }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: 'agent',
      PolicyDocument: policy(allow),
    }),
  );
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
  const both = { InstanceProfileName: name, RoleName: name };
  await iam.send(new AddRoleToInstanceProfileCommand(both));
  return name;
};
