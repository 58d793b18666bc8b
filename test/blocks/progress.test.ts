import { findingCard } from '../../blocks/finding-card';
import type { StepRecord } from '../../src/domain/remediation';
import { aPlan, aProposal } from '../support/builders';
import { parts, words } from './support/reading';
import * as sample from './support/samples';

const { remediation, statuses, view } = sample;
const step = (more: Partial<StepRecord>): StepRecord => ({
  index: 0,
  status: 'applying',
  attempts: 1,
  ...more,
});
const shown = (more: Partial<StepRecord>, state: 'applying' | 'done' = 'applying') =>
  words(
    findingCard(
      view({
        remediation: remediation({ status: statuses[state] }),
        steps: [step(more)],
        stepWords: ['Run the document'],
      }),
    ).blocks,
  );

describe('a step on the card', () => {
  it('says what it is busy with, while it is', () => {
    expect(shown({ doing: 'InProgress, at restart' })).toContain(
      '⏳ Run the document – InProgress, at restart',
    );
    expect(shown({ status: 'applied', doing: 'InProgress' }, 'done')).not.toContain('InProgress');
  });

  it('says nothing more where nothing is told', () => {
    expect(shown({})).toMatch(/⏳ Run the document(?! –)/);
    expect(shown({ status: 'applied', output: {} }, 'done')).toMatch(/✅ Run the document(?! –)/);
  });

  it('says what it gave, cut to 200 characters', () => {
    expect(shown({ status: 'applied', output: { Ticket: 'T-1', Host: 'a' } }, 'done')).toContain(
      '✅ Run the document – Ticket: T-1, Host: a',
    );
    const long = shown({ status: 'applied', output: { Ticket: 'x'.repeat(300) } }, 'done');
    expect(long).toContain(`– Ticket: ${'x'.repeat(180)}`);
    expect(long).not.toContain('x'.repeat(200));
  });

  it('says why it failed before anything else', () => {
    expect(shown({ status: 'failed', error: 'No such host.', output: { a: 'b' } })).toContain(
      '❌ Run the document – No such host.',
    );
  });
});

describe('a plan without a way back', () => {
  const plan = aPlan({ reversible: { not: 'other tools do it.' } });
  const card = (state: 'awaiting approval' | 'done' | 'held') =>
    findingCard(
      view({
        remediation: remediation({ status: statuses[state], proposal: aProposal({ plan }) }),
      }),
    ).blocks;

  it('is asked for in those words', () => {
    const confirms = parts(card('awaiting approval')).flatMap(({ confirm }) => confirm ?? []);

    expect(JSON.stringify(confirms)).toContain('There is no way back.');
    expect(JSON.stringify(confirms)).not.toContain('saved first');
  });

  it.each(['done', 'held'] as const)(
    'has no undo when it is %s, and the card says why',
    (state) => {
      expect(words(card(state))).toContain('Cannot be undone: other tools do it.');
      expect(JSON.stringify(card(state))).not.toContain('remediation.undo');
    },
  );
});
