import type { Button, KnownBlock, RichTextSection } from '@slack/types';
import { never } from '../src/domain/errors';
import type { Proposal, Remediation, StepRecord } from '../src/domain/remediation';
import type { CaseView } from './case-view';
import { encodeClick } from './intent';
import {
  ago,
  bold,
  bullets,
  buttons,
  clean,
  divider,
  group,
  line,
  moment,
  person,
  plain,
  rich,
  some,
  t,
  type Leaf,
} from './parts';
import { planPart } from './plan-part';
import { verdictLines } from './verdict-part';

/** The part of the card that tells where the latest remediation stands, and offers what can be done now. */
export const remediationPart = (view: CaseView): KnownBlock[] => {
  const { remediation } = view;
  if (!remediation) return [];
  return [
    divider,
    rich(
      line(
        bold(remediation.title, 100),
        t('· asked by'),
        person(remediation.requester.id, remediation.requester.name),
        t('·'),
        t(`“${clean(remediation.reason)}”`, 300),
      ),
      line(...statusLine(remediation)),
      ...verdictLines(view),
      ...bullets(progress(view)),
    ),
    ...decisionPart(view, remediation),
    ...waitingPart(remediation),
    ...undoPart(remediation),
  ];
};

const statusLine = ({ status, proposal }: Remediation): Leaf[] => {
  switch (status.state) {
    case 'preparing':
      return [t('⏳ Looking at the target…')];
    case 'awaiting approval':
      return proposal ? waiting(proposal) : [t('⏳ Waiting for approval')];
    case 'approved':
      return [
        t('⏳ Approved by'),
        ...approvers(proposal),
        ...(status.opens
          ? [t('– waits for its change window, which opens'), moment(status.opens)]
          : [t('– checking that the target is still as shown')]),
      ];
    case 'applying':
      return [t('⏳ Approved by'), ...approvers(proposal), t('– changing')];
    case 'rolling back':
      return [t('↩️ Rolling back:'), t(status.because)];
    case 'undoing':
      return [t('↩️ Undo asked by'), person(status.by), t('·'), t(`“${clean(status.reason)}”`)];
    case 'compliant':
      return [t('✅ Nothing to change:'), t(status.because)];
    case 'refused':
      return [t('🚫 Refused:'), t(status.because)];
    case 'denied':
      return [
        t('🚫 Denied by'),
        person(status.by),
        moment(status.at),
        t('·'),
        t(`“${clean(status.because)}”`),
      ];
    case 'expired':
      return [t('⌛ Nobody decided in time; ask again for a fresh plan')];
    case 'cancelled':
      return [t('🚫 Cancelled by'), person(status.by)];
    case 'done':
      return [
        t('✅ Done and read back'),
        moment(status.at),
        t('· approved by'),
        ...approvers(proposal),
      ];
    case 'rolled back':
      return [t('↩️ Failed, and everything is as before:'), t(status.because)];
    case 'held':
      return [t('🛑 Stopped, and held as it is:'), t(status.because)];
    case 'undone':
      return [t('↩️ Undone and read back'), moment(status.at), t('· asked by'), person(status.by)];
    default:
      return never(status);
  }
};

const approvers = (proposal: Proposal | undefined): Leaf[] =>
  proposal?.automatic ? [t('a rule of the policy')] : given(proposal);

const given = (proposal: Proposal | undefined): Leaf[] =>
  (proposal?.decisions ?? [])
    .filter(({ verdict }) => verdict === 'approve')
    .map(({ by, name }) => person(by, name));

const waiting = (proposal: Proposal): Leaf[] => {
  const { rule, until } = proposal;
  const yes = given(proposal);
  return [
    t(`⏳ ${yes.length} of ${rule.approvals} approval${rule.approvals === 1 ? '' : 's'}`),
    ...(yes.length > 0 ? [t('by'), ...yes] : []),
    t('· until'),
    moment(until),
    ago(until),
    ...(rule.separate ? [t('· by somebody other than the requester')] : []),
  ];
};

const signs: Record<StepRecord['status'], string> = {
  pending: '▫️',
  applying: '⏳',
  applied: '✅',
  skipped: '✅',
  failed: '❌',
  undone: '↩️',
};

