import type { Address, Filter } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';
import { tryEach } from '../try-each';

/** Every Elastic IP address of the instance, also one that it got meanwhile. */
export type DisassociateAddresses = {
  readonly instanceId: string;
  /** Allocation ids of the addresses that the plan names: they are watched also when they are elsewhere. */
  readonly allocationIds: readonly string[];
};

export type ElasticIp = {
  readonly allocation: string;
  readonly ip: string;
  /** Absent while it is associated with nothing. */
  readonly at?: Place;
};
type Place = {
  /** Empty where no instance is behind the interface. */
  readonly instance: string;
  readonly interface: string;
  readonly privateIp: string;
};
type State = readonly ElasticIp[];

export const disassociateAddresses: Reversible<DisassociateAddresses, State> = {
  kind: 'ec2.disassociate-addresses',
  describe: ({ instanceId, allocationIds: { length } }) =>
    `Take ${length} Elastic IP address${length === 1 ? '' : 'es'} off ${instanceId}`,
  async read(aws, { instanceId, allocationIds }) {
    const named =
      allocationIds.length > 0 ? await list(aws, 'allocation-id', ...allocationIds) : [];
    const here = await list(aws, 'instance-id', instanceId);
    const all = new Map([...named, ...here].map((each) => [each.AllocationId, addressOf(each)]));
    return [...all.values()].sort((a, b) => (a.allocation < b.allocation ? -1 : 1));
  },
  holds: (addresses, { instanceId }) => !addresses.some(isAt(instanceId)),
  /** An association has a new id each time, so that it is looked up and not remembered. */
  async apply(aws, { instanceId }) {
    const here = await list(aws, 'instance-id', instanceId);
    const associations = here.flatMap(({ AssociationId }) => AssociationId ?? []);
    await tryEach(associations.map((id) => () => disassociate(aws, id)));
  },
  undo: (aws, input, before, now) =>
    tryEach(missing(before, now, input).map((each) => () => associate(aws, each))),
  restored: (addresses, input, before) => missing(before, addresses, input).length === 0,
  drift: (after, now) => [
    ...now.flatMap((is) => changeOf(find(after, is), is)),
    ...after.filter((was) => !find(now, was)).map(({ ip }) => `${ip} was released since`),
  ],
  permissions: {
    read: ['ec2:DescribeAddresses'],
    apply: ['ec2:DescribeAddresses', 'ec2:DisassociateAddress'],
    undo: ['ec2:AssociateAddress'],
  },
};

const list = async (aws: Aws, Name: string, ...Values: string[]): Promise<Address[]> => {
  const Filters: Filter[] = [{ Name, Values }];
  return (await aws.call('ec2:DescribeAddresses', { Filters })).Addresses ?? [];
};

const addressOf = (address: Address): ElasticIp => {
  const { AllocationId, PublicIp = 'unknown', NetworkInterfaceId, PrivateIpAddress } = address;
  if (!AllocationId) throw new Told(`EC2 does not tell the allocation of ${PublicIp}.`);
  const at = NetworkInterfaceId && {
    instance: address.InstanceId ?? '',
    interface: NetworkInterfaceId,
    privateIp: PrivateIpAddress ?? '',
  };
  return { allocation: AllocationId, ip: PublicIp, ...(at && { at }) };
};

const isAt =
  (instanceId: string) =>
  ({ at }: ElasticIp): boolean =>
    at?.instance === instanceId;

const find = (addresses: State, { allocation }: ElasticIp): ElasticIp | undefined =>
  addresses.find((each) => each.allocation === allocation);

/** What the instance had and what is free now. What is elsewhere or released by now is not ours to take. */
const missing = (before: State, now: State, input: DisassociateAddresses): ElasticIp[] =>
  before.filter(isAt(input.instanceId)).filter((had) => {
    const is = find(now, had);
    return is ? !is.at : !input.allocationIds.includes(had.allocation);
  });

const disassociate = async (aws: Aws, AssociationId: string): Promise<void> => {
  try {
    await aws.call('ec2:DisassociateAddress', { AssociationId });
  } catch (error) {
    if (!isAwsError(error, 'InvalidAssociationID.NotFound')) throw error;
  }
};

const associate = async (aws: Aws, { allocation, ip, at }: ElasticIp): Promise<void> => {
  if (!at) return;
  try {
    await aws.call('ec2:AssociateAddress', {
      AllocationId: allocation,
      NetworkInterfaceId: at.interface,
      ...(at.privateIp && { PrivateIpAddress: at.privateIp }),
      AllowReassociation: false,
    });
  } catch (cause) {
    if (isAwsError(cause, 'InvalidAllocationID.NotFound'))
      throw new Told(`${ip} was released, and cannot go back.`, { cause });
    if (isAwsError(cause, 'InvalidNetworkInterfaceID.NotFound'))
      throw new Told(`${ip} cannot go back to ${at.interface}, which is gone.`, { cause });
    throw cause;
  }
};

const changeOf = (was: ElasticIp | undefined, { ip, at }: ElasticIp): string[] => {
  const [from, to] = [was?.at, at].map((place) => place && `${place.interface} ${place.privateIp}`);
  if (from === to) return [];
  return to ? [`${ip} was associated since with ${to}`] : [`${ip} was disassociated since`];
};
