import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Policy } from '../src/domain/policy';
import { operations } from '../src/operations';
import { playbooks } from '../src/playbooks';
import { operationsIn, playbooksPage, readmeTable, withTable, type Entry } from './catalogue';
import { memberRegion } from './collect-document';
import { asCommand } from './command';
import { policySchema } from './policy-schema';
import { filesIn, importsOf, root, textOf } from './source';

/** Made text is formatted as written text is, so that the two gates never disagree. */
const formatted = (file: string, text: string): string => {
  const bin = join(root, 'node_modules', '.bin', 'oxfmt');
  const args = [`--stdin-filepath=${file}`];
  const { status, stdout, stderr } = spawnSync(bin, args, {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`oxfmt refused ${file}: ${stderr}`);
  return stdout;
};

const schemaFile = 'config/drawbridge.schema.json';
const regionFile = 'infra/member-region.yml';

const collectors = () => ({
  linux: textOf('infra/documents/collect-linux.sh'),
  windows: textOf('infra/documents/collect-windows.ps1'),
});

/** What a playbook plans with: its folder, and the steps that it shares with others. */
export const sourceOf = (playbook: string): string => {
  const own = filesIn(`src/playbooks/${playbook}`);
  const shared = own
    .flatMap((file) => importsOf(file, textOf(file)))
    .filter(({ from, typeOnly }) => !typeOnly && from.startsWith('src/operations/'))
    .map(({ from }) => `${from}.ts`);
  return [...own, ...new Set(shared)].map(textOf).join('\n');
};

/** Every file that is made, with what should be in it. */
export const generated = (): Record<string, string> => {
  const policy = Policy.parse(parse(textOf('config/drawbridge.yml')));
  const entries = playbooks.map((playbook): Entry => {
    return { playbook, operations: operationsIn(sourceOf(playbook.id), operations) };
  });
  const readme = withTable(textOf('README.md'), readmeTable(entries));
  const page = `${playbooksPage(entries, policy)}\n`;
  return {
    'README.md': formatted('README.md', readme),
    'docs/playbooks.md': formatted('docs/playbooks.md', page),
    [schemaFile]: formatted(schemaFile, JSON.stringify(policySchema())),
    [regionFile]: formatted(regionFile, memberRegion(collectors())),
  };
};

export const stale = (): string[] =>
  Object.entries(generated())
    .filter(([file, text]) => !existsSync(join(root, file)) || textOf(file) !== text)
    .map(([file]) => file);

const main = (): Promise<number> => {
  const old = stale();
  if (process.argv.includes('--check')) {
    for (const file of old) console.error(`${file} is stale: npm run generate`);
    return Promise.resolve(old.length === 0 ? 0 : 1);
  }
  const made = generated();
  for (const file of old) writeFileSync(join(root, file), made[file] ?? '');
  console.log(old.length === 0 ? 'all fresh' : `made ${old.join(', ')}`);
  return Promise.resolve(0);
};

if (require.main === module) void asCommand(main);
