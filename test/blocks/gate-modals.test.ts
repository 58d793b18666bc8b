import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { chooseModal, type HeldPage } from '../../blocks/gate-choose';
import { identifierModal, identifierTried } from '../../blocks/gate-identifier';
import { abortModal, decideAllModal, endOf, resumeModal } from '../../blocks/gate-modals';
import { sampleModal, samplesModal } from '../../blocks/gate-samples';
import { sparePreview, spareModal } from '../../blocks/gate-spare';
import { gateStatus } from '../../blocks/gate-status';
import { decodeForm } from '../../blocks/intent';
import { validateMessage, validateView } from '../../sandbox/slack/validate';
import type { Spare } from '../../src/app/gate/spare';
import { fateOf } from '../../src/domain/gate/decision';
import { heldKinds, noFilter, type HeldKind } from '../../src/domain/gate/filter';
import { ann } from '../support/people';
import { text } from './support/arbitraries';
import { aHeld, aRun, gatePolicy, helds, run, runId, sensitive, summary } from './support/gate';
import { expectInert, expectPressable, expectReadable } from './support/lawful';
import { buttonsOf, parts, words } from './support/reading';

const gate = gatePolicy({ approvals: { high: 2 } }).gate!;
const channel = 'C0ALERTS';

const heldPage: fc.Arbitrary<HeldPage> = fc
  .record({
    run,
    held: helds,
    kind: fc.constantFrom(...(Object.keys(heldKinds) as HeldKind[])),
    open: fc.boolean(),
    category: fc.option(fc.integer({ min: 0, max: 11 })),
    goesOn: fc.boolean(),
    partial: fc.boolean(),
  })
  .map(({ run: of, held, kind, open, category, goesOn, partial }) => ({
    run: of,
    filter: { kind, open, ...(category !== null && { category }) },
    rows: held.map((each) => ({ held: each, fate: fateOf(each, [], gate) })),
    partial,
    ...(goesOn && { at: '000001-0009', next: '000001-0019' }),
  }));

const short = text.map((each) => each.slice(0, 120).toWellFormed());
const draft = fc.record({
  regex: text.map((each) => each.slice(0, 512)),
  keywords: fc.array(short, { maxLength: 50 }),
  ignoreWords: fc.array(short, { maxLength: 10 }),
  distance: fc.integer({ min: 1, max: 300 }),
});
const spare: fc.Arbitrary<Spare> = fc.oneof(
  fc.record({ how: fc.constant('allow list' as const), regex: short, reason: short }),
  fc.record({
    how: fc.constant('filter' as const),
    category: short,
    extension: short,
    reason: short,
  }),
);

const views: Record<string, fc.Arbitrary<ModalView>> = {
  'a decision for all': fc
    .record({ run, verdict: fc.constantFrom('approve', 'deny', 'delete'), yes: fc.array(text) })
    .map(({ run: of, verdict, yes }) => decideAllModal(verdict, { run: of, gate, yes }, channel)),
  'a choice among objects': heldPage.map((page) => chooseModal(page, channel, true)),
  'objects with samples': heldPage.map((page) => samplesModal(page, channel)),
  'samples of an object': fc
    .record({ key: text, samples: fc.array(fc.record({ type: text, masked: fc.array(text) })) })
    .map(({ key, samples }) =>
      sampleModal({ run: runId, ref: '000001-0001', key }, { kind: 'shown', samples }, channel),
    ),
  'no samples': text.map((because) =>
    sampleModal(
      { run: runId, ref: '000001-0001', key: 'a' },
      { kind: 'not available', because },
      channel,
    ),
  ),
  'an abort': run.map((of) => abortModal(of, channel)),
  'a resumption': fc
    .record({ run, act: fc.constantFrom('resume', 'reopen') })
    .map(({ run: of, act }) => resumeModal(of, act, channel)),
  'a false positive': run.map((of) => spareModal(of, channel)),
  'the preview of a rule': fc
    .record({ spare, would: text })
    .map(({ spare: of, would }) => sparePreview({ id: aRun().id }, of, would, channel)),
};

