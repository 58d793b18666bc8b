import type { World } from '../sandbox/world';

/** Milliseconds from the signed request to the answer, one after another, through the local HTTP API. */
export const acknowledgements = async (world: World, count: number): Promise<number[]> => {
  const command = () =>
    world.slack.driver.command({ user: 'U0RITA', channel: 'C0ALERTS', text: '/drawbridge help' });
  for (let warm = 0; warm < 10; warm += 1) await command();
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const { ms, shown } = await command();
    if (shown !== 'ok') throw new Error(`a command was answered with ${shown}`);
    times.push(ms);
  }
  return times;
};