/** Of a long list, what is not over yet is what people look for; the rest is a number. */
const progress = ({ steps, stepWords, remediation }: CaseView): RichTextSection[] => {
  if (remediation?.status.state === 'awaiting approval') return [];
  const over = steps.filter(({ status }) => status === 'applied' || status === 'skipped');
  const short = steps.length <= 12;
  return [
    ...(short ? [] : [line(t(`✅ ${over.length} of ${steps.length} steps done`))]),
    ...some(
      short ? steps : steps.filter((step) => !over.includes(step)),
      { lines: 12, letters: 3000 },
      (step) =>
        line(
          t(`${signs[step.status]} ${stepWords[step.index] ?? `step ${step.index + 1}`}`, 200),
          ...more(step),
        ),
    ),
  ];
};

/** Why it failed, what it is busy with, or what it gave. */
const more = ({ status, error, doing, output }: StepRecord): Leaf[] => {
  if (error) return [t(`– ${error}`, 300)];
  if (status === 'applying') return doing ? [t(`– ${doing}`, 200)] : [];
  const given = Object.entries(output ?? {}).map(([name, value]) => `${name}: ${value}`);
  return given.length > 0 ? [t(`– ${given.join(', ')}`, 200)] : [];
};

const decisionPart = (
  { policy }: CaseView,
  { id, status, proposal }: Remediation,
): KnownBlock[] => {
  if (status.state !== 'awaiting approval' || !proposal) return [];
  const { hash, plan, rule, revision, asks } = proposal;
  return [
    ...planPart(plan),
    rich(
      ...(revision > 1
        ? [line(t('⚠️ The target has changed since the last plan, so this is a new one.'))]
        : []),
      ...(asks ? [line(bold('Why you are asked'), t(asks, 400))] : []),
      line(
        bold('Who may approve'),
        ...policy.roles[rule.from].groups.map(group),
        ...policy.roles[rule.from].users.map((each) => person(each)),
      ),
    ),
    buttons(
      {
        type: 'button',
        style: 'primary',
        text: plain('Approve', 75),
        accessibility_label: clean(`Approve the change of ${plan.target.id}`, 75),
        confirm: {
          title: plain('Approve this plan?', 100),
          text: plain(
            `${plan.effects.length} change${plan.effects.length === 1 ? '' : 's'} on ${plan.target.id} will be made now. ${plan.reversible === 'exactly' ? 'The state before is saved first.' : 'There is no way back.'}`,
            300,
          ),
          confirm: plain('Approve', 30),
          deny: plain('Not yet', 30),
        },
        ...encodeClick({ kind: 'remediation.approve', id, hash }),
      },
      {
        type: 'button',
        style: 'danger',
        text: plain('Deny…', 75),
        accessibility_label: clean(`Deny the change of ${plan.target.id}, with a reason`, 75),
        ...encodeClick({ kind: 'remediation.deny', id, hash }),
      },
      cancelButton(id, plan.target.id),
    ),
  ];
};

/** For the person who asked; others are told so. */
const cancelButton = (id: Remediation['id'], target: string): Button => ({
  type: 'button',
  text: plain('Cancel', 75),
  accessibility_label: clean(`Take back the request for ${target}: for who asked only`, 75),
  confirm: {
    title: plain('Take the request back?', 100),
    text: plain('Nothing was changed and nothing will be.', 300),
    confirm: plain('Take it back', 30),
    deny: plain('Keep it', 30),
  },
  ...encodeClick({ kind: 'remediation.cancel', id }),
});

const waitingPart = ({ id, status, target }: Remediation): KnownBlock[] =>
  status.state === 'approved' && status.opens ? [buttons(cancelButton(id, target.id))] : [];

const undoPart = ({ id, status, proposal }: Remediation): KnownBlock[] => {
  if (!proposal || (status.state !== 'done' && status.state !== 'held')) return [];
  const { reversible } = proposal.plan;
  if (reversible !== 'exactly')
    return [rich(line(bold('Cannot be undone:'), t(reversible.not, 250)))];
  return [
    ...(status.state === 'done'
      ? [rich(line(t('Can be undone until'), moment(status.undoUntil)))]
      : []),
    buttons({
      type: 'button',
      text: plain('Undo…', 75),
      accessibility_label: clean(
        `Undo the change of ${proposal.plan.target.id}: shows first what would be restored`,
        75,
      ),
      ...encodeClick({ kind: 'remediation.undo', id }),
    }),
  ];
};
