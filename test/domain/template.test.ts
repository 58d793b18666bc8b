import type { Json } from '../../src/domain/canonical';
import { isChained, rendered, told, valuesOf } from '../../src/domain/template';
import { anAsked, aTarget } from '../support/builders';

const values = valuesOf(anAsked());

describe('a template', () => {
  it.each<[Json, Json]>([
    ['{{target.id}}', aTarget.id],
    ['{{ target.id }}/{{target.kind}}', `${aTarget.id}/${aTarget.kind}`],
    ['no mark, $5 and {braces}', 'no mark, $5 and {braces}'],
    [
      { a: ['{{target.account}}'], b: 7, c: null, d: undefined, '{{target.id}}': 'key' },
      { a: [aTarget.account], b: 7, c: null, '{{target.id}}': 'key' },
    ],
    ['{{steps.1.Ticket}} for $5', '${steps.1.Ticket} for $$5'],
  ])('%j is filled in as %j', (text, filled) => {
    expect(rendered(text, values)).toEqual(filled);
  });

  it('reads as words where an output will stand', () => {
    expect(told('see {{steps.1.Ticket}} of {{target.id}}', values)).toBe(
      `see ‹Ticket of step 1› of ${aTarget.id}`,
    );
  });

  it('with an output in it, at any depth, waits for its time', () => {
    expect(isChained({ a: [{ b: 'x {{steps.1.Ticket}}' }] })).toBe(true);
    expect(isChained({ a: '{{target.id}}', b: '${steps.1.Ticket}', c: 1 })).toBe(false);
  });

  it.each(['{{finding.title}}', '{{steps.x.y}}', '{{constructor}}'])(
    'has no value for %s here, and says so (law 10)',
    (text) => {
      expect(() => rendered(text, values)).toThrow(/^This tool has to be told .*not known here\.$/);
    },
  );
});
