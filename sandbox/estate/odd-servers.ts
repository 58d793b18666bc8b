import {
  CreateSubnetCommand,
  CreateVpcCommand,
  type EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';

import type { Network } from './network';
import { image } from './servers';
import { ownedBy, tagList } from './tags';

/** Instances with which isolation has to be careful, or cannot do all. */
export interface OddServers {
  /** Passes on the traffic of a whole VPC of its own: isolating it cuts all of that off. */
  readonly appliance: string;
  /** AWS may take it back at any minute, and nothing protects it. */
  readonly spot: string;
  /** Has no agent that answers, and no console to take a picture of. */
  readonly stopped: string;
}

const servers: OddServers = {
  appliance: 'i-0aa0bb0cc0dd0ee01',
  spot: 'i-0bb0cc0dd0ee0ff02',
  stopped: 'i-0cc0dd0ee0ff0aa03',
};

const run = (ec2: EC2Client, id: string, Name: string, more: Partial<RunInstancesCommandInput>) =>
  ec2.send(
    new RunInstancesCommand({
      // As for the web server.
      ClientToken: `sandbox-instance-id:${id}`,
      ImageId: image,
      MinCount: 1,
      MaxCount: 1,
      InstanceType: 't3.small',
      TagSpecifications: [
        { ResourceType: 'instance', Tags: tagList(ownedBy('platform-team', { Name })) },
      ],
      ...more,
    }),
  );

const createAppliance = async (ec2: EC2Client): Promise<void> => {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.40.0.0/16' }));
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({
      VpcId: Vpc?.VpcId,
      CidrBlock: '10.40.1.0/24',
      AvailabilityZone: 'us-east-1a',
    }),
  );
  await run(ec2, servers.appliance, 'egress-nat', { SubnetId: Subnet?.SubnetId });
  const change = { InstanceId: servers.appliance, SourceDestCheck: { Value: false } };
  await ec2.send(new ModifyInstanceAttributeCommand(change));
};

export const createOddServers = async (
  ec2: EC2Client,
  { subnetIds: [, SubnetId], groups }: Network,
): Promise<OddServers> => {
  const inside = { SubnetId, SecurityGroupIds: [groups.internal] };
  const createStopped = async () => {
    await run(ec2, servers.stopped, 'batch-idle', inside);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [servers.stopped] }));
  };
  await Promise.all([
    createAppliance(ec2),
    run(ec2, servers.spot, 'batch-spot', {
      ...inside,
      InstanceMarketOptions: { MarketType: 'spot' },
    }),
    createStopped(),
  ]);
  return servers;
};
