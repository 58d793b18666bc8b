import fc from 'fast-check';
import { fill, kept, literal, reference } from '../../src/domain/chain';
import { Told } from '../../src/domain/errors';

const outputs = [{ Ticket: 'T-1', 'host.name': 'web' }, undefined, { Empty: '' }];

describe('an input is filled', () => {
  it('with outputs of earlier steps, whole strings and parts of them, at any depth', () => {
    const input = {
      whole: reference(1, 'Ticket'),
      part: `see ${reference(1, 'Ticket')} on ${reference(1, 'host.name')}!`,
      deep: [{ list: [reference(1, 'Ticket'), reference(3, 'Empty')] }],
      number: 7,
      flag: true,
      nothing: null,
      absent: undefined,
    };

    expect(fill(input, outputs)).toEqual({
      whole: 'T-1',
      part: 'see T-1 on web!',
      deep: [{ list: ['T-1', ''] }],
      number: 7,
      flag: true,
      nothing: null,
    });
  });

  it('but its keys are left as they are', () => {
    const key = reference(1, 'Ticket');

    expect(fill({ [key]: key }, outputs)).toEqual({ [key]: 'T-1' });
  });

  it.each([
    [reference(1, 'Owner'), '“Owner” of step 1 is needed here, and it gave Ticket, host.name.'],
    [reference(2, 'Owner'), '“Owner” of step 2 is needed here, and it gave nothing.'],
    [reference(9, 'Owner'), '“Owner” of step 9 is needed here, and it gave nothing.'],
    [
      reference(1, 'toString'),
      '“toString” of step 1 is needed here, and it gave Ticket, host.name.',
    ],
    ['${steps.0.Ticket}', '“steps.0.Ticket” names no output of a step.'],
    ['${env.SECRET}', '“env.SECRET” names no output of a step.'],
    ['${}', '“” names no output of a step.'],
  ])('not with a hole in it: %s', (text, words) => {
    expect(() => fill({ text }, outputs)).toThrow(new Told(words));
  });

  it('with data that is never read again, whatever it looks like', () => {
    const sly = `${reference(1, 'Ticket')} $$ {{target.id}}`;

    expect(fill(reference(1, 'sly'), [{ sly, Ticket: 'T-1' }])).toBe(sly);
  });

  it('with a text from outside exactly as it was, between references', () => {
    const dollars = fc.string({ unit: fc.constantFrom('$', '{', '}', 'steps.1.Ticket', 'x') });
    fc.assert(
      fc.property(dollars, dollars, (before, after) => {
        const input = `${literal(before)}${reference(1, 'Ticket')}${literal(after)}`;

        expect(fill(input, outputs)).toBe(`${before}T-1${after}`);
      }),
    );
  });
});

describe('what is kept of an output', () => {
  it('is 8 KB of whole values', () => {
    const big = 'é'.repeat(4000);

    expect(kept({ a: big, b: big, c: 'x' })).toEqual({ a: big });
    expect(kept({ a: 'x', b: 'y' })).toEqual({ a: 'x', b: 'y' });
  });
});
