import { decisionPart, waitingPart } from '../../blocks/decision-part';
import { caseDetailsModal } from '../../blocks/details';
import { planPart } from '../../blocks/plan-part';
import { undoModal } from '../../blocks/plan-modals';
import { buttonsOf, words } from './support/reading';
import { channel, later, plan, policy, proposal, remediation, statuses } from './support/samples';

const steps = [{ operation: 'ec2.tag-instance', input: {}, phase: 'contain' as const }];

describe('what is seldom said', () => {
  it('of a plan: what it does not do, and what comes back only in part or not at all', () => {
    const lost = { not: 'its memory is gone' };

    expect(words(planPart(plan({ leaves: 'It stays open.' })))).toContain(
      '⚠️ What this does not do It stays open.',
    );
    expect(words(planPart(plan({ uncontained: ['eni-9 keeps its network.'] })))).toContain(
      '🚨 What stays in reach eni-9 keeps its network.',
    );
    expect(words(planPart(plan({ steps, reversible: lost })))).toContain(
      'saved first and restored, but: its memory is gone',
    );
    expect(words(planPart(plan({ reversible: lost })))).toContain(
      'Undo not possible: its memory is gone',
    );
  });

  it('of an undo: what people have to know beside it', () => {
    const asked = remediation({ status: statuses.done, proposal: proposal() });
    const seen = '0'.repeat(64);
    const form = { kind: 'remediation.undo', id: asked.id, channel, seen } as const;
    const preview = { remediation: asked, restores: ['a rule'], drift: [], seen };

    const shown = words(undoModal(preview, form, { notes: ['An earlier one changed it too.'] }));

    expect(shown).toContain('⚠️ An earlier one changed it too.');
  });

  it('of a request: why people are asked, and what may be taken back until its window opens', () => {
    const asked = remediation({
      status: statuses['awaiting approval'],
      proposal: proposal({ asks: 'the cap of the hour is reached' }),
    });
    const waits = remediation({ status: { ...statuses.approved, opens: later } });

    expect(words(decisionPart({ policy }, asked))).toContain(
      'Why you are asked the cap of the hour is reached',
    );
    expect(buttonsOf(waitingPart(waits))).toEqual(['Cancel']);
    expect(waitingPart(remediation({ status: statuses.approved }))).toEqual([]);
  });

  it('of a case: that nothing besides was chosen', () => {
    const view = caseDetailsModal(remediation({ options: [] }), [], policy, channel);

    expect(words(view.blocks)).toContain('Chosen nothing besides');
  });
});
