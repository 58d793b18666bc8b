import fc from 'fast-check';
import { words } from '../blocks/support/reading';
import { answerCommand, underWay, waiting } from '../../src/slack/answers';
import { commands, parseCommand } from '../../src/slack/command';
import { aProposal, aRemediation, remediationId } from '../support/builders';
import { clickOf, rita } from '../support/people';
import { aWorld } from '../support/world';

describe('a command', () => {
  it.each([
    ['', { kind: 'help' }],
    ['   ', { kind: 'help' }],
    ['help', { kind: 'help' }],
    ['STATUS', { kind: 'status' }],
    ['  who  is it', { kind: 'who' }],
    ['stauts', { kind: 'unknown', said: 'stauts', perhaps: 'status' }],
    ['hlep', { kind: 'unknown', said: 'hlep', perhaps: 'help' }],
    ['wh', { kind: 'unknown', said: 'wh', perhaps: 'who' }],
    ['isolate i-1', { kind: 'unknown', said: 'isolate' }],
    ['x'.repeat(10_000), { kind: 'unknown', said: 'x'.repeat(40) }],
    ['toString', { kind: 'unknown', said: 'tostring' }],
  ])('%.20j is understood', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it('is never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...Object.keys(commands), 'unknown']).toContain(parseCommand(text).kind);
      }),
    );
  });
});

describe('the answer', () => {
  const ask = async (text: string) => {
    const { door } = await aWorld();
    return words((await answerCommand(door, clickOf(rita), text)).blocks);
  };

  it('helps', async () => {
    expect(await ask('')).toContain('/drawbridge who');
  });

  it('tells who may what', async () => {
    expect(await ask('who')).toContain('You may ask for remediations.');
  });

  it('guesses what was meant', async () => {
    expect(await ask('stauts')).toContain('Did you mean “status”?');
    expect(await ask('isolate')).not.toContain('Did you mean');
  });

  it('lists what waits for a decision, and nothing that does not', async () => {
    const { door, held } = await aWorld();
    const soon = '2026-03-01T16:00:00.000Z';
    held.held.due.set(remediationId, soon);
    const gone = 'rem-99999999999999999999' as typeof remediationId;
    held.held.due.set(gone, soon);
    expect(await waiting(door)).toEqual([]);
    const remediation = aRemediation({ proposal: aProposal() });
    await held.commit({ remediation, events: [] });
    expect(await waiting(door)).toEqual([]);
    await held.commit({
      remediation: { ...remediation, status: { state: 'awaiting approval' }, version: 2 },
      events: [],
    });
    expect((await waiting(door)).map(({ id }) => id)).toEqual([remediationId]);
    const answer = await answerCommand(door, clickOf(rita), 'status');
    expect(words(answer.blocks)).toContain('1 waiting for a decision');
  });
});

it('who asks second hears who was first, when, and how it stands', () => {
  expect(underWay(aRemediation())).toBe(
    'Rita already asked for this at 2026-03-01T12:00:00.000Z; it is preparing now.',
  );
});
