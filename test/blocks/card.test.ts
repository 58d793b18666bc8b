import { findingCard } from '../../blocks/finding-card';
import { decodeClick } from '../../blocks/intent';
import type { State } from '../../src/domain/remediation';
import { aFinding, aTarget, findingKey, remediationId } from '../support/builders';
import { abe, ann } from '../support/people';
import { buttonsOf, liveLeaves, parts, words } from './support/reading';
import * as sample from './support/samples';

const { plan, proposal, record, remediation, statuses, view } = sample;
const inState = (state: State, more: Parameters<typeof remediation>[0] = {}) =>
  view({ remediation: remediation({ status: statuses[state], ...more }) });
const triage = ['Acknowledge', 'Assign…', 'Suppress…', 'End exception', 'Details…'];
const read = (of: ReturnType<typeof view>) => words(findingCard(of).blocks);

describe('the card of a finding', () => {
  it('says first how bad, what, where, since when and whose', () => {
    const finding = aFinding({
      resources: [
        { kind: aTarget.kind, id: 'arn:aws:ec2:::security-group/sg-1', tags: { OWNER: 'web' } },
        { kind: aTarget.kind, id: 'sg-2' },
      ],
    });
    const [first, second] = findingCard(view({ record: record({ finding }) })).blocks;
    expect(words(first)).toMatch(/^🔴 High · Security groups should not allow/);
    expect(words(second)).toMatch(
      /Where security-group\/sg-1 Ec2 Security Group in security \(111122223333\), eu-west-1 and 1 more Since · Owner web What Port 22/,
    );
    expect(parts(second).filter(({ type }) => type === 'date')).toHaveLength(1);
  });

  it('tells how often and when it was seen last once it was seen again', () => {
    const again = view({ record: record({ count: 3, lastAt: sample.later }) });
    expect(read(again)).toContain('seen 3 times, last');
  });

  it('says so where the source names no resource, region or owner', () => {
    const { region: _, ...finding } = aFinding({ resources: [] });
    const card = read(view({ record: record({ finding }) }));
    expect(card).toContain('no resource named security (');
    expect(card).toContain('no region');
    expect(card).toContain('no owner tag');
  });

  it('shows an unknown account by its number', () => {
    const finding = aFinding({ account: '999988887777' });
    expect(read(view({ record: record({ finding }) }))).toContain('in 999988887777,');
  });

  it('marks environment, product and control, and a sample as a sample', () => {
    const card = read(view({ record: record({ finding: aFinding({ sample: true }) }) }));
    expect(card).toContain('TEST · Security Hub EC2.13 · new, failed');
    expect(card).toContain('Sample finding');
    expect(read(view())).not.toContain('Sample finding');
  });

  it('does without control and compliance where a source has none', () => {
    const { control: _, compliance: __, ...finding } = aFinding();
    expect(read(view({ record: record({ finding }) }))).toContain('TEST · Security Hub · new');
  });

  it.each([
    [{ workflow: 'resolved' }, '☑️ Resolved (was high)', 'resolved, failed'],
    [{ workflow: 'suppressed' }, '☑️ Suppressed (was high)', 'suppressed, failed'],
    [{ compliance: 'passed' }, '☑️ Passed (was high)', 'new, passed'],
    [{ record: 'archived' }, '☑️ Archived (was high)', 'archived'],
  ] as const)('does not shout when it is over: %j', (more, headline, footer) => {
    const card = read(view({ record: record({ finding: aFinding(more) }), offers: [] }));
    expect(card.startsWith(headline)).toBe(true);
    expect(card.endsWith(footer)).toBe(true);
  });

  it('has a fallback text that tells severity, state, title and resource', () => {
    expect(findingCard(view()).text).toBe(
      `high · new · ${aFinding().title} · ${aFinding().resources[0]?.id}`,
    );
    expect(findingCard(inState('done')).text).toMatch(/^high · done · /);
  });
});

