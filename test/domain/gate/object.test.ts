import fc from 'fast-check';
import { batchOfKey, objectRef, stagedKey } from '../../../src/domain/gate/object';
import { GateRunId } from '../../../src/domain/ids';

const run = GateRunId.parse('gate-0m2k4x9p1abcdefghijk');
const other = GateRunId.parse('gate-0m2k4x9p2abcdefghijk');
const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 600 }).filter((text) => {
  const bytes = Buffer.byteLength(text);
  return bytes <= 1024 && text.isWellFormed();
});
const ref = fc
  .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 9999 }))
  .map(([batch, place]) => objectRef(batch, place));

describe('where an object lies while it is looked at', () => {
  it('D26: is below its run and its batch, whatever its key, within what S3 takes', () => {
    fc.assert(
      fc.property(key, ref, (name, at) => {
        const staged = stagedKey(run, at, name);
        expect(Buffer.byteLength(staged)).toBeLessThanOrEqual(1024);
        expect(batchOfKey(run, staged)).toBe(Number(at.slice(0, 6)));
        expect(batchOfKey(other, staged)).toBeUndefined();
        expect(staged.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('D26: is another place for each key and each object', () => {
    fc.assert(
      fc.property(key, key, (one, two) => {
        const [first, second] = [objectRef(1, 1), objectRef(1, 2)];
        fc.pre(one !== two);
        expect(stagedKey(run, first, one)).not.toBe(stagedKey(run, second, two));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the end of a key that is too long, since its kind is read from there', () => {
    const staged = stagedKey(run, objectRef(3, 14), `${'ü'.repeat(505)}/cards.csv`);

    expect(staged).toMatch(/^gate-0m2k4x9p1abcdefghijk\/000003\/000003-0014\/ü+\/cards\.csv$/);
    expect(Buffer.byteLength(staged)).toBeGreaterThan(1000);
  });

  it('knows nothing of keys that are not of a run', () => {
    expect(batchOfKey(run, 'readme.txt')).toBeUndefined();
    expect(batchOfKey(run, `${run}/readme.txt`)).toBeUndefined();
  });
});
