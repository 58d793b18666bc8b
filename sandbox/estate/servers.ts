import {
  AttachNetworkInterfaceCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  type EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';

import type { Network } from './network';
import { ownedBy, tagList } from './tags';

export interface Servers {
  /** The compromised one. */
  readonly web: string;
  /** A healthy one that shares its role with `web`. */
  readonly worker: string;
  readonly interfaces: { readonly primary: string; readonly second: string };
  readonly launchTemplate: string;
}

/** Amazon Linux 2, which moto has in every Region; to ask for it takes a second. */
export const image = 'ami-04681a1dbd79675a5';

const webId = 'i-1234567890abcdef0';
const workerId = 'i-0fedcba9876543210';

const run = async (
  ec2: EC2Client,
  options: {
    id: string;
    name: string;
    subnet: string;
    group: string;
    profile: string;
  },
): Promise<string> => {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      // The launcher of moto takes the id from here, so that commands in the README can name it.
      ClientToken: `sandbox-instance-id:${options.id}`,
      ImageId: image,
      MinCount: 1,
      MaxCount: 1,
      InstanceType: 't3.small',
      SubnetId: options.subnet,
      SecurityGroupIds: [options.group],
      IamInstanceProfile: { Name: options.profile },
      TagSpecifications: [
        {
          ResourceType: 'instance',
          Tags: tagList(ownedBy('web-team', { Name: options.name })),
        },
      ],
    }),
  );
  return Instances?.[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '';
};

export const createServers = async (
  ec2: EC2Client,
  { subnetIds, groups }: Network,
  profile: string,
): Promise<Servers> => {
  const [subnet] = subnetIds;
  const [primary] = await Promise.all([
    run(ec2, { id: webId, name: 'web-server', subnet, group: groups.web, profile }),
    run(ec2, { id: workerId, name: 'worker', subnet, group: groups.internal, profile }),
  ]);
  const [{ NetworkInterface }, { LaunchTemplate }] = await Promise.all([
    ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet, Groups: [groups.internal] })),
    ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'web',
        LaunchTemplateData: { ImageId: image, InstanceType: 't3.small' },
      }),
    ),
  ]);
  const second = NetworkInterface?.NetworkInterfaceId ?? '';
  await ec2.send(
    new AttachNetworkInterfaceCommand({
      DeviceIndex: 1,
      InstanceId: webId,
      NetworkInterfaceId: second,
    }),
  );
  const launchTemplate = LaunchTemplate?.LaunchTemplateId ?? '';
  return { web: webId, worker: workerId, interfaces: { primary, second }, launchTemplate };
};
