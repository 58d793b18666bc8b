import fc from 'fast-check';
import { underWay } from '../../src/slack/answers';
import { commands, ownCommands, parseCommand } from '../../src/slack/command';
import { aRemediation } from '../support/builders';

describe('a command', () => {
  it.each([
    ['', { kind: 'help', rest: '' }],
    ['   ', { kind: 'help', rest: '' }],
    ['help', { kind: 'help', rest: '' }],
    ['STATUS', { kind: 'status', rest: '' }],
    ['  who  is it', { kind: 'who', rest: 'is it' }],
    ['findings  critical\n mine ', { kind: 'findings', rest: 'critical\n mine' }],
    ['stauts', { kind: 'unknown', said: 'stauts', perhaps: 'status' }],
    ['hlep', { kind: 'unknown', said: 'hlep', perhaps: 'help' }],
    ['wh', { kind: 'unknown', said: 'wh', perhaps: 'who' }],
    ['aproval', { kind: 'unknown', said: 'aproval', perhaps: 'approvals' }],
    ['isolate i-1', { kind: 'isolate', rest: 'i-1' }],
    ['quarantine i-1', { kind: 'unknown', said: 'quarantine' }],
    ['x'.repeat(10_000), { kind: 'unknown', said: 'x'.repeat(40) }],
    ['toString', { kind: 'unknown', said: 'tostring' }],
    ['__proto__', { kind: 'unknown', said: '__proto__' }],
  ])('%.20j is understood', (text, expected) => {
    expect(parseCommand('/drawbridge', text)).toEqual(expected);
  });

  it.each(ownCommands)('/%s is what /drawbridge says by that word', (name) => {
    const own = parseCommand(`/${name.toUpperCase()}`, '  sg-1  and more ');
    expect(own).toEqual({ kind: name, rest: 'sg-1  and more' });
    expect(parseCommand('/drawbridge', `${name} sg-1  and more`)).toEqual(own);
  });

  it('of its own may go without words', () => {
    expect(parseCommand('/findings', '')).toEqual({ kind: 'findings', rest: '' });
  });

  it('is never an error, and its words are 1,000 characters at most', () => {
    const name = fc.constantFrom('/drawbridge', ...ownCommands.map((each) => `/${each}`), '/x', '');
    fc.assert(
      fc.property(name, fc.string({ unit: 'binary', maxLength: 3000 }), (command, text) => {
        const parsed = parseCommand(command, text);
        expect([...Object.keys(commands), 'unknown']).toContain(parsed.kind);
        expect(('rest' in parsed ? parsed.rest : parsed.said).length).toBeLessThanOrEqual(1000);
      }),
    );
  });
});

it('who asks second hears who was first, when, and how it stands', () => {
  expect(underWay(aRemediation())).toBe(
    'Rita already asked for this at 2026-03-01T12:00:00.000Z; it is preparing now.',
  );
});