describe.each(Object.entries(views))('the window of %s', (_, anyOf) => {
  it('is taken by Slack, inert, readable, and the server reads its buttons and its form back', () => {
    fc.assert(
      fc.property(anyOf, (view) => {
        expect(validateView(view)).toEqual([]);
        expectInert(view);
        expectReadable(view);
        expectPressable(view);
        if (view.submit)
          expect(decodeForm(view.callback_id ?? '', view.private_metadata ?? '')).toBeDefined();
      }),
      { numRuns: 80 },
    );
  });
});

describe('the window of an identifier', () => {
  it('is taken by Slack, before and after it was tried', () => {
    fc.assert(
      fc.property(draft, fc.nat(), (of, matches) => {
        for (const view of [
          identifierModal(channel, of),
          identifierTried(of, matches, 'us-east-1'),
        ]) {
          expect(validateView(view)).toEqual([]);
          expectInert(view);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('gives the call and the lines of the policy, quoted for a shell', () => {
    const of = {
      regex: "it's \\d{6}",
      keywords: ['employee id'],
      ignoreWords: ['test'],
      distance: 20,
    };
    const said = words(identifierTried(of, 2, 'eu-west-1'));

    expect(said).toContain('2 matches');
    expect(said).toContain("--regex 'it'\\''s \\d{6}' \\");
    expect(said).toContain("--keywords 'employee id' \\");
    expect(said).toContain('--maximum-match-distance 20');
    expect(said).toContain('--region eu-west-1');
    expect(said).toContain('gate: identifiers: custom: - <the customDataIdentifierId');
  });

  it('never shows the sample again', () => {
    const view = identifierModal(channel, { regex: 'a', keywords: [], ignoreWords: [] });

    const typed = parts(view).filter(({ initial_value }) => initial_value !== undefined);
    expect(typed.map(({ initial_value }) => initial_value)).toEqual(['a']);
  });
});

describe('the window in which all are decided', () => {
  it('says how many, how grave, how many yeses each needs, and who said yes', () => {
    const said = words(decideAllModal('approve', { run: aRun(), gate, yes: [ann.name] }, channel));

    expect(said).toContain('🔴 high severity: 2 objects, 2 yeses each');
    expect(said).toContain('🟠 medium severity: 1 object, 1 yes each');
    expect(said).toContain('❔ not proven clean: 1 object, 1 yes each');
    expect(said).toContain('Yes so far Ann');
    expect(said).toContain('false positive');
  });

  it('binds a decision to the verdicts that were shown (law 2)', () => {
    const view = decideAllModal('deny', { run: aRun(), gate, yes: [] }, channel);

    expect(decodeForm(view.callback_id!, view.private_metadata!)).toEqual({
      kind: 'gate',
      run: runId,
      act: 'deny',
      channel,
      seen: summary.hash,
    });
    expect(words(view)).not.toContain('false positive');
  });

  it('tells that deleting takes a second person', () => {
    const said = words(decideAllModal('delete', { run: aRun(), gate, yes: [] }, channel));
    expect(said).toContain('once a second person wants it too');
  });
});

it('a key is told from others by its end', () => {
  expect(endOf('short.csv', 68)).toBe('short.csv');
  expect(endOf(`${'a/'.repeat(100)}x.csv`, 20)).toMatch(/^….{18,19}$/);
  expect(endOf(`${'💥'.repeat(100)}.csv`, 20).isWellFormed()).toBe(true);
});

it('samples of what something was found in are shown by a button each', () => {
  const rows = [{ held: aHeld(0, { verdict: sensitive() }), fate: fateOf(aHeld(0), [], gate) }];
  const view = samplesModal({ run: aRun(), filter: noFilter, rows }, channel);
  expect(buttonsOf(view.blocks)).toEqual(['Show']);
});

it('the list of runs is taken by Slack, and says when there is none', () => {
  expect(words(gateStatus([]).blocks)).toContain('No run of the gate is under way');
  fc.assert(
    fc.property(fc.array(run, { maxLength: 100 }), (runs) => {
      const answer = gateStatus(runs.map((each) => ({ run: each })));
      expect(validateMessage({ ...answer }, 'chat.postEphemeral')).toEqual([]);
      expectInert(answer.blocks);
    }),
    { numRuns: 30 },
  );
});
