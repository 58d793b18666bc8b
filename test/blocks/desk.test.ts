import { approvalsText, exceptionsText, statusText } from '../../blocks/desk-answers';
import { findingsList } from '../../blocks/findings-list';
import { decodeClick } from '../../blocks/intent';
import { remediateText } from '../../blocks/remedies';
import { trailAnswer } from '../../blocks/trail';
import { aFinding } from '../support/builders';
import { groupId, permalink } from './support/desk';
import { buttonsOf, liveLeaves, parts, words } from './support/reading';
import {
  later,
  link,
  member,
  policy,
  record,
  remediation,
  statuses,
  view,
} from './support/samples';

const many = (count: number, yours = false) =>
  Array.from({ length: count }, () => ({ remediation: remediation(), yours }));

describe('what waits for a decision', () => {
  it('is calm when nothing does', () => {
    expect(words(approvalsText([]).blocks)).toContain('Nothing waits for a decision.');
  });

  it('says whose turn it is, who asked, how many said yes, until when, and where the card is', () => {
    const { blocks, text } = approvalsText([
      { remediation: remediation(), yours: true, card: permalink },
      { remediation: remediation(), yours: false },
    ]);
    expect(text).toBe('2 waiting for a decision');
    const said = words(blocks);
    expect(said).toContain('2 waiting for a decision · 1 of them yours to decide');
    expect(said).toContain('👉 Close SSH and RDP to the internet sg-0a1b2c3d asked by');
    expect(said).toContain('· 0 of 1 approvals · until');
    expect(said).toContain('⏳ Close SSH');
    expect(liveLeaves(blocks).filter(({ type }) => type === 'link')).toMatchObject([
      { url: permalink },
    ]);
  });

  it('counts all, also those that there is no room for', () => {
    const said = words(approvalsText(many(40)).blocks);
    expect(said).toContain('40 waiting');
    expect(said).toContain('and 25 more');
  });

  it('shows a remediation that has no plan yet', () => {
    const { proposal: _, ...early } = remediation();
    expect(words(approvalsText([{ remediation: early, yours: false }]).blocks)).toContain(
      '· awaiting approval',
    );
  });
});

describe('what stands', () => {
  it('tells findings, what waits and what runs', () => {
    const running = [{ remediation: remediation({ status: statuses.applying }), yours: false }];
    const { text, blocks } = statusText(many(2), running, '1 critical, 3 high');
    expect(text).toBe('2 waiting, 1 running');
    expect(words(blocks)).toContain('Open findings 1 critical, 3 high');
    expect(words(blocks)).toContain('⚙️ Close SSH');
    expect(words(blocks)).toContain('· applying');
  });
});

describe('what is suppressed', () => {
  it('is said to be nothing', () => {
    expect(words(exceptionsText({ items: [] }, policy).blocks)).toBe('Nothing is suppressed.');
  });

  it('tells what, where, until when, by whom and why', () => {
    const by = { id: member().id, name: 'Rita' };
    const items = [
      record({ exception: { by, reason: 'a bastion', until: later } }),
      record({
        finding: aFinding({ resources: [] }),
        exception: { reason: 'a rule', until: later },
      }),
    ];
    const { blocks, text } = exceptionsText({ items, next: 'more' }, policy);
    const said = words(blocks);
    expect(text).toBe('2 and more exceptions');
    expect(said).toContain('sg-0a1b2c3d in security (111122223333) until');
    expect(said).toContain('“a bastion”');
    expect(said).toContain('by the policy “a rule”');
    expect(said).toContain('/findings suppressed');
  });
});

describe('what can be done about something', () => {
  const { offers } = view();

  it('is a button for each offer, which shows the plan first', () => {
    const { blocks } = remediateText('sg-0a1b2c3d', [{ record: record(), offers }]);
    expect(buttonsOf(blocks)).toEqual(['Remediate…']);
    expect(words(blocks)).toContain(`${offers[0]!.offer.title} sg-0a1b2c3d · medium risk Nothing`);
    expect(words(blocks)).toContain('Nothing changes before you have seen the plan.');
    const [button] = parts(blocks).filter(({ type }) => type === 'button');
    expect(decodeClick(String(button?.['action_id']), String(button?.['value']))).toMatchObject({
      kind: 'remediation.preview',
      target: 'sg-0a1b2c3d',
    });
  });

  it('is said to be nothing where no offer fits into a button', () => {
    const long = offers.map((each) => ({
      ...each,
      target: { ...each.target, id: 'x'.repeat(301) },
    }));
    const { blocks } = remediateText('x', [{ record: record(), offers: long }]);
    expect(buttonsOf(blocks)).toEqual([]);
    expect(words(blocks)).toContain('No playbook can be offered here.');
  });

  it('says how many offers have no button', () => {
    const all = Array.from({ length: 6 }, () => offers[0]!);
    const { blocks } = remediateText('x', [
      { record: record({ finding: aFinding({ resources: [] }) }), offers: all },
    ]);
    expect(buttonsOf(blocks)).toHaveLength(4);
    expect(buttonsOf(blocks)[3]).toBe('Remediate 4…');
    expect(words(blocks)).toContain('no resource');
    expect(words(blocks)).toContain('2 more have no button here.');
    const five = remediateText('x', [{ record: record(), offers: all.slice(1) }]);
    expect(words(five.blocks)).toContain('1 more has no button here.');
  });

  it('shows five findings at most, and says how many more there are', () => {
    const found = Array.from({ length: 8 }, () => ({ record: record(), offers }));
    const { blocks } = remediateText('sg-0a1b2c3d', found);
    expect(buttonsOf(blocks)).toHaveLength(5);
    expect(words(blocks)).toContain('and 3 more findings: /findings');
    expect(words(remediateText('x', found.slice(2)).blocks)).toContain('and 1 more finding:');
  });
});

