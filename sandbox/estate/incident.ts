import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachVolumeCommand,
  CreateNetworkInterfaceCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { SSMClient, StartSessionCommand } from '@aws-sdk/client-ssm';

import type { ClientSettings } from '../stack';
import { workloads } from './accounts';
import type { Fleet } from './fleet';
import type { Identities } from './identities';
import type { Network } from './network';
import type { Servers } from './servers';
import { ownedBy, tagList } from './tags';

/** What else hangs on the compromised web server: whoever isolates it meets all of it. */
export interface Incident {
  /** Its second volume; Auto Scaling and its root volume know nothing of it. */
  readonly volume: string;
  readonly allocationId: string;
  /** The load balancer's own interface beside it, in the same group: nobody else may change that. */
  readonly balancerInterface: string;
  /** Registered by hand, on a port of its own: Auto Scaling does not look after this one. */
  readonly adminTargets: { readonly arn: string; readonly port: number };
  /** Somebody has a shell on it by Systems Manager. */
  readonly session: string;
}

const agent = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*'],
      Resource: '*',
    },
  ],
};

const attachVolume = async (ec2: EC2Client, InstanceId: string): Promise<string> => {
  const Tags = tagList(ownedBy('web-team', { Name: 'web-data' }));
  const { VolumeId = '' } = await ec2.send(
    new CreateVolumeCommand({
      Size: 40,
      VolumeType: 'gp3',
      AvailabilityZone: 'us-east-1a',
      TagSpecifications: [{ ResourceType: 'volume', Tags }],
    }),
  );
  await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: '/dev/sdf' }));
  return VolumeId;
};

const giveAddress = async (ec2: EC2Client, NetworkInterfaceId: string): Promise<string> => {
  const asked = { Domain: 'vpc' as const, Address: '198.51.100.24' };
  const { AllocationId = '' } = await ec2.send(new AllocateAddressCommand(asked));
  await ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }));
  return AllocationId;
};

const createBalancerInterface = async (
  ec2: EC2Client,
  { subnetIds: [SubnetId], groups }: Network,
): Promise<string> => {
  // The launcher of moto takes the tag for the service that asks, and keeps it to itself.
  const Tags = [{ Key: 'sandbox:requester', Value: 'amazon-elb' }];
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId,
      Groups: [groups.web],
      Description: 'ELB app/web/50dc6c495c0c9188',
      TagSpecifications: [{ ResourceType: 'network-interface', Tags }],
    }),
  );
  return NetworkInterface?.NetworkInterfaceId ?? '';
};

const registerByHand = async (
  balancing: ElasticLoadBalancingV2Client,
  VpcId: string,
  LoadBalancerArn: string,
  Id: string,
): Promise<Incident['adminTargets']> => {
  const asked = { Name: 'web-admin', Protocol: 'HTTPS' as const, Port: 443, VpcId };
  const { TargetGroups } = await balancing.send(new CreateTargetGroupCommand(asked));
  const arn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: arn }];
  const listener = { LoadBalancerArn, Protocol: 'HTTP' as const, Port: 8080, DefaultActions };
  await balancing.send(new CreateListenerCommand(listener));
  const Targets = [{ Id, Port: 9443 }];
  await balancing.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));
  return { arn, port: 9443 };
};

/** Lets the agents of both servers report, and opens a session on one. */
const openSession = async (
  settings: ClientSettings,
  RoleName: string,
  Target: string,
): Promise<string> => {
  const iam = new IAMClient(settings);
  const policy = { PolicyName: 'systems-manager', PolicyDocument: JSON.stringify(agent) };
  await iam.send(new PutRolePolicyCommand({ RoleName, ...policy }));
  const { SessionId = '' } = await new SSMClient(settings).send(
    new StartSessionCommand({ Target }),
  );
  return SessionId;
};

export const createIncident = async (
  settings: ClientSettings,
  network: Network,
  { web, interfaces }: Servers,
  fleet: Fleet,
  { role }: Identities,
): Promise<Incident> => {
  const ec2 = new EC2Client(settings);
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const wishes = {
    'sandbox:compromised': 'yes',
    'sandbox:session-owner': `arn:aws:iam::${workloads}:user/dana`,
  };
  await ec2.send(new CreateTagsCommand({ Resources: [web], Tags: tagList(wishes) }));
  const [volume, allocationId, balancerInterface, adminTargets, session] = await Promise.all([
    attachVolume(ec2, web),
    giveAddress(ec2, interfaces.primary),
    createBalancerInterface(ec2, network),
    registerByHand(balancing, network.vpcId, fleet.loadBalancer, web),
    openSession(settings, role, web),
  ]);
  return { volume, allocationId, balancerInterface, adminTargets, session };
};
