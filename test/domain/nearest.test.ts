import fc from 'fast-check';
import { nearest } from '../../src/domain/nearest';

const known = ['status', 'findings', 'who', 'audit'];

describe('the nearest word', () => {
  it.each([
    ['stauts', 'status'],
    ['finding', 'findings'],
    ['fndngs', 'findings'],
    ['audti', 'audit'],
    ['wh', 'who'],
    ['whoo', 'who'],
    ['stuats', 'status'],
    ['status', 'status'],
  ])('of %j is %j', (said, meant) => {
    expect(nearest(said, known)).toBe(meant);
  });

  it.each(['isolate', 'a', '', 'hi', '🦆🦆', 'x'.repeat(1000)])(
    'of %.20j is none: too much would have to change',
    (said) => {
      expect(nearest(said, known)).toBeUndefined();
    },
  );

  it('of anything is none where nothing is known', () => {
    expect(nearest('status', [])).toBeUndefined();
  });

  it('is one slip away, whatever letter was dropped, doubled or swapped', () => {
    const word = fc.constantFrom('findings', 'exceptions', 'remediate', 'approvals');
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'double', 'swap'), (meant, at, how) => {
        const index = at % (meant.length - 1);
        const letters = [...meant];
        if (how === 'drop') letters.splice(index, 1);
        if (how === 'double') letters.splice(index, 0, letters[index]!);
        if (how === 'swap') letters.splice(index, 2, letters[index + 1]!, letters[index]!);
        const all = ['findings', 'exceptions', 'remediate', 'approvals'];
        expect(nearest(letters.join(''), all)).toBe(meant);
      }),
    );
  });
});
