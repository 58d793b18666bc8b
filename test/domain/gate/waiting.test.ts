import { heldIn, noCounts, waitingIn } from '../../../src/domain/gate/run';

const judged = { ...noCounts, clean: 7, sensitive: 8, suppressed: 1, unproven: 2 };

describe('what still waits of what was held', () => {
  it('is all of it once clean objects are moved, also where a newer upload kept one of those out', () => {
    expect(heldIn(judged)).toBe(11);
    expect(waitingIn({ ...judged, released: 7 })).toBe(11);
    expect(waitingIn({ ...judged, released: 6, outdated: 1 })).toBe(11);
  });

  it('is less by each that was released, kept out, deleted, or found outdated', () => {
    expect(waitingIn({ ...judged, released: 10, keptOut: 2, deleted: 1, outdated: 1 })).toBe(4);
    expect(waitingIn({ ...judged, released: 15, keptOut: 3 })).toBe(0);
  });
});
