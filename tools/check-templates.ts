import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageStack } from '../sandbox/stack';
import { operations } from '../src/operations';
import { playbooks } from '../src/playbooks';
import { asCommand } from './command';
import {
  faultsOf,
  grantFaults,
  oversized,
  sharedRoles,
  statementsOf,
  type Node,
  type Resources,
} from './iam-rules';
import { memberFile, memberTemplate, responderParts } from './member-template';
import { readPolicy } from './policy-rules';
import { filesIn, root, textOf } from './source';
import { aslFaults, errorClassesIn, substitutionFaults, unknownErrors } from './workflow-rules';

const regionFile = 'infra/member-region.yml';

// The framework adds a DependsOn for each role and integration, which cfn-lint finds needless: not ours to change.
const ignored = ['W3005'];

const cfnLint = (files: readonly string[]): string[] => {
  const bin = join(root, '.venv', 'bin', 'cfn-lint');
  if (!existsSync(bin)) return ['.venv has no cfn-lint: run npm test once, it installs it'];
  const args = ['--format', 'parseable', '--ignore-checks', ...ignored, '--', ...files];
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
};

/** Everything that a template or a definition can get wrong without AWS there to say so. */
const templateFaults = async (): Promise<string[]> => {
  const { folder, update } = await packageStack(root);
  const member = memberTemplate().Resources;
  const packaged = update.Resources as Resources;
  const statements = statementsOf(packaged as unknown as Node);
  const granted = statementsOf(member as unknown as Node);
  const responder = responderParts(member);
  const declared = [
    ...playbooks.flatMap(({ permissions }) => permissions),
    ...operations.flatMap(({ permissions: { read, apply, undo = [] } }) => [
      ...read,
      ...apply,
      ...undo,
    ]),
  ];
  const faults = await Promise.all([...statements, ...granted].map(faultsOf));
  return [
    ...cfnLint([join(folder, 'cloudformation-template-update-stack.json'), memberFile, regionFile]),
    ...faults.flat(),
    ...sharedRoles(packaged),
    ...[packaged, member].flatMap(oversized),
    ...grantFaults(statementsOf(responder as unknown as Node), declared, memberFile),
    ...substitutionFaults(packaged),
  ];
};

const workflowFaults = (): string[] => {
  const classes = new Set(filesIn('src').flatMap((file) => errorClassesIn(textOf(file))));
  return filesIn('infra/workflows').flatMap((file) => {
    const text = textOf(file);
    const faults = [...aslFaults(text), ...unknownErrors(JSON.parse(text), classes)];
    return faults.map((fault) => `${file}: ${fault}`);
  });
};

const policyFaults = (file: string): string[] => {
  const read = readPolicy(textOf(file), new Date());
  if ('faults' in read) return read.faults.map((fault) => `${file}: ${fault}`);
  for (const caution of read.cautions) console.error(`! ${file}: ${caution}`);
  return [];
};

const main = async (): Promise<number> => {
  const faults = [
    ...['config/drawbridge.yml', 'sandbox/stack/drawbridge.yml'].flatMap(policyFaults),
    ...workflowFaults(),
    ...(await templateFaults()),
  ];
  for (const fault of faults) console.error(`✗ ${fault}`);
  console.log(faults.length === 0 ? 'templates: ok' : `templates: ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
};

if (require.main === module) void asCommand(main);
