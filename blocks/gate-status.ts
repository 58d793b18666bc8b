import type { GateRun } from '../src/domain/gate/run';
import { answer, type Answer } from './answers';
import { count, keysOf, sizeOf, startedBy, stateWords } from './gate-words';
import { bold, bullets, code, line, link, moment, rich, some, t } from './parts';

/** A run in a list, with Slack's link to its card. */
export interface ListedRun {
  run: GateRun;
  card?: string;
}

export const gateStatus = (runs: readonly ListedRun[]): Answer =>
  runs.length === 0
    ? answer(
        'The gate has no run that is not over.',
        rich(line(t('☕ No run of the gate is under way.'))),
      )
    : answer(
        `${count(runs.length, 'run')} of the gate`,
        rich(
          line(bold(`Runs of the gate that are not over: ${runs.length}`)),
          ...bullets(some(runs, { lines: 15, letters: 6000 }, runLine)),
        ),
      );

const runLine = ({ run, card }: ListedRun) => {
  const { sign, says } = stateWords[run.status.state];
  const { taken, bytes } = run.counts;
  return line(
    t(`${sign} ${says}`),
    code(run.id),
    t(`· ${count(taken, 'object')}, ${sizeOf(bytes)} ·`),
    ...keysOf(run),
    t('·'),
    ...startedBy(run.start),
    moment(run.startedAt),
    ...(card ? [link(card, 'open the card')] : []),
  );
};
