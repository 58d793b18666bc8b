import { severities } from '../src/domain/finding';
import type { Span } from '../src/domain/measure';
import { outcomes } from '../src/domain/outcome-name';
import { accountLabel, type Policy } from '../src/domain/policy';
import { periodDays, weekCount, type Period, type Spread, type Stats } from '../src/domain/stats';
import { answer, type Answer } from './answers';
import { lasting } from './lasting';
import { kinds } from './outcome-kinds';
import { bold, bullets, clean, line, rich, some, t } from './parts';

/** In the order in which things happen. */
const spanWords: readonly (readonly [Span, string])[] = [
  ['acknowledge', 'Finding → acknowledged'],
  ['decide', 'Approval asked for → decided'],
  ['fulfil', 'Requested → done'],
  ['remediate', 'Finding → remediated'],
];

/** What `/drawbridge stats` answers: this period, and in brackets the one before it. */
export const statsText = (stats: Stats, policy: Policy): Answer => {
  const { now, before } = stats;
  const done = now.outcomes.get('done') ?? 0;
  return answer(
    `The last ${periodDays} days: ${done} done`,
    rich(
      line(bold(`The last ${periodDays} days`), t(`· in brackets the ${periodDays} days before`)),
      ...spanWords.flatMap(([span, words]) => timePart(words, now.times[span], before.times[span])),
      line(bold('Outcomes')),
      ...outcomePart(now, before),
      ...accountPart(now, policy),
    ),
  );
};

const timePart = (words: string, now: Period['times'][Span], before: Period['times'][Span]) =>
  now
    ? [
        line(bold(words), t(spreadWords(now.all, before?.all))),
        ...bullets(
          severities.toReversed().flatMap((severity) => {
            const spread = now.by[severity];
            return spread
              ? [line(t(`${severity}:`), t(spreadWords(spread, before?.by[severity])))]
              : [];
          }),
        ),
      ]
    : [line(bold(words), t(before ? `never (median ${lasting(before.all.median)})` : 'never'))];

const spreadWords = ({ count, median, p90 }: Spread, before: Spread | undefined): string =>
  `median ${lasting(median)}${before ? ` (${lasting(before.median)})` : ''} · 9 in 10 within ${lasting(p90)} · ${count} ${count === 1 ? 'time' : 'times'}`;

const outcomePart = (now: Period, before: Period) => {
  const told = outcomes.filter((each) => now.outcomes.has(each) || before.outcomes.has(each));
  if (told.length === 0) return [line(t('none yet'))];
  return bullets([
    ...told.map((each) =>
      line(t(`${each}:`), t(`${now.outcomes.get(each) ?? 0} (${before.outcomes.get(each) ?? 0})`)),
    ),
    line(t('undone of what was done:'), t(`${shareUndone(now)} (${shareUndone(before)})`)),
  ]);
};

/** An undo may be of what was done in an earlier period, so this can be more than all. */
const shareUndone = ({ outcomes: of }: Period): string => {
  const [done, undone] = [of.get('done') ?? 0, of.get('undone') ?? 0];
  return done === 0 ? '–' : `${Math.round((100 * undone) / done)} %`;
};

const accountPart = ({ accounts }: Period, policy: Policy) =>
  accounts.length === 0
    ? []
    : [
        line(bold('Busiest accounts')),
        ...bullets(
          some(accounts, { lines: 5, letters: 1000 }, ([account, count]) =>
            line(t(`${accountLabel(policy, account)}:`, 80), t(`${count} outcomes`)),
          ),
        ),
      ];

/** The chart in words, for those who do not see it. Slack takes 1,000 characters. */
export const chartInWords = ({ at, weeks }: Stats): string => {
  const course = (of: 'decide' | 'remediate'): string => {
    const values = weeks.flatMap((week) => week[of] ?? []);
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) return 'was never timed';
    return values.length === 1
      ? `took ${lasting(last)}`
      : `went from ${lasting(first)} to ${lasting(last)}`;
  };
  const counts = kinds
    .map(({ words, of }) => {
      const sum = weeks.reduce(
        (total, week) =>
          total + of.reduce((part, each) => part + (week.outcomes.get(each) ?? 0), 0),
        0,
      );
      return `${sum} ${words}`;
    })
    .join(', ');
  return clean(
    `Two charts of ${weekCount} weeks to ${at.slice(0, 10)}. The median time from finding to remediation ${course('remediate')}, from question to decision ${course('decide')}. Outcomes in all: ${counts}.`,
    1000,
  );
};
