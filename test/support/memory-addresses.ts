import type { Address } from '@aws-sdk/client-ec2';
import { awsError, type Handlers } from './memory-aws';

export interface Addresses {
  all: Address[];
  /** The interfaces that there are, with the instance that each is attached to. */
  interfaces: Record<string, string>;
}

/** Elastic IP addresses: one per private address, and a new id for each association. */
export const memoryAddresses = (world: Addresses): Handlers => {
  let ids = 0;
  const change = (found: Address, more: Address) => {
    const { AllocationId, PublicIp } = found;
    world.all[world.all.indexOf(found)] = { AllocationId, PublicIp, ...more };
  };
  return {
    'ec2:DescribeAddresses': ({ Filters = [] }) => {
      const texts = (each: Address): Record<string, string | undefined> => ({
        'allocation-id': each.AllocationId,
        'instance-id': each.InstanceId,
      });
      const Addresses = world.all.filter((each) =>
        Filters.every(({ Name = '', Values = [] }) => Values.includes(texts(each)[Name] ?? '-')),
      );
      return { Addresses };
    },
    'ec2:DisassociateAddress': ({ AssociationId }) => {
      const found = world.all.find((each) => each.AssociationId === AssociationId);
      if (!found) throw awsError('InvalidAssociationID.NotFound');
      change(found, {});
      return {};
    },
    'ec2:AssociateAddress': (input) => {
      const { AllocationId, NetworkInterfaceId = '', PrivateIpAddress, AllowReassociation } = input;
      const found = world.all.find((each) => each.AllocationId === AllocationId);
      if (!found) throw awsError('InvalidAllocationID.NotFound');
      const InstanceId = world.interfaces[NetworkInterfaceId];
      if (InstanceId === undefined) throw awsError('InvalidNetworkInterfaceID.NotFound');
      const taken = world.all.some(
        (each) =>
          each.NetworkInterfaceId === NetworkInterfaceId &&
          each.PrivateIpAddress === PrivateIpAddress,
      );
      if (!AllowReassociation && (found.AssociationId || taken))
        throw awsError('Resource.AlreadyAssociated');
      ids += 1;
      const AssociationId = `eipassoc-${ids}`;
      change(found, { AssociationId, InstanceId, NetworkInterfaceId, PrivateIpAddress });
      return { AssociationId };
    },
  };
};
