import fc from 'fast-check';
import type { CaseView } from '../../../blocks/case-view';
import type { FindingRecord } from '../../../src/app/ports';
import { auditTypes, type Link } from '../../../src/domain/audit';
import { severities, type Finding } from '../../../src/domain/finding';
import type { Plan } from '../../../src/domain/plan';
import type { Offered } from '../../../src/domain/playbook';
import type { Proposal, Remediation, Status, StepRecord } from '../../../src/domain/remediation';
import { aFinding, aTarget } from '../../support/builders';
import { ann, rita } from '../../support/people';
import * as sample from './samples';

/** What attackers and odd products put into names, tags and reasons. */
export const hostile: readonly string[] = [
  '<!channel> <!here> <!everyone>',
  '<@U0ALEX> <#C0ALERTS|general> <!subteam^S0APPROVERS>',
  '<http://evil.example|https://console.aws.amazon.com>',
  '<!date^1700000000^{date}^http://evil.example|soon>',
  '*bold* _it_ ~gone~ `code` ```fence``` > quote',
  ':white_check_mark: :aws:',
  'line one\n✅ Approved by Alex Approver\r\n\u2028and more\ttabs',
  '\u202egnp.exe\u202c \u2066isolated\u2069',
  'zero\u200bwidth\u200d\ufeff\u00ad\u2060',
  '\ud800 lone \udc00 surrogates',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(40),
  '💥'.repeat(200),
  '',
  '   ',
  '\u200b\u3164\u2800',
  '&lt;!channel&gt; & <',
  'A'.repeat(10_000),
  '<!channel>'.repeat(1_000),
  '"\\'.repeat(150),
  '__proto__',
];

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);

const some = <T>(one: fc.Arbitrary<T>, max: number) => fc.array(one, { maxLength: max });
/** Nothing, a few, or as many as an estate can have. */
const upTo = <T>(one: fc.Arbitrary<T>, max: number) =>
  fc.oneof(some(one, 3), fc.array(one, { minLength: max, maxLength: max }));

const resource: fc.Arbitrary<Finding['resources'][number]> = fc.record({
  kind: fc.oneof(fc.constant('AwsEc2SecurityGroup'), text),
  id: text,
  tags: fc.dictionary(fc.oneof(fc.constant('Owner'), text), text, { maxKeys: 3 }),
});

const finding: fc.Arbitrary<Finding> = fc
  .record({
    product: text,
    title: text,
    description: text,
    type: text,
    severity: fc.constantFrom(...severities),
    resources: upTo(resource, 60),
    record: fc.constantFrom('active' as const, 'archived' as const),
    workflow: fc.constantFrom(
      'new' as const,
      'notified' as const,
      'resolved' as const,
      'suppressed' as const,
    ),
    compliance: fc.constantFrom('passed' as const, 'failed' as const),
    sample: fc.boolean(),
  })
  .map((some) => ({ ...aFinding(), ...some }));

export const record: fc.Arbitrary<FindingRecord> = fc
  .record({
    finding,
    count: fc.integer({ min: 1, max: 100_000 }),
    acknowledged: fc.option(text),
    assignee: fc.option(text),
    exception: fc.option(fc.record({ by: fc.option(text), reason: text })),
    passedAt: fc.option(fc.constant(sample.at)),
    doubtedAt: fc.option(fc.constant(sample.at)),
  })
  .map(({ finding, count, acknowledged, assignee, exception, passedAt, doubtedAt }) =>
    sample.record({
      finding,
      count,
      ...(acknowledged !== null && {
        acknowledged: { by: rita.id, name: acknowledged, at: sample.at },
      }),
      ...(assignee !== null && { assignee: { id: ann.id, name: assignee } }),
      ...(exception && {
        exception: {
          ...(exception.by !== null && { by: { id: rita.id, name: exception.by } }),
          reason: exception.reason,
          until: sample.later,
        },
      }),
      ...(passedAt && { passedAt }),
      ...(doubtedAt && { doubtedAt }),
    }),
  );

const effect = fc.record({ what: text, before: text, after: text });

export const plan: fc.Arbitrary<Plan> = fc
  .record({
    effects: upTo(effect, 40),
    keeps: upTo(text, 40),
    warnings: upTo(text, 20),
    blastRadius: upTo(text, 60),
    reversible: fc.oneof(fc.constant('exactly' as const), fc.record({ not: text })),
    target: text.map((id) => ({ ...aTarget, id })),
  })
  .map((some) => sample.plan(some));

const decision = fc
  .record({ name: text, by: fc.constantFrom(ann.id, rita.id) })
  .map((some) => ({ ...sample.approval, ...some }));

const proposal: fc.Arbitrary<Proposal> = fc
  .record({
    plan,
    revision: fc.integer({ min: 1, max: 3 }),
    decisions: some(decision, 5),
  })
  .map((some) => sample.proposal(some));

const status: fc.Arbitrary<Status> = fc
  .record({ state: fc.constantFrom(...sample.states), words: text })
  .map(({ state, words }): Status => {
    const of = sample.statuses[state];
    if ('because' in of) return { ...of, because: words };
    return 'reason' in of ? { ...of, reason: words } : of;
  });

export const remediation: fc.Arbitrary<Remediation> = fc
  .record({ title: text, reason: text, name: text, proposal: fc.option(proposal), status })
  .map(({ title, reason, name, proposal, status }) => {
    const { proposal: _, ...rest } = sample.remediation({ title, reason, status });
    return {
      ...rest,
      requester: { id: rita.id, name },
      ...(proposal && { proposal, target: proposal.plan.target }),
    };
  });

const step: fc.Arbitrary<Omit<StepRecord, 'index'>> = fc
  .record({
    status: fc.constantFrom(
      'pending' as const,
      'applying' as const,
      'applied' as const,
      'skipped' as const,
      'failed' as const,
      'undone' as const,
    ),
    error: fc.option(text, { nil: undefined }),
    doing: fc.option(text, { nil: undefined }),
    output: fc.option(fc.dictionary(text, text, { maxKeys: 5 }), { nil: undefined }),
  })
  .map(({ status, error, doing, output }) => ({
    status,
    attempts: 1,
    ...(error !== undefined && { error }),
    ...(doing !== undefined && { doing }),
    ...(output && { output }),
  }));

const offered: fc.Arbitrary<Offered> = fc
  .record({ id: text, title: text, summary: text })
  .map(({ id, title, summary }) => ({
    offer: { ...sample.view().offers[0]!.offer, title, summary },
    target: { ...aTarget, id },
  }));

export const caseView: fc.Arbitrary<CaseView> = fc
  .record({
    record,
    offers: upTo(offered, 60),
    remediation: fc.option(remediation),
    steps: upTo(step, 40),
    stepWords: upTo(text, 40),
  })
  .map(({ remediation, steps, ...some }) => ({
    ...some,
    steps: steps.map((each, index) => ({ ...each, index })),
    ...(remediation && { remediation }),
    policy: sample.policy,
  }));

export const link: fc.Arbitrary<Link> = fc
  .record({
    seq: fc.integer({ min: 1, max: 10_000 }),
    type: fc.constantFrom(...auditTypes),
    name: fc.option(fc.record({ id: fc.constantFrom(ann.id, rita.id), name: text })),
    facts: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 40 }),
  })
  .map(({ seq, type, name, facts }) =>
    sample.link(seq, {
      type,
      facts,
      actor: name ? { kind: 'person', ...name } : { kind: 'drawbridge' },
    }),
  );
