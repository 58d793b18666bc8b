import * as z from 'zod/mini';

/** The one SecureString parameter: what `docs/operate.md` tells to put there. */
export const SlackSecrets = z.object({
  botToken: z.string().check(z.startsWith('xoxb-')),
  signingSecret: z.string().check(z.minLength(16)),
  /** Set during a rotation, so that the order of change does not matter. */
  previousSigningSecret: z.optional(z.string().check(z.minLength(16))),
  appId: z.string(),
  botId: z.string(),
  botUserId: z.string(),
});
export type SlackSecrets = z.infer<typeof SlackSecrets>;

export const signingSecrets = ({
  signingSecret,
  previousSigningSecret,
}: SlackSecrets): string[] => [
  signingSecret,
  ...(previousSigningSecret ? [previousSigningSecret] : []),
];
