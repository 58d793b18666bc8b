import { seal, unseal } from '../../src/slack/sealed';

const text = 'EMP-123456 💥';
const now = 'the-current-signing-secret';

describe('what is sealed', () => {
  it('is read with the secret, and shows nothing of itself without it', () => {
    const sealed = seal(text, now);

    expect(unseal(sealed, [now])).toBe(text);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('EMP');
    expect(seal(text, now)).not.toBe(sealed);
  });

  it('is read while the secret is rotated', () => {
    expect(
      unseal(seal(text, 'the-previous-signing-secret'), [now, 'the-previous-signing-secret']),
    ).toBe(text);
  });

  it('is not read with another secret, or where it was altered', () => {
    const sealed = seal(text, now);
    const bytes = Buffer.from(sealed, 'base64');
    bytes[bytes.length - 1]! ^= 1;

    expect(() => unseal(sealed, ['another-signing-secret'])).toThrow('authenticate');
    expect(() => unseal(bytes.toString('base64'), [now])).toThrow('authenticate');
    expect(() => unseal(sealed, [])).toThrow('no secret');
  });
});
