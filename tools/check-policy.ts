import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { asCommand } from './command';
import { readPolicy } from './policy-rules';
import { root } from './source';

/** `npm run policy`: what is wrong with a policy file. With `--json` it prints it as the bundles hold it. */
const main = (): Promise<number> => {
  const given = process.argv.slice(2);
  const [path = 'config/drawbridge.yml'] = given.filter((each) => each !== '--json');
  const file = relative(root, resolve(root, path));
  const read = readPolicy(readFileSync(resolve(root, path), 'utf8'), new Date());
  if ('faults' in read) {
    for (const fault of read.faults) console.error(`✗ ${file}: ${fault}`);
    return Promise.resolve(1);
  }
  for (const caution of read.cautions) console.error(`! ${file}: ${caution}`);
  console.log(given.includes('--json') ? JSON.stringify(read.policy) : 'policy: ok');
  return Promise.resolve(0);
};

if (require.main === module) void asCommand(main);
