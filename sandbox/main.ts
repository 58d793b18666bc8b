import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { holderOf, take } from './lock';
import { startWorld, type World } from './world';

const root = join(__dirname, '..');
const pidFile = join(root, '.sandbox', 'sandbox.pid');
const firstPort = Number(process.env['DRAWBRIDGE_PORT'] ?? 4000);

const table = (world: World): string =>
  [
    ['Slack workspace', world.urls.slack],
    ['Drawbridge (HTTP API)', world.urls.api],
    ['edge (all AWS calls)', `${world.urls.edge}   calls: ${world.urls.edge}/_edge/calls`],
    ['MiniStack (the stack)', `${world.urls.ministack}   log: ${world.emulators.ministack.log}`],
    ['moto (the estate)', `${world.urls.moto}   log: ${world.emulators.moto.log}`],
    ['Macie, Security Hub', world.urls.hub],
    ['a ticket tool', world.urls.tool],
  ]
    .map(([what = '', where = '']) => `  ${what.padEnd(24)}${where}`)
    .join('\n');

const start = async (): Promise<void> => {
  if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65_530) {
    throw new Error('DRAWBRIDGE_PORT must be the number of the first of five ports, e.g. 5000');
  }
  if (!take(pidFile)) {
    throw new Error(
      `A sandbox is already running, pid ${holderOf(pidFile) ?? '?'}: use it, or end it with Ctrl-C.`,
    );
  }
  let world: World | undefined;
  let ending = false;
  const end = async (code: number): Promise<void> => {
    if (ending) process.exit(code);
    ending = true;
    await world?.close();
    rmSync(pidFile, { force: true });
    process.exit(code);
  };
  const began = Date.now();
  const starting = startWorld({
    ports: firstPort,
    seed: true,
    data: true,
    root,
    progress: (part, seconds) => {
      console.log(`  ✓ ${part} ${seconds.toFixed(1)} s`);
    },
    onDeath: (message) => {
      console.error(message);
      void end(1);
    },
  });
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Asked again, it just ends: the emulators notice that their parent is gone. A terminal and npm may
      // both pass on one Ctrl-C.
      if (asked > 0 && Date.now() - asked > 1000) process.exit(130);
      if (asked > 0) return;
      asked = Date.now();
      if (!world) console.log('Ending as soon as what is starting has started …');
      // Before the world is up, its parts are not known.
      void starting.then(
        () => end(0),
        () => end(1),
      );
    });
  }
  try {
    world = await starting;
  } catch (error) {
    rmSync(pidFile, { force: true });
    throw error;
  }
  const told = new Set<string>();
  world.edge.onFailure((failure) => {
    const where = failure.trace[1]?.trim() ?? '';
    const line = `  ✗ ${failure.function} failed: ${failure.type}: ${failure.message} ${where}`;
    // A queue tries again and again; the same words need to be read once.
    if (!told.has(line)) console.error(line);
    told.add(line);
  });
  console.log(`\nUp in ${((Date.now() - began) / 1000).toFixed(1)} s.\n${table(world)}\n`);
  console.log(
    `Open ${world.urls.slack} – you are Rita; click Remediate on the first card. Ctrl-C ends it all.`,
  );
};

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
