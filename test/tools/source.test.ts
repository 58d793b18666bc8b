import { foldersOf, importsOf, linesOf, roomOf } from '../../tools/source';

describe('importsOf', () => {
  const file = 'src/app/decide.ts';

  it('sees values, types, re-exports, bare and dynamic imports, on one line or on many', () => {
    const text = [
      "import { a } from '../domain/a';",
      "import type { B } from './b';",
      'import {',
      '  c,',
      '  type D,',
      "} from '../../blocks/c';",
      "import { type E, type F } from 'zod/mini';",
      "export * from '../domain/g';",
      "export type { H } from '@aws-sdk/client-ec2';",
      "import '../i';",
      "const j = await import('./j');",
    ].join('\n');
    expect(importsOf(file, text)).toEqual([
      { from: 'src/domain/a', typeOnly: false },
      { from: 'src/app/b', typeOnly: true },
      { from: 'blocks/c', typeOnly: false },
      { from: 'zod/mini', typeOnly: true },
      { from: 'src/domain/g', typeOnly: false },
      { from: '@aws-sdk/client-ec2', typeOnly: true },
      { from: 'src/i', typeOnly: false },
      { from: 'src/app/j', typeOnly: false },
    ]);
  });

  it('is not misled by an export that comes before an import in another statement', () => {
    const text = "export const from = 1;\nexport { x };\nimport { y } from './y';";
    expect(importsOf(file, text)).toEqual([{ from: 'src/app/y', typeOnly: false }]);
  });
});

it('names the room of a file', () => {
  expect(
    ['src/domain/ids.ts', 'src/compose', 'blocks/parts', 'handlers/slack.ts'].map(roomOf),
  ).toEqual(['domain', 'compose', 'blocks', 'handlers']);
});

it('lists each folder on the way to a file once', () => {
  expect(foldersOf(['a/b/c.ts', 'a/d.ts', 'e.ts'])).toEqual(['a/b', 'a']);
});

it('counts lines as an editor does', () => {
  expect(linesOf('a\nb\n')).toBe(2);
});
