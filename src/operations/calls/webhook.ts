import type { Json } from '../../domain/canonical';

/** How a tool stands with one run. `none`: it never heard of it. */
export interface WebhookAnswer {
  readonly status: 'none' | 'running' | 'done' | 'failed';
  readonly output: Readonly<Record<string, string>>;
  /** The tool's own words; empty where it says nothing. */
  readonly message: string;
}

interface Asked {
  readonly url: string;
  /** Name of the signing secret, never the secret. */
  readonly secret: string;
  /** Key of the run: the tool does its work once for each. */
  readonly run: string;
}

/** Signed calls to tools outside AWS, on the hosts that config/drawbridge.yml names. See docs/webhooks.md. */
export type WebhookCalls = {
  'https:Get': [Asked, WebhookAnswer];
  /** Taken. What became of it tells a look, since nothing counts that was not read back. */
  'https:Post': [Asked & { readonly body: Json }, object];
};
