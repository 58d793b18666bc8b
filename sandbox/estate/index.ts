import { EC2Client } from '@aws-sdk/client-ec2';

import { asAccount } from '../stack';
import { workloads } from './accounts';
import { createBuckets, type Buckets } from './buckets';
import { createDeliveryRoles } from './delivery-roles';
import { createFleet, type Fleet } from './fleet';
import { createIdentities, type Identities } from './identities';
import { createNetwork, type Network } from './network';
import { createServers, type Servers } from './servers';

export { botAccount, externalId, workloads } from './accounts';
export { createDeliveryRoles } from './delivery-roles';
export { announceFindings, feedEvent, type Announcer } from './announce';
export { findingsOf } from './findings';
export { responderRoles } from './responder-role';
export { samplesOf, type EventEnvelope } from './samples';

/** What stands in the workloads account. */
export interface Estate {
  readonly network: Network;
  readonly servers: Servers;
  readonly fleet: Fleet;
  readonly identities: Identities;
  readonly buckets: Buckets;
}

/** Builds the workloads account through the edge. */
export const seedEstate = async (endpoint: string): Promise<Estate> => {
  const settings = asAccount(endpoint, workloads);
  const ec2 = new EC2Client(settings);
  const [network, identities, buckets] = await Promise.all([
    createNetwork(ec2),
    createIdentities(settings),
    createBuckets(settings),
    createDeliveryRoles(settings),
  ]);
  const servers = await createServers(ec2, network, identities.profile);
  const fleet = await createFleet(settings, network, servers);
  return { network, servers, fleet, identities, buckets };
};
