import { startWorld, type World } from '../sandbox/world';
import { clickToChanged } from './click-to-changed';
import { intakeRate } from './intake-rate';
import { isolation } from './isolation';
import { median, quantile, report } from './stats';
import { acknowledgements } from './warm-acks';

const isolations = 3;

const s = (value: number): string => `${(value / 1000).toFixed(1)} s`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;

/** What can only be measured in the deployed stack, all in one sandbox and one run. */
export const inWorld = async (runs: number): Promise<boolean[]> => {
  const world: World = await startWorld({ ports: 'free', seed: true, pauses: 1 });
  try {
    const acks = await acknowledgements(world, 200);
    report(
      'warm acknowledgement, 200 commands',
      `p50 ${ms(quantile(acks, 0.5))}   p99 ${ms(quantile(acks, 0.99))}`,
    );
    const { clicks, bare, calls } = await clickToChanged(world, runs);
    const ratio = median(clicks) / median(bare);
    const held = report(
      `approval to changed, median of ${runs} (≤ 2×)`,
      `${ms(median(clicks))}   bare script of the same ${calls} calls ${ms(median(bare))}   ratio ${ratio.toFixed(2)}`,
      ratio <= 2,
    );
    // Before the storm, whose cards would keep the channel busy.
    const contained = await isolated(world);
    const { findings, seconds } = await intakeRate(world, 500);
    report(
      `findings through intake, ${findings} sent`,
      `${(findings / seconds).toFixed(0)} per second`,
    );
    return [held, contained];
  } finally {
    await world.close();
  }
};

/** The longest part: each run cuts the seeded web server off twice, once by a script, and gives it back. */
const isolated = async (world: World): Promise<boolean> => {
  const { contained, scripts, calls, artefacts } = await isolation(world, isolations);
  const theirs = median(scripts.map((each) => each.contained));
  const waited = median(scripts.map((each) => each.waited));
  const ratio = median(contained) / theirs;
  const fast = report(
    `isolation: approval to contained, median of ${isolations} (≤ 1/2)`,
    `${s(median(contained))}   public way, step by step ${s(theirs)} (${s(waited)} of it for snapshots)   ratio ${ratio.toFixed(2)}`,
    ratio <= 1 / 2,
  );
  const count = (of: (each: (typeof calls)[number]) => number): string =>
    median(calls.map(of)).toFixed(0);
  report(
    'isolation: calls until contained',
    `${count(({ inAccount }) => inAccount)} to the account, ${count(({ all }) => all)} with our own table and bucket   script ${count(({ script }) => script)}`,
  );
  const captured = Math.max(...scripts.map((each) => each.artefacts));
  const more = report(
    'isolation: pieces of evidence (more)',
    `${artefacts}   script ${captured}`,
    artefacts > captured,
  );
  return fast && more;
};
