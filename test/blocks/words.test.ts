import { helpText, refusalText, whoText } from '../../blocks/answers';
import { auditEntry } from '../../blocks/audit-line';
import { clean, inert, letters, moment, person } from '../../blocks/parts';
import { unreadCard } from '../../blocks/unread-card';
import { validateMessage } from '../../sandbox/slack/validate';
import { auditTypes } from '../../src/domain/audit';
import { commands, roleWords } from '../../src/slack/command';
import { abe, ann, gus, nils } from '../support/people';
import { liveLeaves, parts, words } from './support/reading';
import { at, later, link, member, policy } from './support/samples';

describe('text from outside', () => {
  it.each([
    ['stays as it is', 'web-1 (prod)', 'web-1 (prod)'],
    ['loses what hides or turns it', 'a\u202eb\u200bc\u0007d', 'abcd'],
    ['stands on one line', ' x\r\n✅ Approved\u2028by\tAnn ', 'x ✅ Approved by Ann'],
    ['keeps whole characters only', 'a\ud800b', 'ab'],
    ['is a dash where nothing can be seen', '\u200b\u3164 ', '–'],
    ['is cut with a mark', 'a'.repeat(301), `${'a'.repeat(299)}…`],
    ['is not cut when it just fits', 'a'.repeat(300), 'a'.repeat(300)],
    ['is never cut inside a character', '💥'.repeat(200), `${'💥'.repeat(149)}…`],
  ])('%s', (_, given, expected) => {
    expect(clean(given)).toBe(expected);
  });

  it('is dead in a fallback text, where Slack reads markup', () => {
    expect(inert('<!channel> & `x`\n')).toBe("&lt;!channel&gt; &amp; 'x'");
  });

  it('is a mention only if it is a user id', () => {
    expect(person('U0ANN', 'Ann')).toEqual({ type: 'user', user_id: 'U0ANN' });
    expect(person('<@U0ANN>', 'Ann')).toMatchObject({ type: 'text', text: 'Ann' });
    expect(person('S0APPROVERS')).toMatchObject({ type: 'text', text: 'S0APPROVERS' });
  });

  it('is a moment only if it is one', () => {
    expect(moment(at)).toMatchObject({ type: 'date', timestamp: 1_772_420_645, fallback: at });
    expect(moment('soon')).toMatchObject({ type: 'text', text: 'soon' });
  });
});

describe('a refusal', () => {
  it('says why and who may', () => {
    const { blocks, text } = refusalText('Only approvers may decide this.', 'approver', policy);
    expect(text).toBe('Only approvers may decide this.');
    expect(words(blocks)).toContain('✋ Only approvers may decide this. These are approvers:');
    const may = liveLeaves(blocks).map(({ usergroup_id, user_id }) => usergroup_id ?? user_id);
    expect(may).toEqual(['S0APPROVERS', abe.id]);
  });

  it('names nobody where nobody could', () => {
    expect(liveLeaves(refusalText('This is over.').blocks)).toEqual([]);
    expect(words(refusalText('This is over.', 'approver').blocks)).not.toContain('These are');
  });
});

describe('the answers to a command', () => {
  it('help names every command', () => {
    const text = words(helpText(commands).blocks);
    for (const name of Object.keys(commands)) expect(text).toContain(`/drawbridge ${name}`);
  });

  it.each([
    ['a responder', member(), 'You may ask for remediations.'],
    ['both', member({ roles: ['responder', 'approver'] }), 'remediations, and approve, deny'],
    ['neither', nils, 'You may read, but neither ask nor approve.'],
    ['a guest with roles', gus, 'You are a guest here, and only members may act.'],
  ])('who tells %s what they may', (_, one, expected) => {
    expect(words(whoText(one, policy, roleWords).blocks)).toContain(expected);
  });
});

