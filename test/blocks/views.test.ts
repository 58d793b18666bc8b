import fc from 'fast-check';
import { detailsModal } from '../../blocks/details';
import { homeView } from '../../blocks/home';
import { approveModal, denyModal, loadingModal, wordsModal } from '../../blocks/modals';
import { planModal, undoModal } from '../../blocks/plan-modals';
import { assignModal, suppressModal } from '../../blocks/triage-modals';
import { validateView } from '../../sandbox/slack/validate';
import { roleWords } from '../../src/slack/command';
import { link, plan, record, remediation, text } from './support/arbitraries';
import * as desk from './support/desk';
import { aTarget, findingKey, remediationId } from '../support/builders';
import { expectInert, expectPressable, expectReadable } from './support/lawful';
import * as sample from './support/samples';

const { policy } = sample;
const person = fc
  .record({ name: text, outside: fc.boolean() })
  .map(({ name, outside }) => sample.member({ name, ...(outside && { outsider: 'a guest' }) }));
const request = {
  kind: 'remediation.request',
  finding: findingKey,
  playbook: 'close-ec2-admin-ports',
  target: aTarget.id,
  channel: sample.channel,
} as const;
const decision = {
  id: remediationId,
  hash: sample.approval.hash,
  channel: sample.channel,
} as const;

const undoing = { id: remediationId, channel: sample.channel };
const seen = sample.approval.hash;

const views: Record<string, fc.Arbitrary<unknown>> = {
  'a plan': plan.map((plan) => planModal({ kind: 'plan', plan }, sample.proposal().rule, request)),
  'nothing to change': text.map((because) =>
    planModal({ kind: 'compliant', because }, sample.proposal().rule, request),
  ),
  'no plan': text.map((because) =>
    planModal({ kind: 'refusal', because }, sample.proposal().rule, request),
  ),
  'an undo': fc
    .record({ remediation, restores: fc.array(text), drift: fc.array(text) })
    .map((preview) =>
      undoModal({ ...preview, seen }, { kind: 'remediation.undo', ...undoing, seen }),
    ),
  'an approval': fc.constant(approveModal({ kind: 'remediation.approve', ...decision })),
  'a denial': fc.constant(denyModal({ kind: 'remediation.deny', ...decision })),
  'an assignment': fc.constant(
    assignModal({ kind: 'finding.assign', finding: findingKey, channel: sample.channel }),
  ),
  'an exception': fc.constant(
    suppressModal({ kind: 'finding.suppress', finding: findingKey, channel: sample.channel }),
  ),
  'a moment of waiting': fc.constant(loadingModal('Plan')),
  words: text.map((words) => wordsModal('Not possible', words)),
  'the Home': fc
    .record({ person, desk: desk.desk })
    .map(({ person, desk }) => homeView(person, desk, policy, roleWords, sample.at)),
  'the details of a finding': fc
    .record({ record, trail: fc.array(link, { maxLength: 40 }), grouped: fc.boolean() })
    .map(({ record: one, trail, grouped }) => {
      const group = { group: { id: desk.groupId, shown: 'soon' as const } };
      return detailsModal(grouped ? { ...one, ...group } : one, trail, policy, sample.channel);
    }),
};

fc.configureGlobal({ numRuns: 60 });

describe.each(Object.entries(views))('the view of %s', (_, anyOf) => {
  it('is taken by Slack', () => {
    fc.assert(fc.property(anyOf, (view) => expect(validateView(view)).toEqual([])));
  });

  it('holds no markup and hides no character', () => {
    fc.assert(
      fc.property(anyOf, (view) => {
        expectInert(view);
        expectReadable(view);
        expectPressable(view);
      }),
    );
  });
});