describe('the buttons of a card', () => {
  it.each([
    ['preparing', []],
    ['awaiting approval', ['Approve', 'Deny…', 'Cancel']],
    ['approved', []],
    ['applying', []],
    ['rolling back', []],
    ['undoing', []],
    ['compliant', ['Remediate…']],
    ['refused', ['Remediate…']],
    ['denied', ['Remediate…']],
    ['expired', ['Retry…']],
    ['cancelled', ['Remediate…']],
    ['done', ['Undo…', 'Remediate…']],
    ['rolled back', ['Retry…']],
    ['held', ['Undo…', 'Retry…']],
    ['undone', ['Remediate…']],
  ] as const)('for the remediation while it is %s are %j', (state, expected) => {
    const { blocks } = findingCard(inState(state));
    expect(buttonsOf(blocks).filter((each) => !triage.includes(each))).toEqual(expected);
  });

  it('stand for the remediation, the plan shown and the finding', () => {
    const clicks = (of: ReturnType<typeof view>) =>
      parts(findingCard(of).blocks)
        .filter(({ type }) => type === 'button')
        .map(({ action_id, value }) => decodeClick(String(action_id), String(value)))
        .filter((click) => click?.kind.startsWith('remediation.'));
    const { hash } = proposal();
    expect(clicks(inState('awaiting approval'))).toEqual([
      { kind: 'remediation.approve', id: remediationId, hash },
      { kind: 'remediation.deny', id: remediationId, hash },
      { kind: 'remediation.cancel', id: remediationId },
    ]);
    expect(clicks(inState('done'))).toEqual([
      { kind: 'remediation.undo', id: remediationId },
      {
        kind: 'remediation.preview',
        finding: findingKey,
        playbook: 'close-ec2-admin-ports',
        target: aTarget.id,
      },
    ]);
  });

  it('offer at most three targets by name, and say how many more there are', () => {
    const [offered] = view().offers;
    const offers = Array.from({ length: 60 }, (_, i) => ({
      ...offered!,
      target: { ...aTarget, id: `sg-${i}` },
    }));
    const { blocks } = findingCard(view({ offers }));
    expect(buttonsOf(blocks)).toEqual([
      ...[0, 1, 2].map((i) => `Remediate sg-${i}…`),
      'Suppress…',
      'Details…',
    ]);
    expect(words(blocks)).toContain('57 more could be remediated and have no button here');
  });

  it('leave out a target whose name is too long for a button', () => {
    const [offered] = view().offers;
    const offers = [{ ...offered!, target: { ...aTarget, id: 'x'.repeat(301) } }];
    const { blocks } = findingCard(view({ offers }));
    expect(buttonsOf(blocks)).not.toContain('Remediate…');
    expect(words(blocks)).toContain('1 more could be remediated and has no button here');
  });

  it('have no Undo for a change that cannot be taken back, or where nothing was planned', () => {
    const irreversible = proposal({ plan: plan({ reversible: { not: 'keys are gone' } }) });
    const { proposal: _, ...without } = remediation({ status: statuses.held });
    const gone = findingCard(inState('done', { proposal: irreversible }));
    expect(buttonsOf(gone.blocks)).not.toContain('Undo…');
    expect(buttonsOf(findingCard(view({ remediation: without })).blocks)).not.toContain('Undo…');
  });

  it('do not stand for a decision while there is no plan', () => {
    const { proposal: _, ...without } = remediation();
    const card = findingCard(view({ remediation: without }));
    expect(buttonsOf(card.blocks)).not.toContain('Approve');
    expect(words(card.blocks)).toContain('⏳ Waiting for approval');
  });
});

describe('the remediation on a card', () => {
  it.each([
    ['preparing', 'Looking at the target'],
    ['awaiting approval', '0 of 1 approval · until'],
    ['approved', '⏳ Approved by – checking that the target is still as shown'],
    ['applying', '⏳ Approved by – changing'],
    ['rolling back', '↩️ Rolling back: AccessDenied: not allowed'],
    ['undoing', '“the vendor needs it”'],
    ['compliant', '✅ Nothing to change: No inbound rule opens SSH.'],
    ['refused', '🚫 Refused: The group belongs to another team.'],
    ['denied', '“wait for the release”'],
    ['expired', 'ask again for a fresh plan'],
    ['cancelled', '🚫 Cancelled by'],
    ['done', '✅ Done and read back'],
    ['rolled back', 'everything is as before: AccessDenied'],
    ['held', '🛑 Stopped, and held as it is: AccessDenied'],
    ['undone', '↩️ Undone and read back'],
  ] as const)('tells that it is %s', (state, expected) => {
    expect(read(inState(state))).toContain(expected);
  });

  it('names the approvers that there are, and how many are still needed', () => {
    const rule = { ...proposal().rule, approvals: 2 };
    const given = proposal({ rule, decisions: [sample.approval] });
    const { blocks } = findingCard(inState('awaiting approval', { proposal: given }));
    expect(words(blocks)).toContain('1 of 2 approvals by');
    expect(liveLeaves(blocks).map(({ user_id }) => user_id)).toContain(ann.id);
  });

  it('says who may approve, and that the requester may not, only where that is the rule', () => {
    const { blocks } = findingCard(inState('awaiting approval'));
    expect(words(blocks)).toContain('by somebody other than the requester');
    const live = liveLeaves(blocks).map(({ user_id, usergroup_id }) => user_id ?? usergroup_id);
    expect(live).toEqual(expect.arrayContaining(['S0APPROVERS', abe.id]));
    const alone = proposal({ rule: { ...proposal().rule, separate: false } });
    expect(read(inState('awaiting approval', { proposal: alone }))).not.toContain('other than');
  });

  it('warns when the plan is not the first one', () => {
    const changed = inState('awaiting approval', { proposal: proposal({ revision: 2 }) });
    expect(read(changed)).toContain('The target has changed since the last plan');
    expect(read(inState('awaiting approval'))).not.toContain('has changed since');
  });

  it('shows each step with its sign, its words and its failure', () => {
    const steps = [
      { index: 0, status: 'applied', attempts: 1 },
      { index: 1, status: 'failed', attempts: 5, error: 'AccessDenied' },
      { index: 2, status: 'pending', attempts: 0 },
    ] as const;
    const card = read({ ...inState('held'), steps });
    expect(card).toContain('✅ Replace 2 inbound rules');
    expect(card).toContain('❌ step 2 – AccessDenied ▫️ step 3');
  });

  it('counts the finished steps of a long list and shows the others', () => {
    const steps = Array.from({ length: 40 }, (_, index) => ({
      index,
      status: index < 38 ? ('applied' as const) : ('applying' as const),
      attempts: 1,
    }));
    const card = read({ ...inState('applying'), steps });
    expect(card).toContain('✅ 38 of 40 steps done ⏳ step 39 ⏳ step 40');
    expect(card).not.toContain('step 38 ');
  });
});
