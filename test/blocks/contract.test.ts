import fc from 'fast-check';
import { helpText, refusalText, statusText, whoText } from '../../blocks/answers';
import { auditEntry } from '../../blocks/audit-line';
import { findingCard } from '../../blocks/finding-card';
import { homeView } from '../../blocks/home';
import { denyModal, loadingModal, wordsModal } from '../../blocks/modals';
import { letters } from '../../blocks/parts';
import { planModal, undoModal } from '../../blocks/plan-modals';
import { statsText } from '../../blocks/stats';
import { assignModal, suppressModal } from '../../blocks/triage-modals';
import { unreadCard } from '../../blocks/unread-card';
import { validateMessage, validateView } from '../../sandbox/slack/validate';
import { commands, roleWords } from '../../src/slack/command';
import { caseView, link, plan, remediation, text } from './support/arbitraries';
import { liveLeaves, parts } from './support/reading';
import { stats } from './support/samples-of-stats';
import { aTarget, findingKey, remediationId } from '../support/builders';
import { ann, rita } from '../support/people';
import * as sample from './support/samples';

const { policy } = sample;
const known = new Set([
  rita.id,
  ann.id,
  ...Object.values(policy.roles).flatMap(({ users, groups }) => [...users, ...groups]),
]);
const person = fc
  .record({ name: text, outside: fc.boolean() })
  .map(({ name, outside }) => sample.member({ name, ...(outside && { outsider: 'a guest' }) }));
const waiting = fc.array(remediation, { maxLength: 40 });
const who = (one: ReturnType<typeof sample.member>) => whoText(one, policy, roleWords);
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

const messages: Record<string, fc.Arbitrary<{ text: string; blocks: unknown[] }>> = {
  'the card of a finding': caseView.map(findingCard),
  'a line of the thread': link.map(auditEntry),
  'an event that could not be read': fc
    .record({ id: text, because: text })
    .map((one) => unreadCard(one)),
  'a refusal': text.map((because) => refusalText(because, 'approver', policy)),
  'the help': fc.constant(helpText(commands)),
  'what waits': waiting.map(statusText),
  'who may what': person.map(who),
  'the numbers': stats.map((one) => statsText(one, policy)),
};

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
      undoModal(preview, { kind: 'remediation.undo', id: remediationId, channel: sample.channel }),
    ),
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
    .record({ person, waiting })
    .map(({ person, waiting }) => homeView(person, waiting, policy, roleWords, sample.at)),
};

/** Nothing is markup, and only those are mentioned whom the policy or a signed request names. */
const expectInert = (shown: unknown) => {
  expect(parts(shown).filter(({ type }) => type === 'mrkdwn' || type === 'markdown')).toEqual([]);
  expect(parts(shown).filter(({ type, emoji }) => type === 'plain_text' && emoji)).toEqual([]);
  const strangers = liveLeaves(shown).filter(
    ({ user_id, usergroup_id }) => !known.has(String(user_id ?? usergroup_id)),
  );
  expect(strangers).toEqual([]);
};

const expectReadable = (shown: unknown) => {
  const texts = parts(shown).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  expect(texts.filter((text) => text === '' || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text))).toEqual([]);
};

const expectUniqueButtons = (shown: unknown) => {
  const ids = parts(shown)
    .filter(({ type }) => type === 'button')
    .map(({ action_id }) => action_id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeLessThanOrEqual(5);
};

fc.configureGlobal({ numRuns: 60 });

describe.each(Object.entries(messages))('%s', (_, anyOf) => {
  it('is taken by Slack as a new message, as an update and for one person', () => {
    fc.assert(
      fc.property(anyOf, (message) => {
        expect(validateMessage(message)).toEqual([]);
        expect(validateMessage(message, 'chat.update')).toEqual([]);
        expect(validateMessage(message, 'chat.postEphemeral')).toEqual([]);
      }),
    );
  });

  it('stays below 12,000 characters whatever it shows', () => {
    fc.assert(
      fc.property(anyOf, ({ blocks }) => {
        expect(letters(blocks)).toBeLessThanOrEqual(12_000);
      }),
    );
  });

  it('holds no markup, and mentions nobody but those that the policy or a signed request names', () => {
    fc.assert(fc.property(anyOf, ({ blocks }) => expectInert(blocks)));
  });

  it('has a fallback text in which nothing is live', () => {
    fc.assert(
      fc.property(anyOf, ({ text }) => {
        expect(text.trim()).not.toBe('');
        expect(text).not.toMatch(/[<>`]/);
        expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });

  it('hides no character and starts no line that somebody outside wrote', () => {
    fc.assert(fc.property(anyOf, ({ blocks }) => expectReadable(blocks)));
  });

  it('has at most five buttons, each with an id of its own', () => {
    fc.assert(fc.property(anyOf, ({ blocks }) => expectUniqueButtons(blocks)));
  });
});

describe.each(Object.entries(views))('the view of %s', (_, anyOf) => {
  it('is taken by Slack', () => {
    fc.assert(fc.property(anyOf, (view) => expect(validateView(view)).toEqual([])));
  });

  it('holds no markup and hides no character', () => {
    fc.assert(
      fc.property(anyOf, (view) => {
        expectInert(view);
        expectReadable(view);
      }),
    );
  });
});
