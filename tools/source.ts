import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';

/** The repository's own folder: every path below is relative to it, with slashes. */
export const root = join(__dirname, '..');

/** What is installed, built or left behind by a run: not ours to judge. */
const foreign = new Set([
  'node_modules',
  '.venv',
  '.git',
  '.serverless',
  '.esbuild',
  '.sandbox',
  'coverage',
  '__pycache__',
]);

/** All files under these folders, sorted. */
export const filesIn = (...folders: readonly string[]): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = posix.join(folder, entry.name);
        if (foreign.has(entry.name)) return [];
        return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
      }),
    )
    .sort();

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Lines as an editor counts them. */
export const linesOf = (text: string): number => text.split('\n').length - 1;

export interface Import {
  /** A package's name, or the path of the file or folder in this repository, without its ending. */
  from: string;
  typeOnly: boolean;
}

// A clause never holds a quote or a semicolon, so the nearest `from` after `import` or `export` is its own.
const clause = /^(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'([^']+)'/gm;
const bare = /^import\s+'([^']+)'/gm;
const dynamic = /\b(?:import|require)\(\s*'([^']+)'/g;

/** What a TypeScript file imports. `import { type A, type B }` counts as types only, as it does for the compiler. */
export const importsOf = (file: string, text: string): Import[] => [
  ...[...text.matchAll(clause)].map(([, type, names = '', from = '']) => ({
    from: resolved(file, from),
    typeOnly: type !== undefined || onlyTypes(names),
  })),
  ...[...text.matchAll(bare), ...text.matchAll(dynamic)].map(([, from = '']) => ({
    from: resolved(file, from),
    typeOnly: false,
  })),
];

const onlyTypes = (names: string): boolean => {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  const each = inner?.split(',').map((name) => name.trim());
  return each?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
};

const resolved = (file: string, from: string): string =>
  from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), from)) : from;

/** `src/domain/ids.ts` → `domain`; `blocks/parts.ts` → `blocks`; `src/compose` → `compose`. */
export const roomOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second.replace(/\.ts$/, '') : first;
};

/** Names of all folders in the repository, with their paths. */
export const foldersOf = (files: readonly string[]): string[] => [
  ...new Set(files.flatMap((file) => ancestors(dirname(file)))),
];

const ancestors = (folder: string): string[] =>
  folder === '.' || folder === '' ? [] : [folder, ...ancestors(dirname(folder))];

export const nameOf = (path: string): string => basename(path);
