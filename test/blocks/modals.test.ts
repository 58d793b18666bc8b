import { decodeForm } from '../../blocks/intent';
import { denyModal, loadingModal, reasonAt, wordsModal } from '../../blocks/modals';
import { planModal, undoModal } from '../../blocks/plan-modals';
import { aPlan, aProposal, aTarget, findingKey, remediationId } from '../support/builders';
import { words } from './support/reading';
import { plan, proposal, remediation } from './support/samples';

const form = {
  kind: 'remediation.request',
  finding: findingKey,
  playbook: 'close-ec2-admin-ports',
  target: aTarget.id,
  channel: 'C0ALERTS',
} as const;
const { rule } = aProposal();
const planned = (more = {}) => planModal({ kind: 'plan', plan: plan(more) }, rule, form);

describe('the plan before the request', () => {
  it('shows before and after, what stays, who is touched and that it can be undone', () => {
    const text = words(planned().blocks);
    expect(text).toContain('What will change on sg-0a1b2c3d Inbound rule TCP 20–25 from 0.0.0.0/0');
    expect(text).toContain('TCP 22 from ::/0 → removed');
    expect(text).toContain('What stays as it is TCP 443 from 0.0.0.0/0 “web”');
    expect(text).toContain('Who is touched Group web in vpc-1');
    expect(text).toContain('can be restored exactly');
    expect(text).not.toContain('Mind');
  });

  it('shows every one of 40 rules that change', () => {
    const effects = Array.from({ length: 40 }, (_, i) => ({
      what: 'Inbound rule',
      before: `TCP 22 from 198.51.100.${i}/32`,
      after: 'removed',
    }));
    const text = words(planned({ effects }).blocks);
    for (const { before } of effects) expect(text).toContain(before);
  });

  it('says how many changes there was no room for', () => {
    const effects = Array.from({ length: 40 }, () => ({
      what: 'Rule',
      before: 'b'.repeat(160),
      after: 'a'.repeat(300),
    }));
    expect(words(planned({ effects }).blocks)).toContain('and 33 more');
  });

  it('warns, and says why where it cannot be undone', () => {
    const text = words(
      planned({ warnings: ['Nobody can reach SSH.'], reversible: { not: 'keys are gone' } }).blocks,
    );
    expect(text).toContain('⚠️ Mind Nobody can reach SSH.');
    expect(text).toContain('not possible: keys are gone');
  });

  it.each([
    [1, true, 'until 1 approver says yes; your own yes does not count'],
    [2, false, 'until 2 approvers say yes. The request ends after 4 h.'],
  ])('says who decides: %i, separate %s', (approvals, separate, expected) => {
    const view = planModal({ kind: 'plan', plan: aPlan() }, { ...rule, approvals, separate }, form);
    expect(words(view.blocks)).toContain(expected);
  });

  it('asks for a reason and carries what is asked for', () => {
    const view = planned();
    expect(view.submit?.text).toBe('Ask for approval');
    expect(view.blocks.at(-1)).toMatchObject({
      block_id: reasonAt.block,
      element: { action_id: reasonAt.action, min_length: 3 },
    });
    expect(decodeForm(view.callback_id ?? '', view.private_metadata ?? '')).toEqual(form);
  });

  it.each([
    ['compliant', '✅ nothing opens SSH'],
    ['refusal', '🚫 nothing opens SSH'],
  ] as const)('says in words that it is %s, with nothing to submit', (kind, expected) => {
    const view = planModal({ kind, because: 'nothing opens SSH' }, rule, form);
    expect(words(view.blocks)).toContain(expected);
    expect(view.submit).toBeUndefined();
  });
});

describe('the undo', () => {
  const { hash: seen } = proposal();
  const undoing = {
    kind: 'remediation.undo',
    id: remediationId,
    channel: 'C0ALERTS',
    seen,
  } as const;
  const undo = (drift: string[], more = {}) =>
    undoModal(
      { remediation: remediation(more), restores: ['Replace 2 inbound rules'], drift, seen },
      undoing,
    );

  it('carries what was seen: it is for that state only (law 7)', () => {
    const view = undo([]);
    expect(decodeForm(view.callback_id ?? '', view.private_metadata ?? '')).toEqual(undoing);
  });

  it('shows what comes back, after → before', () => {
    const text = words(undo([]).blocks);
    expect(text).toContain('Nobody has changed the target since.');
    expect(text).toContain('What will be taken back Replace 2 inbound rules');
    expect(text).toContain('removed → TCP 22 from ::/0');
  });

  it('shows first what others changed since', () => {
    const text = words(undo(['added: TCP 8080 from 0.0.0.0/0']).blocks);
    expect(text).toMatch(/Changed by others since.*TCP 8080.*What will be taken back/);
    expect(text).not.toContain('Nobody has changed');
  });

  it('does without effects where nothing was proposed', () => {
    const { proposal: _, ...rest } = remediation();
    const view = undoModal({ remediation: rest, restores: [], drift: [], seen }, undoing);
    expect(words(view.blocks)).not.toContain('→');
  });
});

it('a denial asks why, and carries the plan that was seen', () => {
  const { hash } = proposal();
  const form = { kind: 'remediation.deny', id: remediationId, hash, channel: 'C0ALERTS' } as const;
  const view = denyModal(form);
  expect(decodeForm(view.callback_id ?? '', view.private_metadata ?? '')).toEqual(form);
  expect(view.submit?.text).toBe('Deny');
});

it('while the target is looked at, the modal says that nothing is changed', () => {
  expect(words(loadingModal('Plan').blocks)).toContain('Nothing is changed by this');
});

it('words stand in a modal that can only be closed', () => {
  const view = wordsModal('Not possible', 'because');
  expect([view.title.text, words(view.blocks), view.submit]).toEqual([
    'Not possible',
    'because',
    undefined,
  ]);
});
