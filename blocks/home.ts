import type { HomeView, KnownBlock } from '@slack/types';
import type { FindingRecord } from '../src/app/ports';
import type { Person, Role } from '../src/domain/person';
import { accountLabel, type Policy } from '../src/domain/policy';
import { whoText } from './answers';
import { severitySign } from './case-view';
import { remediationLine, type Listed } from './desk-answers';
import { encodeClick } from './intent';
import {
  bold,
  bullets,
  clean,
  code,
  divider,
  header,
  line,
  note,
  plain,
  rich,
  some,
  t,
} from './parts';

/** What is on this person's desk. */
export interface Desk {
  /** Waiting for a decision that this person may make. */
  yours: readonly Listed[];
  /** Asked for by this person, and not over. */
  asked: readonly Listed[];
  running: readonly Listed[];
  critical: readonly FindingRecord[];
  /** There are more critical ones than these. */
  more: boolean;
}

/** The App Home: what waits for me, what I asked for, what burns, what runs, and what I may do. */
export const homeView = (
  who: Person,
  desk: Desk,
  policy: Policy,
  words: Readonly<Record<Role, string>>,
  now: string,
): HomeView => ({
  type: 'home',
  blocks: [
    header('Drawbridge'),
    // Findings are shown to members only (law 3).
    ...(who.outsider ? [] : [...deskPart(desk, policy), divider]),
    ...whoText(who, policy, words).blocks,
    divider,
    rich(
      line(
        bold('How it works'),
        t(
          'A finding has one card. Remediate… shows the plan; the policy says who approves it; the change is read back, told in the thread, and can be undone.',
        ),
      ),
      line(t('Type'), code('/drawbridge help'), t('in a channel of ours for everything else.')),
    ),
    note(`${policy.environment.toUpperCase()} · as of ${now.slice(0, 16).replace('T', ' ')} UTC`),
  ],
});

const deskPart = (
  { yours, asked, running, critical, more }: Desk,
  policy: Policy,
): KnownBlock[] => [
  listPart('👉 Yours to decide', yours, 'Nothing waits for your decision.'),
  listPart('Your requests', asked, 'You have asked for nothing that is still open.'),
  listPart('Running', running, 'Nothing is being changed.'),
  rich(
    line(bold(`🚨 Open critical findings: ${critical.length}${more ? ' and more' : ''}`)),
    ...(critical.length === 0 ? [line(t('None. /findings shows the others.'))] : []),
  ),
  ...critical.slice(0, 5).map((record, index) => criticalPart(record, index, policy)),
];

const listPart = (title: string, remediations: readonly Listed[], nothing: string): KnownBlock =>
  rich(
    line(bold(`${title}: ${remediations.length}`)),
    ...(remediations.length === 0
      ? [line(t(nothing))]
      : bullets(some(remediations, { lines: 10, letters: 2500 }, remediationLine))),
  );

/** One line with its button: what burns is seen without scrolling. */
const criticalPart = ({ finding }: FindingRecord, index: number, policy: Policy): KnownBlock => {
  const of = clean(finding.resources[0]?.id.split(/[/:]/).at(-1) ?? 'no resource', 80);
  const where = `${of} in ${accountLabel(policy, finding.account)}`;
  return {
    type: 'section',
    text: plain(`${severitySign[finding.severity]} ${clean(finding.title, 150)} · ${where}`, 400),
    accessory: {
      type: 'button',
      text: plain('Details…', 75),
      accessibility_label: clean(`Details of ${finding.title}`, 75),
      ...encodeClick({ kind: 'finding.details', finding: finding.key }, index),
    },
  };
};
