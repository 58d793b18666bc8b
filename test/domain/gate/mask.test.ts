import fc from 'fast-check';
import { masked } from '../../../src/domain/gate/mask';

describe('a masked sample', () => {
  it.each([
    ['4111 1111 1111 1111', '••••••1111'],
    ['123-45-6789', '••••••89'],
    ['1234567', '••••••'],
    ['12345678', '••••••78'],
    ['', '••••••'],
    ['password: x\u202e\n', '••••••x••'],
    ['secret 😀😀😀😀😀', '••••••😀😀😀'],
  ])('of %j is %j', (value, expected) => {
    expect(masked(value)).toBe(expected);
  });

  it('shows four characters at most, never more than a quarter, and not how long it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 128 }), (value) => {
        const shown = [...masked(value)].slice(6);
        expect(shown.length).toBeLessThanOrEqual(Math.min(4, [...value].length / 4));
        expect(masked(value).startsWith('••••••')).toBe(true);
      }),
    );
  });
});
