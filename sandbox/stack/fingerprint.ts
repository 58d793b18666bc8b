import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

// Whatever `serverless package` reads: if none of it changed, the last package is still right.
const inputs = [
  'serverless.yml',
  'package-lock.json',
  'tsconfig.json',
  'tools',
  'sandbox/stack/drawbridge.yml',
  'src',
  'handlers',
  'blocks',
  'infra',
  'config',
];

const add = (hash: Hash, root: string, path: string): void => {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) add(hash, root, join(path, name));
    return;
  }
  hash
    .update(`${relative(root, path)}\0`)
    .update(readFileSync(path))
    .update('\0');
};

/** A hash over all that the packaged stack is made of. */
export const fingerprint = (root: string): string => {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(root, input);
    if (existsSync(path)) add(hash, root, path);
  }
  return hash.digest('hex');
};
