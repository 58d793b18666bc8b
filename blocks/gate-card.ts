import type { Button, KnownBlock } from '@slack/types';
import { jobLinks } from '../src/domain/console-links';
import { heldIn, isReturnable, type GateRun } from '../src/domain/gate/run';
import { severities } from '../src/domain/gate/verdict';
import type { Policy } from '../src/domain/policy';
import type { Card } from './finding-card';
import { leftOut, progress, wheres } from './gate-progress';
import { count, keysOf, signOf, sizeOf, startedBy, stateWords } from './gate-words';
import { encodeClick, gateActs, type Click } from './intent';
import {
  bold,
  bullets,
  buttons,
  clean,
  code,
  header,
  inert,
  line,
  moment,
  note,
  plain,
  rich,
  some,
  t,
} from './parts';

/** The one message of a run of the gate: what it took, how far it is, what was found, and what people can do (D38). */
export const gateCard = (run: GateRun, policy: Policy): Card => {
  const { sign, says } = stateWords[run.status.state];
  const { counts } = run;
  const actions = [...actsOf(run, policy).map(actButton(run)), ...macieButton(run, policy)];
  return {
    text: inert(
      `Data gate: ${says} · ${count(counts.taken, 'object')}${isJudged(run) ? ` · ${verdicts(run)}` : ''} · ${run.id}`,
    ),
    blocks: [
      header(`${sign} Data gate: ${says}`),
      rich(
        line(
          bold('Run'),
          code(run.id),
          ...startedBy(run.start),
          moment(run.startedAt),
          t('·'),
          ...keysOf(run),
        ),
        line(bold('Progress'), ...progress(run)),
        ...(isJudged(run) ? [line(bold('Verdicts'), t(verdicts(run)))] : []),
        ...wheres(run),
        ...leftOut(run),
      ),
      ...foundPart(run),
      ...(actions.length > 0 ? [buttons(...actions)] : []),
      note(`${policy.environment.toUpperCase()} · ${run.id}`),
    ],
  };
};

const isJudged = ({ counts }: GateRun) => counts.clean + heldIn(counts) > 0;

const verdicts = ({ counts }: GateRun): string =>
  [
    `✅ ${counts.clean} clean`,
    `🔴 ${counts.sensitive} sensitive`,
    `🔕 ${counts.suppressed} suppressed`,
    `❔ ${counts.unproven} unproven`,
  ].join(' · ');

const foundPart = ({ summary, status }: GateRun): KnownBlock[] => {
  if (!summary || status.state === 'aborted') return [];
  const graded = [...severities]
    .reverse()
    .filter((each) => (summary.severities[each] ?? 0) > 0)
    .map((each) => `${signOf(each)} ${count(summary.severities[each] ?? 0, each, each)}`);
  const lines = [
    ...(graded.length > 0 ? [line(bold('Found by severity'), t(graded.join(' · ')))] : []),
    ...bullets(
      some(summary.detected, { lines: 12, letters: 2000 }, ({ type, count: n, objects }) =>
        line(code(type, 130), t(`${count(n, 'time')} in ${count(objects, 'object')}`)),
      ),
    ),
    ...(summary.unproven.length > 0 ? [line(bold('Not proven clean'))] : []),
    ...bullets(
      some(summary.unproven, { lines: 12, letters: 2000 }, ({ because, objects }) =>
        line(t(`${clean(because, 140)}: ${count(objects, 'object')}`)),
      ),
    ),
    ...(summary.largest.length > 0 ? [line(bold('Largest of those held'))] : []),
    ...bullets(
      some(summary.largest, { lines: 5, letters: 1500 }, ({ key, size }) =>
        line(code(key, 200), t(sizeOf(size))),
      ),
    ),
  ];
  return lines.length === 0 ? [] : [rich(...lines)];
};

type Act = Extract<Click, { kind: 'gate' }>['act'];

const act: Partial<Record<Act, { words: string; says: string; style?: 'primary' | 'danger' }>> = {
  approve: { words: 'Approve all…', says: 'Release all held objects, marked', style: 'primary' },
  deny: { words: 'Deny all…', says: 'Keep all held objects out', style: 'danger' },
  choose: { words: 'Choose…', says: 'Look at held objects and decide on some of them' },
  samples: { words: 'Samples…', says: 'See masked samples of what was found' },
  abort: { words: 'Abort…', says: 'Stop this run; objects return to the raw bucket' },
  resume: { words: 'Resume', says: 'Let this run go on from where it stopped' },
  run: { words: 'Run again', says: 'Start another run for the same keys' },
  delete: { words: 'Delete all…', says: 'Delete all held objects for good, with a second person' },
  reopen: { words: 'Review again', says: 'Give people time to decide once more' },
};

const actsOf = ({ status, summary }: GateRun, policy: Policy): Act[] => {
  if (!policy.gate) return [];
  const { state } = status;
  const sampled = Object.values(summary?.severities ?? {}).some((n) => n > 0);
  switch (state) {
    case 'review':
      return [
        'approve',
        'deny',
        'choose',
        ...(sampled ? (['samples'] as const) : []),
        ...(policy.gate.deletion ? (['delete'] as const) : []),
      ];
    case 'staging':
    case 'scanning':
    case 'settling':
    case 'judging':
      return ['abort'];
    case 'held':
      return [
        ...(status.was ? (['resume'] as const) : []),
        ...(isReturnable(status.from) ? (['abort'] as const) : []),
      ];
    case 'expired':
      return ['reopen', 'choose'];
    case 'done':
    case 'aborted':
      return ['run'];
    default:
      return [];
  }
};

const actButton =
  (run: GateRun) =>
  (each: Act): Button => {
    const { words, says, style } = act[each]!;
    return {
      type: 'button',
      text: plain(words, 75),
      accessibility_label: clean(says, 75),
      ...(style && { style }),
      ...encodeClick({ kind: 'gate', run: run.id, act: each }, gateActs.indexOf(each)),
    };
  };

const macieButton = ({ job }: GateRun, { hub }: Policy): Button[] =>
  job
    ? jobLinks(job, hub.region).map(({ words, url }) => ({
        type: 'button',
        text: plain(words, 75),
        action_id: 'link:macie',
        url,
      }))
    : [];
