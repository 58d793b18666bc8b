import type { Json } from '../../domain/canonical';
import { kept } from '../../domain/chain';
import type { WebhookAnswer } from '../calls/webhook';
import type { Irreversible } from '../operation';

/** A tool of somebody else, on a host that the policy names, and what it is told. */
export type CallWebhook = {
  readonly url: string;
  readonly body: { readonly [key: string]: Json };
  /** Name of the signing secret. */
  readonly secret: string;
  readonly timeoutSeconds: number;
};

type Answer = Pick<WebhookAnswer, 'status' | 'output' | 'message'>;
type State = { readonly [Key in keyof Answer]: Answer[Key] };

export const callWebhook: Irreversible<CallWebhook, State> = {
  kind: 'https.call-webhook',
  describe: ({ url }) => `Call the tool at ${url.replace(/^https?:\/\//, '').slice(0, 120)}`,
  async read(aws, { url, secret }, run) {
    const { status, output, message } = await aws.call('https:Get', { url, secret, run });
    return { status, output: kept(output), message };
  },
  holds: ({ status }) => status === 'done',
  async apply(aws, { url, secret, body }, now, run) {
    if (now.status === 'none') await aws.call('https:Post', { url, secret, run, body });
  },
  pending({ status, message }) {
    if (status === 'running') return { running: message || 'running' };
    return status === 'failed'
      ? { failed: `The tool failed: ${message || 'no reason given'}` }
      : undefined;
  },
  patience: ({ timeoutSeconds }) => timeoutSeconds,
  output: ({ output }) => output,
  drift: () => [],
  irreversible: 'what a tool outside AWS does is known to the tool only.',
  // Not AWS: which hosts may be called says the policy, not IAM.
  permissions: { read: [], apply: [] },
};
