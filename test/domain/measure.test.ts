import { auditTypes, link, type AuditType, type Facts, type Link } from '../../src/domain/audit';
import { CaseId } from '../../src/domain/ids';
import { measuresOf } from '../../src/domain/measure';
import { outcomeOf, outcomes } from '../../src/domain/outcome-name';
import { findingKey } from '../support/builders';

const told = (type: AuditType, facts: Facts = {}, person = false): Link =>
  link(undefined, {
    id: `x/${type}/`,
    type,
    case: CaseId.parse(findingKey),
    at: '2026-03-01T12:00:00.000Z',
    actor: person ? { kind: 'person', id: 'U0ANN', name: 'Ann' } : { kind: 'drawbridge' },
    facts,
  });

const facts = {
  took: 60,
  sinceFinding: 600,
  severity: 'high',
  account: '111122223333',
  playbook: 'p',
};
const by = { severity: 'high', account: '111122223333', playbook: 'p' };
const time = (span: string, seconds: number) => ({ kind: 'time', span, seconds, by });
const end = (outcome: string) => ({ kind: 'outcome', outcome, by });

it.each<[AuditType, boolean, unknown[]]>([
  ['finding.acknowledged', true, [time('acknowledge', 60)]],
  ['approval.given', true, [time('decide', 60)]],
  ['approval.denied', true, [time('decide', 60), end('denied')]],
  ['remediation.done', false, [time('fulfil', 60), time('remediate', 600), end('done')]],
  ['remediation.held', false, [end('held')]],
  ['undo.done', false, [end('undone')]],
  ['step.applied', false, []],
])('%s is counted as what it is', (type, person, measures) => {
  expect(measuresOf(told(type, facts, person))).toEqual(measures);
});

it('a rule that approves takes nobody’s time', () => {
  expect(measuresOf(told('approval.given', facts))).toEqual([]);
});

it('what was told before anything was timed is counted without a time', () => {
  expect(measuresOf(told('remediation.done', { steps: 2 }))).toEqual([
    { kind: 'outcome', outcome: 'done', by: {} },
  ]);
});

it('no measure is made of what is no time or no severity', () => {
  const odd = { took: -1, sinceFinding: 'long', severity: 'dreadful', account: 7 } as Facts;

  expect(measuresOf(told('remediation.done', odd))).toEqual([
    { kind: 'outcome', outcome: 'done', by: {} },
  ]);
});

it('each outcome is one fact of the trail', () => {
  const named = auditTypes.flatMap((type) => outcomeOf(type) ?? []);

  expect([...named].sort()).toEqual([...outcomes].sort());
});
