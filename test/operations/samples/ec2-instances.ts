import type { Instance } from '@aws-sdk/client-ec2';
import { MemoryAws } from '../../support/memory-aws';
import { memoryInstances } from '../../support/memory-instances';
import type { Sample } from './sample';

export const instanceId = 'i-0a1b2c3d';

/** An instance with nothing left at its default, so that a lost option shows. */
export const anInstance = (more: Instance = {}): Instance => ({
  InstanceId: instanceId,
  State: { Name: 'running' },
  MetadataOptions: {
    HttpTokens: 'optional',
    HttpEndpoint: 'enabled',
    HttpPutResponseHopLimit: 3,
    HttpProtocolIpv6: 'enabled',
    InstanceMetadataTags: 'enabled',
  },
  ...more,
});

const sample = (name: string, ...instances: Instance[]): Sample => ({
  name,
  input: { instanceId },
  world: () => new MemoryAws(memoryInstances(instances)),
});

export const requireImdsv2: readonly Sample[] = [
  sample('tokens optional', anInstance()),
  sample('stopped', anInstance({ State: { Name: 'stopped' } })),
  sample(
    'the endpoint switched off',
    anInstance({ MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'disabled' } }),
  ),
  sample('tokens required', anInstance({ MetadataOptions: { HttpTokens: 'required' } })),
  sample('terminated', anInstance({ State: { Name: 'terminated' } })),
  sample('gone'),
];
