import type { MemoryServer } from './memory-server';

/** What a release must bring back, without ids that AWS gives anew. */
export const stateOf = ({
  network,
  roles,
  associations,
  groups,
  targetGroups,
  balancers,
  addresses,
}: MemoryServer) =>
  copy({
    interfaces: network.groupsOf('eni-1'),
    policies: [...roles.get('web')!.policies],
    profile: associations.filter(({ state }) => state === 'associated').map((each) => each.profile),
    groups: [...groups].map(([name, { min, desired, members }]) => ({
      name,
      min,
      desired,
      members: members.map(({ protected: safe = false, ...each }) => ({
        ...each,
        protected: safe,
      })),
    })),
    targets: [...targetGroups],
    balancers: [...balancers].map(([name, ids]) => [name, [...ids]]),
    addresses: addresses.all.map(({ AllocationId, NetworkInterfaceId }) => [
      AllocationId,
      NetworkInterfaceId,
    ]),
  });

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
