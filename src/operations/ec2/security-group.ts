import type { Filter, NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import { isAwsError, type Aws } from '../aws';
import { all } from '../pages';

/** The group, unless it is gone. */
export const readGroup = async (aws: Aws, id: string): Promise<SecurityGroup | undefined> => {
  try {
    const found = await aws.call('ec2:DescribeSecurityGroups', { GroupIds: [id] });
    return found.SecurityGroups?.[0];
  } catch (error) {
    if (isAwsError(error, 'InvalidGroup.NotFound')) return undefined;
    throw error;
  }
};

/** The network interfaces that use the group, all pages, in a fixed order. */
export const readInterfacesOf = (aws: Aws, groupId: string): Promise<NetworkInterface[]> =>
  listInterfaces(aws, { Name: 'group-id', Values: [groupId] });

/** The network interfaces that pass the filter, all pages, in a fixed order. */
export const listInterfaces = async (
  aws: Aws,
  ...Filters: readonly Filter[]
): Promise<NetworkInterface[]> => {
  const interfaces = await all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeNetworkInterfaces', {
      Filters: [...Filters],
      ...(NextToken && { NextToken }),
    });
    return { items: page.NetworkInterfaces, next: page.NextToken };
  });
  return interfaces.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
};

const idOf = ({ NetworkInterfaceId = '' }: NetworkInterface): string => NetworkInterfaceId;
