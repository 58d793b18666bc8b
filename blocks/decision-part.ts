import type { Button, KnownBlock } from '@slack/types';
import { contains } from '../src/domain/plan';
import type { Remediation } from '../src/domain/remediation';
import type { RunView } from './case-view';
import { encodeClick } from './intent';
import { bold, buttons, clean, group, line, moment, person, plain, rich, t } from './parts';
import { planPart } from './plan-part';

/** The plan as it waits for a decision, and the buttons for it. */
export const decisionPart = (
  { policy }: Pick<RunView, 'policy'>,
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
            `${plan.effects.length} change${plan.effects.length === 1 ? '' : 's'} on ${plan.target.id} will be made now. ${plan.reversible === 'exactly' || contains(plan) ? 'The state before is saved first.' : 'There is no way back.'}`,
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

export const waitingPart = ({ id, status, target }: Remediation): KnownBlock[] =>
  status.state === 'approved' && status.opens ? [buttons(cancelButton(id, target.id))] : [];

/** The way back: an undo, or the release of what is contained. */
export const undoPart = ({ id, status, proposal }: Remediation): KnownBlock[] => {
  if (!proposal || (status.state !== 'done' && status.state !== 'held')) return [];
  const { reversible, target } = proposal.plan;
  const releases = contains(proposal.plan);
  if (reversible !== 'exactly' && !releases)
    return [rich(line(bold('Cannot be undone:'), t(reversible.not, 250)))];
  return [
    ...(status.state === 'done' && status.undoUntil
      ? [rich(line(t('Can be undone until'), moment(status.undoUntil)))]
      : []),
    buttons({
      type: 'button',
      text: plain(releases ? 'Release…' : 'Undo…', 75),
      accessibility_label: clean(
        `${releases ? 'Release' : 'Undo the change of'} ${target.id}: shows first what would be restored`,
        75,
      ),
      ...encodeClick({ kind: 'remediation.undo', id }),
    }),
  ];
};
