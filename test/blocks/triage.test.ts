import { findingCard } from '../../blocks/finding-card';
import { decodeClick, decodeForm } from '../../blocks/intent';
import { assignModal, assigneeAt, daysAt, suppressModal } from '../../blocks/triage-modals';
import { aFinding, findingKey } from '../support/builders';
import { ann, rita } from '../support/people';
import { buttonsOf, liveLeaves, parts, words } from './support/reading';
import * as sample from './support/samples';

const { at, later, record, remediation, statuses, view } = sample;
type Record = Parameters<typeof record>[0];
const cardOf = (more: Record = {}, rest: Parameters<typeof view>[0] = {}) =>
  findingCard(view({ record: record(more), ...rest })).blocks;
const acknowledged = { by: rita.id, name: rita.name, at };
const exception = {
  by: { id: rita.id, name: rita.name },
  reason: 'a test system',
  until: later,
};
const suppressed = { finding: aFinding({ workflow: 'suppressed' }), exception };
const inState = (state: keyof typeof statuses) => ({
  remediation: remediation({ status: statuses[state] }),
});

describe('the buttons for the finding itself', () => {
  it('stand below Remediate, five in all', () => {
    expect(buttonsOf(cardOf())).toEqual([
      'Remediate…',
      'Acknowledge',
      'Assign…',
      'Suppress…',
      'Details…',
    ]);
  });

  it('lose Acknowledge once somebody has, or has asked for a remediation', () => {
    expect(buttonsOf(cardOf({ acknowledged }))).not.toContain('Acknowledge');
    expect(buttonsOf(cardOf({}, inState('denied')))).not.toContain('Acknowledge');
  });

  it('do not offer silence while a remediation is under way', () => {
    expect(buttonsOf(cardOf({}, inState('awaiting approval')))).not.toContain('Suppress…');
    expect(buttonsOf(cardOf({}, inState('denied')))).toContain('Suppress…');
  });

  it('are but Details on a finding that is over', () => {
    const over = cardOf({ finding: aFinding({ workflow: 'resolved' }) }, { offers: [] });
    expect(buttonsOf(over)).toEqual(['Details…']);
  });

  it('end an exception that a person made, and none that the policy makes', () => {
    expect(buttonsOf(cardOf(suppressed, { offers: [] }))).toEqual(['End exception', 'Details…']);
    const { by: _, ...ruled } = exception;
    const card = cardOf({ ...suppressed, exception: ruled }, { offers: [] });
    expect(buttonsOf(card)).toEqual(['Details…']);
    expect(words(card)).toContain('by the policy · “a test system”');
  });

  it('stand for the finding', () => {
    const clicks = parts(cardOf(suppressed, { offers: [] }))
      .filter(({ type }) => type === 'button')
      .map(({ action_id, value }) => decodeClick(String(action_id), String(value)));
    expect(clicks).toEqual([
      { kind: 'finding.lift', finding: findingKey },
      { kind: 'finding.details', finding: findingKey },
    ]);
  });

  it('say to those who do not see the card which finding they are about', () => {
    const labels = parts(cardOf())
      .filter(({ type }) => type === 'button')
      .map(({ accessibility_label }) => String(accessibility_label));
    expect(labels).toContain(
      'Acknowledge: Security groups should not allow ingress from 0.0.0.0/0 to po…',
    );
  });
});

describe('what people decided about a finding', () => {
  it('stands on the card with their names', () => {
    const assignee = { id: ann.id, name: ann.name };
    const card = cardOf({ acknowledged, assignee });
    expect(words(card)).toContain('👀 Acknowledged by');
    expect(words(card)).toContain('👤 Assigned to');
    expect(liveLeaves(card).map(({ user_id }) => user_id)).toEqual([rita.id, ann.id]);
  });

  it('tells reason, person and end of an exception', () => {
    const card = cardOf(suppressed, { offers: [] });
    expect(words(card)).toMatch(/☑️ Suppressed.*🔕 Suppressed until by · “a test system”/);
    expect(liveLeaves(card).map(({ user_id }) => user_id)).toContain(rita.id);
  });
});

describe('what the control says of a remediation that is done', () => {
  const done = inState('done');
  const of = (more: Record, rest: Parameters<typeof view>[0] = done) => words(cardOf(more, rest));

  it('is waited for', () => {
    expect(of({})).toContain('⏳ Waits until the control is evaluated again: up to 24 hours');
  });

  it('is PASSED, with the time', () => {
    const finding = aFinding({ compliance: 'passed', workflow: 'resolved' });
    const text = of({ finding, passedAt: at });
    expect(text).toContain('✅ Security Hub agrees: PASSED');
    expect(text).not.toContain('Waits until');
  });

  it('is FAILED again, after it was PASSED', () => {
    const finding = aFinding({ updatedAt: later });
    expect(of({ finding, passedAt: at })).toContain('⚠️ The control says FAILED again since');
  });

  it('is still FAILED', () => {
    expect(of({ doubtedAt: at })).toContain('⚠️ The control still says FAILED');
  });

  it('is nothing where no control is asked, or nothing was done', () => {
    const { compliance: _, ...finding } = aFinding();
    expect(of({ finding })).not.toContain('Waits until');
    expect(of({}, inState('undone'))).not.toContain('Waits until');
  });
});

describe('the form', () => {
  it('of an assignment asks for a person', () => {
    const form = { kind: 'finding.assign', finding: findingKey, channel: 'C0ALERTS' } as const;
    const { blocks, callback_id = '', private_metadata = '' } = assignModal(form);
    expect(decodeForm(callback_id, private_metadata)).toEqual(form);
    expect(blocks).toMatchObject([
      { block_id: assigneeAt.block, element: { type: 'users_select' } },
    ]);
  });

  it('of an exception says what it does, and asks for a time and a reason', () => {
    const form = { kind: 'finding.suppress', finding: findingKey, channel: 'C0ALERTS' } as const;
    const { blocks, callback_id = '', private_metadata = '' } = suppressModal(form);
    expect(decodeForm(callback_id, private_metadata)).toEqual(form);
    expect(words(blocks)).toContain('set to SUPPRESSED in Security Hub with your reason');
    expect(words(blocks)).toContain('open again by itself');
    const [, days] = blocks;
    expect(days).toMatchObject({ block_id: daysAt.block });
    expect(parts(days).flatMap(({ value }) => value ?? [])).toEqual([
      '1',
      '7',
      '30',
      '90',
      '365',
      '7',
    ]);
  });
});
