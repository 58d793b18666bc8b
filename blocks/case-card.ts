import type { KnownBlock } from '@slack/types';
import type { Offer } from '../src/domain/playbook';
import { accountLabel } from '../src/domain/policy';
import type { Remediation, State } from '../src/domain/remediation';
import type { RunView } from './case-view';
import { kindWords, worthAnotherTry, type Card } from './finding-card';
import { encodeClick, fitsClick } from './intent';
import { bold, buttons, clean, code, header, inert, line, note, plain, rich, t } from './parts';
import { remediationPart } from './remediation-part';

/** A case that a command began: its remediation is all there is. */
export interface CaseCardView extends RunView {
  remediation: Remediation;
  offer?: Offer;
}

/** The one message of a case without a finding: what, where, who asked and why, and how it stands. */
export const caseCard = (view: CaseCardView): Card => {
  const { remediation, policy } = view;
  const { title, target, status, id, requester } = remediation;
  const by = requester.id ? 'a command' : 'a rule of the policy';
  return {
    text: inert(`${clean(title, 150)} · ${status.state} · ${target.id}`),
    blocks: [
      header(`${signs[status.state] ?? '⏳'} ${title}: ${target.id}`),
      about(view),
      ...remediationPart(view),
      ownButtons(remediation),
      note(`${policy.environment.toUpperCase()} · asked for by ${by} · ${id}`),
    ],
  };
};

const about = ({ remediation: { target }, offer, policy }: CaseCardView): KnownBlock =>
  rich(
    line(
      bold('Where'),
      code(target.id, 120),
      t(`${kindWords(target.kind)} in ${accountLabel(policy, target.account)}, ${target.region}`),
    ),
    ...(offer ? [line(bold('What'), t(offer.summary, 400))] : []),
  );

/** Word and sign together: the state stands in the line below. */
const signs: Partial<Record<State, string>> = {
  done: '✅',
  compliant: '✅',
  held: '🛑',
  refused: '🚫',
  denied: '🚫',
  expired: '⌛',
  cancelled: '✖️',
  'rolled back': '↩️',
  undone: '↩️',
};

const ownButtons = ({ id, playbook, target, status }: Remediation): KnownBlock => {
  const { account, region } = target;
  const again = { kind: 'case.preview', playbook, target: target.id, account, region } as const;
  const retries = worthAnotherTry.includes(status.state) && fitsClick(again);
  return buttons(
    ...(retries
      ? [
          {
            type: 'button' as const,
            text: plain('Retry…', 75),
            accessibility_label: clean(`Retry on ${target.id}: shows the plan first`, 75),
            ...encodeClick(again),
          },
        ]
      : []),
    {
      type: 'button',
      text: plain('Details…', 75),
      accessibility_label: clean(`Everything about this case: ${target.id}`, 75),
      ...encodeClick({ kind: 'finding.details', finding: id }),
    },
  );
};
