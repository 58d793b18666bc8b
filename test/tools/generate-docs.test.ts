import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { operations } from '../../src/operations';
import { playbooks } from '../../src/playbooks';
import { operationsIn, withTable } from '../../tools/catalogue';
import { sourceOf, stale } from '../../tools/generate-docs';
import { filesIn, root, textOf } from '../../tools/source';

describe('made documents', () => {
  it('are fresh (if not: npm run generate)', () => {
    expect(stale()).toEqual([]);
  });

  it('know the operations of every playbook', () => {
    const of = (id: string) => operationsIn(sourceOf(id), operations).map(({ kind }) => kind);

    for (const { id } of playbooks) expect(of(id)).not.toEqual([]);
    // Its evidence is planned by steps that it shares.
    expect(of('isolate-ec2-instance')).toEqual(
      expect.arrayContaining(['evidence.snapshot-volumes', 'ec2.quarantine-interfaces']),
    );
  });

  it('keep what stands around the markers', () => {
    const readme = 'a\n<!-- playbooks: made by npm run generate -->\nold\n<!-- /playbooks -->\nb\n';
    expect(withTable(readme, 'new')).toBe(readme.replace('old', '\nnew\n'));
    expect(() => withTable('no markers', 'new')).toThrow(/lacks the markers/);
  });
});

describe('written documents', () => {
  const pages = filesIn('.').filter((file) => file.endsWith('.md'));

  it('link to files that exist', () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map(([, to = '']) => to)
        .filter((to) => !existsSync(join(root, dirname(page), to)))
        .map((to) => `${page}: ${to}`),
    );
    expect(broken).toEqual([]);
  });

  it('name scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const unknown = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\bnpm run ([\w:-]+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !(name in scripts))
        .map((name) => `${page}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('record decisions in at most 25 lines: context, decision, consequence', () => {
    const wrong = filesIn('docs/decisions').filter((file) => {
      const text = textOf(file);
      const parts = ['**Context.**', '**Decision.**', '**Consequence.**'];
      return text.split('\n').length > 26 || !parts.every((part) => text.includes(part));
    });
    expect(wrong).toEqual([]);
  });
});
