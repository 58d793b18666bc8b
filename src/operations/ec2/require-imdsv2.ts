import type { Instance } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

export type RequireImdsv2 = { readonly instanceId: string };

/** How the instance's metadata service answers. `applied`: what is asked for is also what the instance does. */
export type MetadataOptions = {
  readonly gone: false;
  readonly tokens: 'optional' | 'required';
  readonly applied: boolean;
  readonly endpoint: string;
  readonly hopLimit: number;
  readonly ipv6: string;
  readonly tags: string;
};

export const requireImdsv2: Reversible<RequireImdsv2, MetadataOptions | { readonly gone: true }> = {
  kind: 'ec2.require-imdsv2',
  describe: ({ instanceId }) => `Require IMDSv2 on ${instanceId}`,
  async read(aws, { instanceId }) {
    const instance = await readInstance(aws, instanceId);
    return instance ? optionsOf(instance) : { gone: true };
  },
  holds: (options) => options.gone || (options.tokens === 'required' && options.applied),
  async apply(aws, { instanceId }, now) {
    if (now.gone || now.tokens === 'required') return;
    await setTokens(aws, instanceId, 'required');
  },
  pending: (options) =>
    options.gone || options.applied
      ? undefined
      : { running: 'The instance is taking over the new metadata options' },
  async undo(aws, { instanceId }, before, now) {
    if (before.gone || now.gone || now.tokens === before.tokens) return;
    await setTokens(aws, instanceId, before.tokens);
  },
  restored: (options, _, before) =>
    options.gone || before.gone || (options.tokens === before.tokens && options.applied),
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the instance was terminated since'];
    if (after.gone) return ['the instance is there again'];
    return (['tokens', 'endpoint', 'hopLimit', 'ipv6', 'tags'] as const)
      .filter((option) => after[option] !== now[option])
      .map((option) => `${words[option]} changed since: ${after[option]} → ${now[option]}`);
  },
  permissions: {
    read: ['ec2:DescribeInstances'],
    apply: ['ec2:ModifyInstanceMetadataOptions'],
    undo: ['ec2:ModifyInstanceMetadataOptions'],
  },
};

const words = {
  tokens: 'Session tokens',
  endpoint: 'The metadata endpoint',
  hopLimit: 'The hop limit',
  ipv6: 'The IPv6 endpoint',
  tags: 'Tags in the metadata',
};

/** The instance, unless it is terminated or was never there. */
export const readInstance = async (aws: Aws, id: string): Promise<Instance | undefined> => {
  try {
    const { Reservations } = await aws.call('ec2:DescribeInstances', { InstanceIds: [id] });
    const instance = Reservations?.flatMap(({ Instances = [] }) => Instances)[0];
    const ended = ['shutting-down', 'terminated'].includes(instance?.State?.Name ?? '');
    return ended ? undefined : instance;
  } catch (error) {
    if (isAwsError(error, 'InvalidInstanceID.NotFound')) return undefined;
    throw error;
  }
};

/** @throws Told where EC2 does not tell whether tokens are required: not told is not “optional” (law 10) */
export const optionsOf = ({ InstanceId, MetadataOptions, State }: Instance): MetadataOptions => {
  const tokens = MetadataOptions?.HttpTokens;
  if (!MetadataOptions || !tokens)
    throw new Told(`EC2 does not tell the metadata options of ${InstanceId}.`);
  return {
    gone: false,
    tokens,
    // An instance that does not run takes new options over when it is started: there is nothing to wait for.
    applied: MetadataOptions.State === 'applied' || State?.Name !== 'running',
    endpoint: MetadataOptions.HttpEndpoint ?? 'unknown',
    hopLimit: MetadataOptions.HttpPutResponseHopLimit ?? 1,
    ipv6: MetadataOptions.HttpProtocolIpv6 ?? 'disabled',
    tags: MetadataOptions.InstanceMetadataTags ?? 'disabled',
  };
};

/** EC2 keeps the options that a call leaves out: the endpoint, the hop limit, IPv6 and tags are never sent. */
const setTokens = async (
  aws: Aws,
  InstanceId: string,
  HttpTokens: 'optional' | 'required',
): Promise<void> => {
  await aws.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpTokens });
};
