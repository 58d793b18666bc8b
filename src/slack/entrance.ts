import { guard, type Guarded, type RawRequest } from './guard';
import { signingSecrets, type SlackSecrets } from './secrets';

/** A forged request must not make us ask for the secrets more often than this, in milliseconds. */
const patience = 30_000;

/**
 * The guard with secrets that may have been rotated a moment ago: a signature that does not fit is tried once more
 * against secrets read anew.
 */
export const entrance = (secrets: (anew: boolean) => Promise<SlackSecrets>, now: () => Date) => {
  let askedAt = 0;
  return async (request: RawRequest): Promise<{ known: SlackSecrets; guarded: Guarded }> => {
    const known = await secrets(false);
    const guarded = guard(request, signingSecrets(known), now());
    const misfit = !guarded.ok && guarded.because === 'signature';
    if (!misfit || now().getTime() - askedAt < patience) return { known, guarded };
    askedAt = now().getTime();
    // Whoever forged this learns nothing of our troubles: the refusal stands.
    const rotated = await secrets(true).catch(() => known);
    return { known: rotated, guarded: guard(request, signingSecrets(rotated), now()) };
  };
};
