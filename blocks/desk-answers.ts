import type { RichTextSection } from '@slack/types';
import type { Page } from '../src/app/lists';
import type { FindingRecord } from '../src/app/ports';
import { accountLabel, type Policy } from '../src/domain/policy';
import type { Remediation } from '../src/domain/remediation';
import { answer, type Answer } from './answers';
import { ago, bold, bullets, code, line, link, moment, person, rich, some, t } from './parts';

/** A remediation in a list: whose turn it is, and Slack's link to its card. */
export interface Listed {
  remediation: Remediation;
  /** May the person who asks decide it now? */
  yours: boolean;
  card?: string;
}

const most = { lines: 15, letters: 5000 };

export const remediationLine = ({ remediation, yours, card }: Listed): RichTextSection => {
  const { title, target, requester, proposal, status } = remediation;
  const given = proposal?.decisions.filter(({ verdict }) => verdict === 'approve').length ?? 0;
  const waits = status.state === 'awaiting approval';
  return line(
    ...(waits ? [t(yours ? '👉' : '⏳')] : [t('⚙️')]),
    bold(title, 100),
    code(target.id, 120),
    t('asked by'),
    person(requester.id, requester.name),
    ...(waits && proposal
      ? [
          t(`· ${given} of ${proposal.rule.approvals} approvals · until`),
          moment(proposal.until),
          ago(proposal.until),
        ]
      : [t(`· ${status.state}`)]),
    ...(card ? [link(card, 'open the card')] : []),
  );
};

export const approvalsText = (waiting: readonly Listed[]): Answer =>
  waiting.length === 0
    ? answer('Nothing waits for a decision.', rich(line(t('☕ Nothing waits for a decision.'))))
    : answer(
        `${waiting.length} waiting for a decision`,
        rich(
          line(
            bold(`${waiting.length} waiting for a decision`),
            t(`· ${waiting.filter(({ yours }) => yours).length} of them yours to decide`),
          ),
          ...bullets(some(waiting, most, remediationLine)),
        ),
      );

export const statusText = (
  waiting: readonly Listed[],
  running: readonly Listed[],
  open: string,
): Answer =>
  answer(
    `${waiting.length} waiting, ${running.length} running`,
    rich(
      line(bold('Open findings'), t(open)),
      line(bold(`Waiting for a decision: ${waiting.length}`)),
      ...bullets(some(waiting, most, remediationLine)),
      line(bold(`Running: ${running.length}`)),
      ...bullets(some(running, most, remediationLine)),
    ),
  );

export const exceptionsText = (
  { items: records, next }: Page<FindingRecord>,
  policy: Policy,
): Answer =>
  answer(
    `${records.length}${next ? ' and more' : ''} exceptions`,
    rich(
      line(bold(records.length === 0 ? 'Nothing is suppressed.' : 'Suppressed for a time')),
      ...bullets(
        some(records, { lines: 25, letters: 7000 }, ({ finding, exception }) =>
          line(
            t(finding.title, 120),
            code(finding.resources[0]?.id.split(/[/:]/).at(-1) ?? '', 80),
            t(`in ${accountLabel(policy, finding.account)} until`, 80),
            moment(exception?.until ?? ''),
            t('·'),
            exception?.by ? person(exception.by.id, exception.by.name) : t('by the policy'),
            t(`“${exception?.reason ?? ''}”`, 200),
          ),
        ),
      ),
      ...(records.length > 0
        ? [line(code('/findings suppressed'), t('opens them one by one.'))]
        : []),
    ),
  );
