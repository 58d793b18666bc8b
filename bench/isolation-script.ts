import { AutoScalingClient, DetachInstancesCommand } from '@aws-sdk/client-auto-scaling';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  DisassociateIamInstanceProfileCommand,
  EC2Client,
  GetConsoleScreenshotCommand,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  waitUntilSnapshotCompleted,
} from '@aws-sdk/client-ec2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash, randomUUID } from 'node:crypto';
import { botAccount, workloads } from '../sandbox/estate';
import { asAccount } from '../sandbox/stack';
import type { World } from '../sandbox/world';
import { openFor } from '../src/playbooks/isolate-ec2-instance/steps';

const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

export interface Scripted {
  /** Milliseconds until the last interface was in quarantine. */
  readonly contained: number;
  /** Of these, waiting for snapshots to complete. */
  readonly waited: number;
  readonly artefacts: number;
}

/**
 * The well-known public way, one step after another: metadata, a screenshot, each volume with its wait, protection, out of the
 * Auto Scaling group, the profile, then the groups of each interface with the wait that the product has as well.
 */
export const byScript = async (world: World, id: string): Promise<Scripted> => {
  const settings = asAccount(world.edge.url, workloads);
  const ec2 = new EC2Client(settings);
  const s3 = new S3Client(asAccount(world.edge.url, botAccount));
  let artefacts = 0;
  const keep = async (name: string, value: unknown): Promise<void> => {
    const Body = JSON.stringify(value);
    const Key = `bench/${randomUUID()}/${name}-${createHash('sha256').update(Body).digest('hex')}`;
    await s3.send(
      new PutObjectCommand({ Bucket: world.deployment.outputs['AuditBucketName'], Key, Body }),
    );
    artefacts += 1;
  };
  const began = performance.now();
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  const instance = Reservations?.[0]?.Instances?.[0];
  await keep('metadata', instance);
  await keep('screenshot', await ec2.send(new GetConsoleScreenshotCommand({ InstanceId: id })));
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({ Filters }));
  let waited = 0;
  for (const { VolumeId } of Volumes) {
    const { SnapshotId = '' } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    const from = performance.now();
    await waitUntilSnapshotCompleted(
      { client: ec2, maxWaitTime: 300 },
      { SnapshotIds: [SnapshotId] },
    );
    waited += performance.now() - from;
    artefacts += 1;
  }
  await ec2.send(
    new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value: true } }),
  );
  await leaveGroup(world, id);
  await dropProfile(ec2, id);
  const VpcId = instance?.VpcId;
  const open = await groupIn(ec2, VpcId, true);
  const shut = await groupIn(ec2, VpcId, false);
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters }),
  );
  const own = NetworkInterfaces.filter(({ RequesterManaged }) => !RequesterManaged);
  const moveTo = async (group: string): Promise<void> => {
    for (const { NetworkInterfaceId } of own)
      await ec2.send(
        new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [group] }),
      );
  };
  await moveTo(open);
  await new Promise((resolve) => setTimeout(resolve, openFor * 1000));
  await moveTo(shut);
  const { NetworkInterfaces: after = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters }),
  );
  const loose = after.filter(
    ({ RequesterManaged, Groups = [] }) =>
      !RequesterManaged && (Groups.length !== 1 || Groups[0]?.GroupId !== shut),
  );
  if (loose.length > 0) throw new Error('the script did not contain every interface');
  return { contained: performance.now() - began, waited, artefacts };
};

const leaveGroup = async ({ estate, edge }: World, id: string): Promise<void> => {
  await new AutoScalingClient(asAccount(edge.url, workloads)).send(
    new DetachInstancesCommand({
      AutoScalingGroupName: estate?.fleet.autoScalingGroup,
      InstanceIds: [id],
      ShouldDecrementDesiredCapacity: true,
    }),
  );
};

const dropProfile = async (ec2: EC2Client, id: string): Promise<void> => {
  const Filters = [{ Name: 'instance-id', Values: [id] }];
  const { IamInstanceProfileAssociations = [] } = await ec2.send(
    new DescribeIamInstanceProfileAssociationsCommand({ Filters }),
  );
  for (const { AssociationId } of IamInstanceProfileAssociations)
    await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
};

const groupIn = async (
  ec2: EC2Client,
  VpcId: string | undefined,
  open: boolean,
): Promise<string> => {
  const GroupName = `bench-${open ? 'open' : 'shut'}-${randomUUID()}`;
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: 'bench', VpcId }),
  );
  if (open)
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [all] }));
  else await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [all] }));
  return GroupId;
};
