import type { KnownBlock, RichTextSection } from '@slack/types';
import { never } from '../src/domain/errors';
import type { Proposal, Remediation, StepRecord } from '../src/domain/remediation';
import type { RunView } from './case-view';
import { decisionPart, undoPart, waitingPart } from './decision-part';
import {
  ago,
  bold,
  bullets,
  clean,
  divider,
  line,
  moment,
  person,
  rich,
  some,
  t,
  type Leaf,
} from './parts';
import { verdictLines } from './verdict-part';

/** The part of the card that tells where the latest remediation stands, and offers what can be done now. */
export const remediationPart = (view: RunView): KnownBlock[] => {
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
      return [t('🛑 Stopped, and held as it is:'), t(status.because, 1500)];
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
const progress = ({ steps, stepWords, remediation }: RunView): RichTextSection[] => {
  if (remediation?.status.state === 'awaiting approval') return [];
  const over = steps.filter(({ status }) => status === 'applied' || status === 'skipped');
  const short = steps.length <= 12;
  return [
    ...(short ? [] : [line(t(`✅ ${over.length} of ${steps.length} steps done`))]),
    ...some(
      short ? steps : steps.filter((step) => !over.includes(step) || isLoose(step)),
      { lines: 12, letters: 3000 },
      (step) =>
        line(
          t(`${signs[step.status]} ${stepWords[step.index] ?? `step ${step.index + 1}`}`, 200),
          ...more(step),
        ),
    ),
  ];
};

const isLoose = ({ status, loosened }: Pick<StepRecord, 'status' | 'loosened'>): boolean =>
  status !== 'undone' && loosened !== undefined && loosened.seen !== '';

/** Why it failed, what it is busy with, what became of it, or what it gave. */
const more = ({ status, error, doing, output, loosened }: StepRecord): Leaf[] => {
  if (isLoose({ status, loosened })) return [t('– 🚨 loosened by somebody since')];
  if (error) return [t(`– ${error}`, 300)];
  if (status === 'applying') return doing ? [t(`– ${doing}`, 200)] : [];
  const given = Object.entries(output ?? {}).map(([name, value]) => `${name}: ${value}`);
  return given.length > 0 ? [t(`– ${given.join(', ')}`, 200)] : [];
};
