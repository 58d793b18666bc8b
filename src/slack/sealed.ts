import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * What people type into a form of the gate may be data that must not be kept (law 12), and its way to the gate's desk is
 * through the table. It is sealed with a key that only those have who know Slack's signing secret.
 */
const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'drawbridge gate form', 32));

const method = 'aes-256-gcm';
const lengths = { nonce: 12, tag: 16 } as const;

export const seal = (text: string, secret: string): string => {
  const nonce = randomBytes(lengths.nonce);
  const cipher = createCipheriv(method, keyOf(secret), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
};

/** @throws where it was altered, or sealed with none of the secrets */
export const unseal = (sealed: string, secrets: readonly string[]): string => {
  const bytes = Buffer.from(sealed, 'base64');
  const start = lengths.nonce + lengths.tag;
  for (const [index, secret] of secrets.entries()) {
    const decipher = createDecipheriv(method, keyOf(secret), bytes.subarray(0, lengths.nonce));
    decipher.setAuthTag(bytes.subarray(lengths.nonce, start));
    try {
      return decipher.update(bytes.subarray(start), undefined, 'utf8') + decipher.final('utf8');
    } catch (error) {
      // A rotation of the secret may lie between the form and its reader.
      if (index === secrets.length - 1) throw error;
    }
  }
  throw new Error('no secret to read the form with');
};