describe('a line of the thread', () => {
  const approved = {
    type: 'approval.given',
    actor: { kind: 'person', id: ann.id, name: 'Ann' },
    facts: { hash: 'ab'.repeat(32), reason: '', steps: 2 },
  } as const;

  it('says what, who, when, the facts, and the hash by which it can be checked', () => {
    const { text, blocks } = auditEntry(link(7, approved));
    expect(text).toBe('Ann: 👍 approved');
    expect(words(blocks)).toBe('👍 approved · · hash: abababababab steps: 2 #7 aaaaaaaaaaaa');
    expect(liveLeaves(blocks)).toEqual([{ type: 'user', user_id: ann.id }]);
  });

  it('says times as people do', () => {
    const { blocks } = auditEntry(
      link(7, { facts: { took: 95, sinceFinding: 12_600, steps: 95, undoUntil: later } }),
    );
    expect(words(blocks)).toContain('took: 2 min since finding: 3.5 h steps: 95 undo until: #7');
    expect(parts(blocks)).toContainEqual(
      expect.objectContaining({ type: 'date', timestamp: Date.parse(later) / 1000 }),
    );
  });

  it('is signed by Drawbridge where no person did it', () => {
    const { text, blocks } = auditEntry(link(1));
    expect(text).toBe('Drawbridge: 📥 received');
    expect(words(blocks)).toContain('📥 received · Drawbridge ·');
  });

  it.each([
    ['approval.escalated', 'S0ONCALL', [{ usergroup_id: 'S0ONCALL' }]],
    ['approval.escalated', 'U0ABE', [{ user_id: 'U0ABE' }]],
    ['approval.given', 'S0ONCALL', []],
  ] as const)('of %s calls %s: %j', (type, to, called) => {
    expect(liveLeaves(auditEntry(link(1, { type, facts: { to } })).blocks)).toMatchObject(called);
  });

  it('shows eight facts at most, each cut, so that Slack takes it', () => {
    const facts = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`fact${i}`, 'x'.repeat(10_000)]),
    );
    const { blocks } = auditEntry(link(1, { facts }));
    expect(words(blocks).match(/fact\d+:/g)).toHaveLength(8);
    expect(letters(blocks)).toBeLessThan(4_000);
  });

  it.each([
    [JSON.stringify(['in/a.csv', 'in/b.csv']), 'in/a.csv in/b.csv'],
    [JSON.stringify(Array.from({ length: 21 }, (_, n) => `${n}.csv`)), '19.csv and 1 more'],
    ['[]', 'keys: []'],
    ['"a"', 'keys: "a"'],
    ['no list', 'keys: no list'],
  ])('lists names one below the other: %#', (keys, said) => {
    const { blocks } = auditEntry(link(1, { type: 'gate.objects-released', facts: { keys } }));

    expect(words(blocks)).toContain(said);
    expect(validateMessage({ text: 'x', blocks })).toEqual([]);
  });

  it('is told aloud in the channel for ends and what people must know', () => {
    const aloud = auditTypes.filter((type) => auditEntry(link(1, { type })).broadcast);
    expect(aloud).toEqual([
      'finding.suppressed',
      'finding.reopened',
      'finding.sent',
      'finding.still-failed',
      'finding.write-failed',
      'remediation.replanned',
      'remediation.done',
      'remediation.rolled-back',
      'remediation.held',
      'remediation.loosened',
      'approval.reminded',
      'approval.escalated',
      'undo.done',
      'gate.scan-paused',
      'gate.review-asked',
      'gate.reminded',
      'gate.objects-deleted',
      'gate.objects-outdated',
      'gate.spared',
      'gate.expired',
      'gate.reopened',
      'gate.held',
      'gate.aborted',
      'gate.strayed',
    ]);
  });
});

it('an unread event is told with the name under which it is kept', () => {
  const { text, blocks } = unreadCard({ id: 'abc123', because: 'no detail' });
  expect(text).toContain('could not be read and was kept: no detail');
  expect(words(blocks)).toContain('no detail Kept as abc123');
});
