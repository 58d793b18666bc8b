import type { Instance } from '@aws-sdk/client-ec2';
import type { Aws } from '../../operations/aws';

/** Volumes that other instances write to at the same time. */
export const readShared = async (aws: Aws, id: string): Promise<string[]> => {
  const shared: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeVolumes', {
      Filters: [{ Name: 'attachment.instance-id', Values: [id] }],
      ...(NextToken && { NextToken }),
    });
    for (const { VolumeId = '', Attachments = [] } of page.Volumes ?? [])
      if (Attachments.some(({ InstanceId }) => InstanceId !== id)) shared.push(VolumeId);
    NextToken = page.NextToken;
  } while (NextToken);
  return shared.sort();
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
