import { EC2Client } from '@aws-sdk/client-ec2';
import { launch } from './launch';
import type { Seed } from './seed';

/** An instance whose other metadata options are not the defaults, so that a lost one shows. */
export const requireEc2Imdsv2: Seed = async (settings) => {
  const MetadataOptions = {
    HttpTokens: 'optional',
    HttpEndpoint: 'enabled',
    HttpPutResponseHopLimit: 3,
    InstanceMetadataTags: 'enabled',
  } as const;
  return { target: await launch(new EC2Client(settings), { MetadataOptions }), control: 'EC2.8' };
};
