import fc from 'fast-check';
import { gateRunId, isLater, markOf } from '../../../src/domain/gate/run-id';

const random = 'abcdefghij0123456789';

describe('ids of runs', () => {
  it('sort by the time of their start', () => {
    const moments = fc.integer({ min: 0, max: Date.parse('2100-01-01') });
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        const [first, second] = [a, b].map((ms) => gateRunId(new Date(ms), random));
        return a === b ? first === second : a < b === first! < second!;
      }),
    );
  });

  it('say of a mark whether it is of a later run; what is not a mark of ours is not', () => {
    const [early, late] = [1, 2].map((ms) => gateRunId(new Date(ms), random));
    expect(isLater(markOf(late!, '000001-0000'), early!)).toBe(true);
    expect(isLater(markOf(early!, '000001-0000'), late!)).toBe(false);
    expect(isLater(markOf(early!, '000001-0000'), early!)).toBe(false);
    expect(isLater(undefined, early!)).toBe(false);
    expect(isLater('zzz', early!)).toBe(false);
  });
});
