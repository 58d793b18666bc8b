import { filesIn, textOf } from '../../tools/source';

/** Titles name the defects of the published pipeline that they rule out, as `D7: …` or `D26, D27: …`. */
const named = new Set(
  filesIn('test')
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => textOf(file).match(/['`]D\d+(?:, D\d+)*: /g) ?? [])
    .flatMap((title) => title.match(/\d+/g) ?? [])
    .map(Number),
);

it('each of the forty defects of the published pipeline has a test that is named after it', () => {
  const all = Array.from({ length: 40 }, (_, index) => index + 1);

  expect(all.filter((number) => !named.has(number))).toEqual([]);
});
