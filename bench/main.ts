import { bundles } from './bundles';
import { coldStarts } from './cold';
import { median, report } from './stats';

const runs = 21;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const kb = (bytes: number): string => `${(bytes / 1000).toFixed(0)} KB`;

const main = async (): Promise<void> => {
  const held: boolean[] = [];
  const { lean, plain } = await bundles();
  held.push(
    report(
      'slack bundle, minified (budget 350 KB)',
      `${kb(lean.bytes)}   with defaults ${kb(plain.bytes)}`,
      lean.bytes <= 350_000,
    ),
  );
  const [ours, theirs] = await coldStarts([lean, plain], runs);
  if (!ours || !theirs) throw new Error('no starts were measured');
  const wall = median(ours.wall) / median(theirs.wall);
  const cpu = median(ours.cpu) / median(theirs.cpu);
  held.push(
    report(
      `cold start to first ack, median of ${runs} (≤ 1/3)`,
      `${ms(median(ours.wall))}   with defaults ${ms(median(theirs.wall))}   ratio ${wall.toFixed(2)}   (CPU ${cpu.toFixed(2)})`,
      wall <= 1 / 3,
    ),
  );
  const { inWorld } = await import('./in-world');
  held.push(...(await inWorld(runs)));
  process.exitCode = held.every(Boolean) ? 0 : 1;
};

void main();
