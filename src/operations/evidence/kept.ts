import type { Aws, AwsCalls } from '../aws';

/** What the runner remembers of an artefact: with it, the bucket's word is checked later. */
export type Kept = {
  readonly name: string;
  readonly key: string;
  readonly version: string;
  readonly sha256: string;
  readonly size: number;
  readonly note: string;
};

export type Evidence = { readonly kept: readonly Kept[] };

/** What this very step has kept already, by name. */
export const keptBy = async (aws: Aws, run: string): Promise<Kept[]> => {
  const { artefacts } = await aws.call('evidence:List', { run, of: 'step' });
  return artefacts.map(({ name, key, version, sha256, size, note }) => ({
    name,
    key,
    version,
    sha256,
    size,
    note,
  }));
};

type New = Pick<AwsCalls['evidence:Keep'][0], 'name' | 'note'>;

export const keepJson = async (aws: Aws, run: string, of: New, value: unknown): Promise<void> => {
  const content = JSON.stringify(value, null, 2);
  await aws.call('evidence:Keep', { run, ...of, content, encoding: 'utf8', type: json });
};

const json = 'application/json';

/** For the trail: the hash of each, so that the chain of audit links vouches for the evidence. */
export const hashes = ({ kept }: Evidence): Record<string, string> =>
  Object.fromEntries(
    kept.map(({ name, sha256, size, note }) => [
      name,
      `${sha256} (${size} bytes)${note && `, ${note}`}`,
    ]),
  );

/** The same of all operations that take evidence. */
export const neverUndone = {
  drift: (): string[] => [],
  output: hashes,
  irreversible: 'evidence is kept, and never taken back.',
} as const;
