import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface PageFile {
  type: string;
  body: string;
}

const run = promisify(execFile);
const folder = join(__dirname, '..', 'page');
const esbuild = require.resolve('esbuild/bin/esbuild');

/**
 * Bundles in memory. esbuild runs as a program of its own: its JavaScript API refuses to work inside jest's realm.
 */
async function bundle(entry: string): Promise<string> {
  const args = [join(folder, entry), '--bundle', '--minify', '--log-level=error'];
  const more = ['--format=esm', '--jsx=automatic', '--define:process.env.NODE_ENV="production"'];
  const { stdout } = await run(esbuild, [...args, ...more], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Drawbridge sandbox · Slack</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"></head>
<body><div id="root"></div><script type="module" src="/page.js"></script></body>
</html>`;

const built = new Map<string, Promise<string>>();

function buildOnce(entry: string): Promise<string> {
  const known = built.get(entry) ?? bundle(entry);
  built.set(entry, known);
  known.catch(() => built.delete(entry));
  return known;
}

/** Any other path is the page: it reads `/archives/…` by itself. */
export async function pageFile(path: string): Promise<PageFile> {
  if (path === '/page.js') return { type: 'text/javascript', body: await buildOnce('main.tsx') };
  if (path === '/page.css') return { type: 'text/css', body: await buildOnce('page.css') };
  return { type: 'text/html; charset=utf-8', body: html };
}

/** So that the first visit does not wait. */
export async function preparePage(): Promise<void> {
  await Promise.all([buildOnce('main.tsx'), buildOnce('page.css')]);
}
