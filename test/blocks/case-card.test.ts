import fc from 'fast-check';
import { caseCard } from '../../blocks/case-card';
import { caseDetailsModal } from '../../blocks/details';
import { decodeClick } from '../../blocks/intent';
import { choiceModal } from '../../blocks/locate-modals';
import { letters } from '../../blocks/parts';
import { planModal } from '../../blocks/plan-modals';
import { validateMessage, validateView } from '../../sandbox/slack/validate';
import type { State } from '../../src/domain/remediation';
import { offers } from '../../src/playbooks/offers';
import { aTarget, remediationId } from '../support/builders';
import { caseView, link, plan, remediation, text } from './support/arbitraries';
import { buttonsOf, parts, words } from './support/reading';
import * as sample from './support/samples';

const offer = offers.find(({ id }) => id === 'isolate-ec2-instance')!;
const contained = sample.plan({
  steps: [{ operation: 'ec2.tag-instance', input: {}, phase: 'contain', optional: true }],
});
const card = (state: State, more: Partial<Parameters<typeof caseCard>[0]> = {}) =>
  caseCard({
    remediation: sample.remediation({
      status: sample.statuses[state],
      proposal: sample.proposal({ plan: contained }),
    }),
    steps: [],
    stepWords: [],
    policy: sample.policy,
    offer,
    ...more,
  });

describe('the card of a case without a finding', () => {
  it('says what, where, who asked, why, and that a command did', () => {
    const { text: said, blocks } = card('applying');

    expect(said).toBe('Close SSH and RDP to the internet · applying · sg-0a1b2c3d');
    expect(words(blocks)).toContain('⏳ Close SSH and RDP to the internet: sg-0a1b2c3d');
    expect(words(blocks)).toContain('Where sg-0a1b2c3d Ec2 Security Group in security');
    expect(words(blocks)).toContain('What Takes evidence first');
    expect(words(blocks)).toContain('“open to everybody”');
    expect(words(blocks)).toContain(`TEST · asked for by a command · ${remediationId}`);
  });

  it('says that a rule asked where no person did', () => {
    const asked = sample.remediation({ requester: { name: 'Drawbridge' } });
    const { blocks } = card('done', { remediation: asked });

    expect(words(blocks)).toContain('TEST · asked for by a rule of the policy ·');
  });

  it('shows the plan and who may approve while it waits', () => {
    const { blocks } = card('awaiting approval');

    expect(words(blocks)).toContain('What will change on sg-0a1b2c3d');
    expect(words(blocks)).toContain('Release the state before is saved first');
    expect(buttonsOf(blocks)).toEqual(['Approve', 'Deny…', 'Cancel', 'Details…']);
  });

  it.each([
    ['done', ['Release…', 'Details…']],
    ['held', ['Release…', 'Retry…', 'Details…']],
    ['expired', ['Retry…', 'Details…']],
    ['undone', ['Details…']],
  ] as const)('offers when it is %s: %j', (state, expected) => {
    expect(buttonsOf(card(state).blocks)).toEqual(expected);
  });

  it('names with its retry the place where it is tried again', () => {
    const retry = parts(card('held').blocks).find(({ action_id }) =>
      String(action_id).includes('case.preview'),
    );

    const { account, region, id: target } = aTarget;
    expect(decodeClick(String(retry?.['action_id']), String(retry?.['value']))).toEqual({
      kind: 'case.preview',
      playbook: 'close-ec2-admin-ports',
      target,
      account,
      region,
    });
  });

  it('marks what somebody loosened, until it holds again or is released', () => {
    const step = { index: 0, status: 'applied' as const, attempts: 0 };
    const shown = (seen: string, status: 'applied' | 'undone' = 'applied') =>
      words(card('done', { steps: [{ ...step, status, loosened: { times: 1, seen } }] }).blocks);

    expect(shown('a'.repeat(64))).toContain('🚨 loosened by somebody since');
    expect(shown('')).not.toContain('loosened');
    expect(shown('a'.repeat(64), 'undone')).not.toContain('loosened');
  });

  it('tells in a long list what was loosened', () => {
    const steps = Array.from({ length: 15 }, (_, index) => ({
      index,
      status: 'applied' as const,
      attempts: 0,
      ...(index === 7 && { loosened: { times: 1, seen: 'b' } }),
    }));

    expect(words(card('done', { steps }).blocks)).toMatch(/15 of 15 steps done .*step 8 – 🚨/);
  });

  it('does without an offer that is in the list no more', () => {
    const { offer: _, ...rest } = {
      offer,
      remediation: sample.remediation(),
      steps: [],
      stepWords: [],
      policy: sample.policy,
    };

    expect(words(caseCard(rest).blocks)).not.toContain('What Takes');
  });
});

describe('whatever a case holds', () => {
  const anyCard = fc
    .record({ remediation, view: caseView })
    .map(({ remediation: of, view: { record: _, ...view } }) =>
      caseCard({ ...view, remediation: of, offer }),
    );

  it('its card is taken by Slack, has at most five buttons, and stays below 12,000 letters', () => {
    fc.assert(
      fc.property(anyCard, (message) => {
        expect(validateMessage(message)).toEqual([]);
        expect(validateMessage(message, 'chat.update')).toEqual([]);
        expect(letters(message.blocks)).toBeLessThanOrEqual(12_000);
        const ids = parts(message.blocks)
          .filter(({ type }) => type === 'button')
          .map(({ action_id }) => action_id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(5);
        expect(message.text).not.toMatch(/[<>`]/);
      }),
      { numRuns: 200 },
    );
  });

  it('its details, its plan with options and a choice are taken by Slack', () => {
    const options = fc.array(
      fc.record({
        id: fc.stringMatching(/^[a-z]{1,20}$/),
        label: text,
        hint: text,
        default: fc.boolean(),
      }),
      { maxLength: 10 },
    );
    const form = {
      kind: 'case.request',
      playbook: 'isolate-ec2-instance',
      target: 'i-1',
      account: aTarget.account,
      region: aTarget.region,
      channel: 'C0ALERTS',
    } as const;
    const { rule } = sample.proposal();
    const unique = options.map((all) => [...new Map(all.map((each) => [each.id, each])).values()]);
    fc.assert(
      fc.property(
        remediation,
        fc.array(link, { maxLength: 5 }),
        plan,
        unique,
        fc.array(text, { maxLength: 12 }),
        (of, trail, planned, wanted, notes) => {
          const [reason = ''] = notes;
          const choices = notes.map((each) => ({
            words: each,
            label: each,
            click: { kind: 'remediation.undo', id: remediationId } as const,
          }));
          const views = [
            caseDetailsModal({ ...of, options: ['a'] }, trail, sample.policy, 'C0ALERTS'),
            planModal({ kind: 'plan', plan: planned }, rule, form, {
              options: wanted,
              notes,
              reason,
            }),
            choiceModal('Isolate', reason, choices, notes),
          ];
          for (const view of views) expect(validateView(view)).toEqual([]);
        },
      ),
    );
  });
});

it('the options of each playbook fit into their boxes, each with an id of its own', () => {
  for (const { options = [] } of offers) {
    expect(options.length).toBeLessThanOrEqual(10);
    expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
    for (const { id, label, hint } of options) {
      expect(id).toMatch(/^[a-z-]{1,40}$/);
      expect(label.length).toBeLessThanOrEqual(75);
      expect(hint.length).toBeLessThanOrEqual(75);
    }
  }
});
