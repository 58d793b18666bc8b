import { identifier, limit, link } from '../../src/findings/text';

test('cuts by whole characters and leaves short text alone', () => {
  expect(limit('😀😀😀', 3)).toBe('😀😀😀');
  expect(limit('😀😀😀', 2)).toBe('😀…');
  expect(limit('😀😀😀', 2, '')).toBe('😀😀');
});

test('mends half a character', () => {
  expect(limit('a\ud800b', 9)).toBe('a\ufffdb');
});

test('keeps what is not ours to escape', () => {
  expect(limit('<!channel> \u2028\u202e', 20)).toBe('<!channel> \u2028\u202e');
});

test('an id is whole or missing', () => {
  expect([identifier(' a '), identifier(''), identifier(undefined), identifier('abc', 2)]).toEqual([
    'a',
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ['https://example.com/a b', 'https://example.com/a%20b'],
  ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
  ['http://example.com', undefined],
  ['https://user@example.com', undefined],
  ['javascript:alert(1)', undefined],
  [`https://example.com/${'x'.repeat(2000)}`, undefined],
  ['no address', undefined],
  [undefined, undefined],
])('the link of %s is %s', (given, href) => {
  expect(link(given)).toBe(href);
});
