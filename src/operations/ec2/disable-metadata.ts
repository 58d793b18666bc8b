import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import { optionsOf, readInstance, requireImdsv2, type MetadataOptions } from './require-imdsv2';

/** Switches the metadata service off: no new credentials from inside. SSM's Default Host Management ends with it. */
export type DisableMetadata = { readonly instanceId: string };
type State = MetadataOptions | { readonly gone: true };
type Endpoint = 'enabled' | 'disabled';

export const disableMetadata: Reversible<DisableMetadata, State> = {
  kind: 'ec2.disable-metadata',
  describe: ({ instanceId }) => `Switch the metadata service of ${instanceId} off`,
  async read(aws, { instanceId }) {
    const instance = await readInstance(aws, instanceId);
    if (!instance) return { gone: true };
    const options = optionsOf(instance);
    endpointOf(options, instanceId);
    return options;
  },
  holds: (options) => options.gone || (options.endpoint === 'disabled' && options.applied),
  async apply(aws, { instanceId }, now) {
    if (now.gone || now.endpoint === 'disabled') return;
    await setEndpoint(aws, instanceId, 'disabled');
  },
  pending: (options, input) => requireImdsv2.pending?.(options, input),
  async undo(aws, { instanceId }, before, now) {
    if (before.gone || now.gone || now.endpoint === before.endpoint) return;
    await setEndpoint(aws, instanceId, endpointOf(before, instanceId));
  },
  restored: (options, _, before) =>
    options.gone || before.gone || (options.endpoint === before.endpoint && options.applied),
  drift: (after, now) => requireImdsv2.drift(after, now),
  permissions: {
    read: ['ec2:DescribeInstances'],
    apply: ['ec2:ModifyInstanceMetadataOptions'],
    undo: ['ec2:ModifyInstanceMetadataOptions'],
  },
};

/** @throws Told where EC2 does not tell: it could not be restored (laws 7, 10) */
const endpointOf = ({ endpoint }: MetadataOptions, instanceId: string): Endpoint => {
  if (endpoint === 'enabled' || endpoint === 'disabled') return endpoint;
  throw new Told(`EC2 does not tell whether the metadata service of ${instanceId} is on.`);
};

/** EC2 keeps the options that a call leaves out: tokens, hop limit, IPv6 and tags are never sent. */
const setEndpoint = async (aws: Aws, InstanceId: string, HttpEndpoint: Endpoint): Promise<void> => {
  await aws.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint });
};
