import { startWorld, type World } from '../sandbox/world';
import { clickToChanged } from './click-to-changed';
import { intakeRate } from './intake-rate';
import { median, quantile, report } from './stats';
import { acknowledgements } from './warm-acks';

const ms = (value: number): string => `${value.toFixed(0)} ms`;

/** What can only be measured in the deployed stack, all in one sandbox and one run. */
export const inWorld = async (runs: number): Promise<boolean[]> => {
  const world: World = await startWorld({ ports: 'free', seed: true });
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
    const { findings, seconds } = await intakeRate(world, 500);
    report(
      `findings through intake, ${findings} sent`,
      `${(findings / seconds).toFixed(0)} per second`,
    );
    return [held];
  } finally {
    await world.close();
  }
};
