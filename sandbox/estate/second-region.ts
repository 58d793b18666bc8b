import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';

import type { ClientSettings } from '../stack';
import { secondRegion } from './accounts';
import { image } from './servers';
import { ownedBy, tagList } from './tags';

export interface SecondRegion {
  /** Its metadata service answers without a session token. */
  readonly open: string;
  /** Its neighbour's does not. */
  readonly closed: string;
}

export const createSecondRegion = async (settings: ClientSettings): Promise<SecondRegion> => {
  const ec2 = new EC2Client({ ...settings, region: secondRegion });
  const run = (id: string, Name: string, HttpTokens: 'optional' | 'required') =>
    ec2.send(
      new RunInstancesCommand({
        // As for the web server.
        ClientToken: `sandbox-instance-id:${id}`,
        ImageId: image,
        MinCount: 1,
        MaxCount: 1,
        InstanceType: 't3.small',
        MetadataOptions: { HttpTokens, HttpPutResponseHopLimit: 2 },
        TagSpecifications: [
          { ResourceType: 'instance', Tags: tagList(ownedBy('reports-team', { Name })) },
        ],
      }),
    );
  const servers: SecondRegion = { open: 'i-0d0b1e2345f678901', closed: 'i-0d0b1e2345f678902' };
  await Promise.all([
    run(servers.open, 'reports', 'optional'),
    run(servers.closed, 'reports-standby', 'required'),
  ]);
  return servers;
};
