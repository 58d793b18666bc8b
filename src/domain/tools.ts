import type { Tool } from './engines';
import type { Offer } from './playbook';

/** What is offered of declared playbooks. A failure ends in words about what was done and stays. */
export const offersOf = (tools: readonly Tool[]): Offer[] =>
  tools.map(({ steps: _, ...facts }) => ({ ...facts, onFailure: 'roll back' }));

/** Loopback is the rehearsal's; everything else is https. */
export const endpointOf = ({ host, path }: { host: string; path: string }): string =>
  `${/^(localhost|127\.0\.0\.1):/.test(host) ? 'http' : 'https'}://${host}${path}`;

/** Every tool outside AWS that may be called, and by which secret it knows us. */
export const endpointsOf = (tools: readonly Tool[]): { url: string; secret: string }[] =>
  tools.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      'webhook' in step ? [{ url: endpointOf(step.webhook), secret: step.webhook.secret }] : [],
    ),
  );
