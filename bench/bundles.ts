import { build, type BuildOptions, type Plugin } from 'esbuild';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const plugins = require('../tools/esbuild-plugins.cjs') as Plugin[];

export interface Bundle {
  file: string;
  bytes: number;
}

/** The `slack` function as we package it, and as esbuild bundles it when nobody says anything but what serverless.yml must. */
export const bundles = async (): Promise<{ lean: Bundle; plain: Bundle }> => {
  const out = await mkdtemp(join(tmpdir(), 'drawbridge-bench-'));
  const policyOnly = plugins.filter(({ name }) => name === 'policy');
  const make = async (name: string, more: BuildOptions): Promise<Bundle> => {
    const file = join(out, `${name}.js`);
    await build({
      absWorkingDir: root,
      entryPoints: ['handlers/slack.ts'],
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      outfile: file,
      ...more,
    });
    return { file, bytes: (await stat(file)).size };
  };
  const [lean, plain] = await Promise.all([
    make('lean', {
      plugins,
      mainFields: ['module', 'main'],
      charset: 'utf8',
      legalComments: 'none',
    }),
    make('plain', { plugins: policyOnly }),
  ]);
  return { lean, plain };
};
