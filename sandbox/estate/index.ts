import { EC2Client } from '@aws-sdk/client-ec2';

import { asAccount } from '../stack';
import { workloads } from './accounts';
import { createBuckets, type Buckets } from './buckets';
import { createDatabases, type Databases } from './databases';
import { createDeliveryRoles } from './delivery-roles';
import { createDocuments } from './documents';
import { createFleet, type Fleet } from './fleet';
import { createFunctions, type Functions } from './functions';
import { createIdentities, type Identities } from './identities';
import { createIncident, type Incident } from './incident';
import { createKeys, type Keys } from './keys';
import { createNetwork, type Network } from './network';
import { createOddServers, type OddServers } from './odd-servers';
import { createPayroll, type Payroll } from './payroll';
import { createSecondRegion, type SecondRegion } from './second-region';
import { createServers, type Servers } from './servers';
import { createSnapshots, type Snapshots } from './snapshots';
import { createTrails, type Trails } from './trails';

export { botAccount, externalId, secondRegion, workloads } from './accounts';
export { createDeliveryRoles } from './delivery-roles';
export { announceFindings, feedEvent, type Announcer } from './announce';
export { findingsOf } from './findings';
export { openGate } from './gate';
export { fillRaw, lake, type LakeFile } from './lake';
export { responderRoles } from './responder-role';
export { samplesOf, type EventEnvelope } from './samples';

/** What stands in the workloads account. */
export interface Estate {
  readonly network: Network;
  readonly servers: Servers;
  readonly fleet: Fleet;
  readonly incident: Incident;
  readonly oddServers: OddServers;
  readonly identities: Identities;
  readonly buckets: Buckets;
  readonly snapshots: Snapshots;
  readonly databases: Databases;
  readonly keys: Keys;
  readonly payroll: Payroll;
  readonly trails: Trails;
  readonly functions: Functions;
  readonly secondRegion: SecondRegion;
}

/** Builds the workloads account through the edge. */
export const seedEstate = async (endpoint: string): Promise<Estate> => {
  const settings = asAccount(endpoint, workloads);
  const ec2 = new EC2Client(settings);
  const storing = async () => {
    const buckets = await createBuckets(settings);
    const [trails, functions] = await Promise.all([
      createTrails(settings, buckets.trails),
      createFunctions(settings, buckets),
    ]);
    return { buckets, trails, functions };
  };
  const keeping = async () => {
    const keys = await createKeys(settings);
    return { keys, payroll: await createPayroll(settings, keys.still['exports']) };
  };
  const serving = async () => {
    const [network, identities] = await Promise.all([
      createNetwork(ec2),
      createIdentities(settings),
    ]);
    const [servers, databases, oddServers] = await Promise.all([
      createServers(ec2, network, identities.profile),
      createDatabases(settings, network.groups),
      createOddServers(ec2, network),
    ]);
    const fleet = await createFleet(settings, network, servers);
    const incident = await createIncident(settings, network, servers, fleet, identities);
    return { network, identities, servers, databases, oddServers, fleet, incident };
  };
  const [served, stored, snapshots, kept, secondRegion] = await Promise.all([
    serving(),
    storing(),
    createSnapshots(ec2),
    keeping(),
    createSecondRegion(settings),
    createDeliveryRoles(settings),
    createDocuments(settings),
  ]);
  return { ...served, ...stored, ...kept, snapshots, secondRegion };
};
