import { deliver, type OutboxDeps } from '../../src/slack/outbox';
import { deliverAll } from '../../src/slack/deliver-all';
import type { GroupId } from '../../src/domain/group';
import { CaseId, FindingKey } from '../../src/domain/ids';
import type { Message } from '../../src/domain/message';
import { words } from '../blocks/support/reading';
import { aGroup, aMember, groupId } from '../blocks/support/desk';
import { aFinding, findingKey } from '../support/builders';
import { takeIn } from '../../src/app/intake';
import { anOutbox, card, entry, slackSays, type Outbox } from './support/outbox';

const group: Message = { kind: 'group', id: groupId, mark: 'first' };
const shared = { id: groupId, shown: 'soon' } as const;
const roots = ({ slack }: Outbox) => slack.roots('C0ALERTS').map(({ content }) => content.text);

/** Findings that share a card, and the outbox that shows it. */
const crowd = async (count: number) => {
  const box = await anOutbox();
  const join = async (n: number) => {
    const key = FindingKey.parse(n.toString(16).padStart(32, '0'));
    const door = { ...box.door, groupOf: async () => shared };
    await takeIn(door, aFinding({ key, id: `finding-${n}` }), `delivery-${n}`);
    await box.groups.join(aGroup(), aMember(n, { key }), '');
  };
  for (let n = 1; n <= count; n += 1) await join(n);
  return { ...box, join };
};

describe('the card of a group', () => {
  it('is one message for all of them, renewed in place when it changes', async () => {
    const box = await crowd(3);
    await deliver(box.deps, group);
    await deliver(box.deps, group);
    expect(roots(box)).toEqual([expect.stringContaining('3 more like this: EC2.13')]);
    expect(box.slack.posts()).toBe(1);
    await box.join(4);
    await deliver(box.deps, { ...group, mark: 'later' });
    expect(roots(box)).toEqual([expect.stringContaining('4 more like this')]);
    expect(box.slack.posts()).toBe(1);
  });

  it('is posted anew where somebody deleted it', async () => {
    const box = await crowd(3);
    await deliver(box.deps, group);
    box.slack.remove(box.slack.roots('C0ALERTS')[0]!.ts);
    await deliver(box.deps, group);
    expect(roots(box)).toEqual([]);
    await box.join(4);
    await deliver(box.deps, group);
    expect(roots(box)).toHaveLength(1);
  });

  it('names ten of its members and counts all of them', async () => {
    const box = await crowd(25);
    await deliver(box.deps, group);
    const [root] = box.slack.roots('C0ALERTS');
    const said = words(root?.content.blocks);
    expect(said).toContain('25 more like this');
    expect(said.match(/sg-0a1b2c3d/g)).toHaveLength(10);
  });

  it('shows those members whose records it finds', async () => {
    const box = await crowd(2);
    await box.groups.join(aGroup(), aMember(99), '');
    await deliver(box.deps, group);
    expect(words(box.slack.roots('C0ALERTS')[0]?.content.blocks)).toContain('3 more like this');
  });

  it('of nobody is not posted', async () => {
    const box = await anOutbox();
    await deliver(box.deps, group);
    expect(box.slack.posts()).toBe(0);
  });

  it('tries again where Slack does not take it, and is the only one then', async () => {
    const box = await crowd(3);
    box.slack.failing.set('C0ALERTS', () => slackSays('internal_error'));
    await expect(deliver(box.deps, group)).rejects.toThrow('internal_error');
    box.slack.failing.clear();
    await deliver(box.deps, group);
    expect(roots(box)).toHaveLength(1);
  });
});

describe('a finding that shares a card', () => {
  it('has none of its own, nor a thread, and its source is told nothing yet', async () => {
    const box = await crowd(1);
    const of = CaseId.parse('1'.padStart(32, '0'));
    await deliver(box.deps, { ...card, case: of });
    await deliver(box.deps, { kind: 'entry', case: of, seq: 1 });
    expect(box.slack.posts()).toBe(0);
    expect(box.source.written).toEqual([]);
  });

  it('gets its card and its whole thread once it shares no more', async () => {
    const box = await anOutbox();
    const record = box.held.held.findings.get(findingKey)!;
    box.held.held.findings.set(findingKey, { ...record, group: shared });
    await box.happens('remediation.requested');
    await deliver(box.deps, entry(2));
    expect(box.slack.posts()).toBe(0);
    box.held.held.findings.set(findingKey, record);
    await deliver(box.deps, entry(2));
    expect(box.slack.roots('C0ALERTS')).toHaveLength(1);
    expect(box.slack.told()).toEqual(expect.arrayContaining([1, 2]));
  });
});

it('of many messages about one group in a batch the last is enough', async () => {
  const box = await crowd(3);
  const read = jest.fn((id: GroupId) => box.groups.read(id));
  const records = ['a', 'b', 'c'].map((mark) => ({
    messageId: mark,
    receiptHandle: mark,
    body: JSON.stringify({ ...group, mark }),
    attributes: { MessageGroupId: 'C0ALERTS', ApproximateReceiveCount: '1' },
  }));
  const deps: OutboxDeps = { ...box.deps, groups: { read } };
  const failed = await deliverAll(deps, { later: async () => {} }, records, { error: () => {} });
  expect(failed).toEqual([]);
  expect(read).toHaveBeenCalledTimes(1);
  expect(roots(box)).toHaveLength(1);
});