describe('a list of findings', () => {
  const row = record({
    finding: aFinding({ title: 'Port 22' }),
    assignee: { id: member().id, name: 'Rita' },
  });

  it('is a table with a heading, one line for each, and a menu that opens one', () => {
    const list = findingsList('Open findings', [row, record()], undefined, policy);
    expect(list.text).toBe('Open findings: 2');
    const [table] = parts(list.blocks).filter(({ type }) => type === 'table');
    expect(table?.['rows']).toHaveLength(3);
    expect(words(table)).toContain('1 🔴 high EC2.13 Port 22 sg-0a1b2c3d security (111122223333)');
    expect(words(table)).toContain('2026-03-02 03:04 Rita');
    const [menu] = parts(list.blocks).filter(({ type }) => type === 'static_select');
    const [first] = (menu?.['options'] ?? []) as { value: string }[];
    expect(decodeClick(String(menu?.['action_id']), first?.value)).toEqual({
      kind: 'finding.details',
      finding: row.finding.key,
    });
  });

  it('tells in the place of the workflow who sees to it, or until when it is excepted', () => {
    const stateOf = (more: Parameters<typeof record>[0]) =>
      words(findingsList('x', [record(more)], undefined, policy).blocks);
    expect(stateOf({})).toContain('03:04 new');
    expect(stateOf({ exception: { reason: 'r', until: later } })).toContain('until 2026-03-02');
  });

  it('goes on with a button, where there is more', () => {
    const next = { kind: 'group.show', group: groupId, from: '20' } as const;
    expect(buttonsOf(findingsList('x', [row], next, policy).blocks)).toEqual(['Next']);
    expect(buttonsOf(findingsList('x', [row], undefined, policy).blocks)).toEqual([]);
  });

  it.each([
    ['too long', 'x'.repeat(301)],
    ['too long once they are escaped', '\u0001'.repeat(300)],
  ])('does not go on with words that are %s for a button', (_, text) => {
    const next = { kind: 'findings.page', text, from: 'y'.repeat(300) } as const;
    expect(buttonsOf(findingsList('x', [row], next, policy).blocks)).toEqual([]);
  });

  it('without findings says so, and that the search is not over where it is not', () => {
    const next = { kind: 'findings.page', text: '', from: 'y' } as const;
    const none = findingsList('Open findings', [], undefined, policy);
    expect(none.text).toBe('No finding fits.');
    expect(words(none.blocks)).toContain('Open findings: none.');
    expect(parts(none.blocks).filter(({ type }) => type === 'actions')).toEqual([]);
    const soFar = findingsList('Open findings', [], next, policy).blocks;
    expect(words(soFar)).toContain('Open findings: none so far.');
    expect(buttonsOf(soFar)).toEqual(['Next']);
  });

  it('names a finding without a resource', () => {
    const bare = record({ finding: aFinding({ resources: [], control: undefined }) });
    expect(words(findingsList('x', [bare], undefined, policy).blocks)).toContain('no resource');
  });
});

describe('the trail', () => {
  const by = { kind: 'person', id: member().id, name: 'Rita' } as const;
  const links = [
    link(3, { type: 'approval.refused', actor: by, facts: { because: 'the requester' } }),
    link(2, { type: 'step.applied', facts: { step: 'Replace 2 rules' } }),
    link(1),
  ];

  it('tells who did what and why, newest first, and that the chain was checked', () => {
    const verdict = { ok: true, links: 3, head: 'a'.repeat(64) } as const;
    const { blocks, text } = trailAnswer('sg-1', [{ title: 'Port 22', links, verdict }], 0);
    expect(text).toBe('Audit of sg-1');
    const said = words(blocks);
    expect(said).toContain('Port 22 · 3 links, chain checked ✓');
    expect(said).toMatch(
      /tried to decide and was refused – the requester #3 .*– Replace 2 rules #2 .*Drawbridge 📥 received #1/,
    );
  });

  it('is loud about a chain that is broken', () => {
    const verdict = { ok: false, seq: 2, because: 'link 2 is missing' } as const;
    const { blocks } = trailAnswer('sg-1', [{ title: 'Port 22', links, verdict }], 0);
    expect(words(blocks)).toContain('⚠️ the chain is broken at link 2: link 2 is missing');
  });

  it.each([
    [1, 'and 1 more case'],
    [7, 'and 7 more cases'],
  ])('says that there are %d more cases', (more, expected) => {
    const said = words(trailAnswer('x', [{ title: 'Port 22', links }], more).blocks);
    expect(said.endsWith(expected)).toBe(true);
    expect(said).not.toContain('chain');
  });
});
