import { EC2Client } from '@aws-sdk/client-ec2';
import { createDocuments } from '../../../sandbox/estate/documents';
import { createFleet } from '../../../sandbox/estate/fleet';
import { createIdentities } from '../../../sandbox/estate/identities';
import { createIncident } from '../../../sandbox/estate/incident';
import { createNetwork } from '../../../sandbox/estate/network';
import { createServers } from '../../../sandbox/estate/servers';
import { targetIn } from './target';
import type { Seed } from './seed';

/** The compromised web server of the sandbox, with everything that hangs on it, and all options but the one that needs a tool. */
export const isolateEc2Instance: Seed = async (settings) => {
  const ec2 = new EC2Client(settings);
  const [network, identities] = await Promise.all([
    createNetwork(ec2),
    createIdentities(settings),
    createDocuments(settings),
  ]);
  const servers = await createServers(ec2, network, identities.profile);
  const fleet = await createFleet(settings, network, servers);
  await createIncident(settings, network, servers, fleet, identities);
  return {
    target: targetIn('AwsEc2Instance', servers.web),
    options: ['host', 'sessions', 'addresses', 'metadata'],
  };
};
