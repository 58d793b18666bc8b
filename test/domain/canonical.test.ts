import fc from 'fast-check';
import { canonical, hash, type Json } from '../../src/domain/canonical';

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

/** The same value with the members of each object in the opposite order. */
const reordered = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, Json | undefined] => [
        key,
        member === undefined ? member : reordered(member),
      ])
      .reverse(),
  );
};

describe('canonical JSON', () => {
  it('is the same for equal values, whatever order they were built in', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(reordered(value))).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out what is undefined, and keeps null', () => {
    expect(canonical({ b: undefined, a: null, c: [1, 'x', true] })).toBe(
      '{"a":null,"c":[1,"x",true]}',
    );
  });

  it('hashes to SHA-256, 64 hex digits', () => {
    expect(hash('')).toBe('12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126');
  });
});
