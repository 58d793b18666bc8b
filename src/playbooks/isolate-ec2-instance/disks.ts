import type { Instance } from '@aws-sdk/client-ec2';
import type { Aws } from '../../operations/aws';
import { all } from '../../operations/pages';

/** Volumes that other instances write to at the same time. */
export const readShared = async (aws: Aws, id: string): Promise<string[]> => {
  const volumes = await all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeVolumes', {
      Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
      ...(NextToken && { NextToken }),
    });
    return { items: page.Volumes, next: page.NextToken };
  });
  return volumes
    .filter(({ Attachments = [] }) => Attachments.some(({ InstanceId }) => InstanceId !== id))
    .map(({ VolumeId = '' }) => VolumeId)
    .sort();
};

/** Its root may be there, and its type may have such disks beside. */
export const readStore = async (
  aws: Aws,
  { InstanceType, RootDeviceType }: Instance,
): Promise<boolean> => {
  if (RootDeviceType === 'instance-store') return true;
  if (!InstanceType) return false;
  const asked = { InstanceTypes: [InstanceType] };
  const { InstanceTypes = [] } = await aws.call('ec2:DescribeInstanceTypes', asked);
  return InstanceTypes[0]?.InstanceStorageSupported ?? false;
};
