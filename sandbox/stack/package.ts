import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { fingerprint } from './fingerprint';
import { exclusively } from '../lock';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export interface Resource {
  readonly Type: string;
  readonly Properties?: { [key: string]: Json };
}
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: Json }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** What `serverless package` left: two templates and one zip per function. */
export interface Package {
  readonly folder: string;
  readonly stackName: string;
  readonly create: Template;
  readonly update: Template;
  /** False if the package of an earlier run was still right. */
  readonly fresh: boolean;
}

interface State {
  readonly service: {
    readonly service: string;
    readonly provider: { readonly stage: string; readonly stackName?: string };
  };
}

export const stage = 'local';

const run = promisify(execFile);

const serverlessPackage = async (root: string, folder: string): Promise<void> => {
  const bin = join(root, 'node_modules', '.bin', 'serverless');
  try {
    await run(bin, ['package', '--stage', stage, '--package', folder], {
      cwd: root,
      env: {
        ...process.env,
        AWS_REGION: 'us-east-1',
        DRAWBRIDGE_CONFIG: 'sandbox/stack/drawbridge.yml',
        SLS_INTERACTIVE_SETUP_ENABLE: '0',
      },
      maxBuffer: 64 << 20,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Error(`serverless package failed:\n${words}`, { cause: error });
  }
};

const read = (folder: string, file: string): unknown =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** Packages the stack of `root`, or takes the last package if nothing that it is made of changed. */
export const packageStack = async (root: string): Promise<Package> => {
  const folder = join(root, '.sandbox', 'package');
  const stamp = join(root, '.sandbox', 'package.stamp');
  const fresh = await exclusively(join(root, '.sandbox', 'package.lock'), async () => {
    const wanted = fingerprint(root);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
    rmSync(stamp, { force: true });
    rmSync(folder, { recursive: true, force: true });
    await serverlessPackage(root, folder);
    writeFileSync(stamp, wanted);
    return true;
  });
  const { service } = read(folder, 'serverless-state.json') as State;
  return {
    folder,
    stackName: service.provider.stackName ?? `${service.service}-${service.provider.stage}`,
    create: read(folder, 'cloudformation-template-create-stack.json') as Template,
    update: read(folder, 'cloudformation-template-update-stack.json') as Template,
    fresh,
  };
};
