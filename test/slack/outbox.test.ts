import type { AuditType } from '../../src/domain/audit';
import { CaseId } from '../../src/domain/ids';
import type { Message } from '../../src/domain/message';
import { deliver } from '../../src/slack/outbox';
import { words } from '../blocks/support/reading';
import { anOutbox, card, caseId, entry, slackSays } from './support/outbox';

const patient: readonly AuditType[] = ['finding.received', 'finding.announced', 'finding.changed'];

describe('a card', () => {
  it('is posted once, where its finding is routed, and tells the source that it stands', async () => {
    const { deps, slack, source, kept } = await anOutbox();
    await deliver(deps, card);
    await deliver(deps, card);
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    expect(slack.posts()).toBe(1);
    expect(kept.get(caseId)).toMatchObject({ channel: 'C0ALERTS', told: 0 });
    expect(source.written).toMatchObject([{ workflow: 'NOTIFIED' }]);
  });

  it('is changed in place when its finding has changed', async () => {
    const { deps, slack, held, request } = await anOutbox();
    await deliver(deps, card);
    await request();
    await deliver(deps, card);
    expect(slack.posts()).toBe(1);
    const [root] = slack.roots('C0ALERTS');
    expect(words(root?.content.blocks)).toContain('Looking at the target');
    expect(held.held.remediations.size).toBe(1);
  });

  it('shows the plan and the line that each step says of itself', async () => {
    const { deps, slack, request, play, vote } = await anOutbox();
    const { id } = await request();
    await play(id, 'remediate', {
      people: async () => {
        await deliver(deps, card);
        expect(words(slack.roots('C0ALERTS')[0]?.content.blocks)).toContain('What will change on');
        await vote(id);
      },
    });
    await deliver(deps, card);
    const done = words(slack.roots('C0ALERTS')[0]?.content.blocks);
    expect(done).toContain('✅ Done and read back');
    expect(done).toContain('sg-0a1b2c3d');
    expect(done).not.toContain('step 1');
  });

  it('that somebody deleted is posted anew, and its thread told from the start', async () => {
    const { deps, slack, happens, links, request } = await anOutbox();
    await happens('step.applied');
    await deliver(deps, entry(await links()));
    const [first] = slack.roots('C0ALERTS');
    slack.remove(first!.ts);
    await request();
    await deliver(deps, entry(await links()));
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    expect(slack.told()).toEqual([1, 2, 3, 4]);
  });

  it('that was deleted while it stays as it is comes back when its thread is told', async () => {
    const { deps, slack, happens, links } = await anOutbox();
    await deliver(deps, card);
    slack.remove(slack.roots('C0ALERTS')[0]!.ts);
    await happens('step.applied');
    const message = entry(await links());
    await expect(deliver(deps, message)).rejects.toThrow('thread_not_found');
    await deliver(deps, message);
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    expect(slack.told()).toEqual([1, 2, 3]);
  });

  it('is not posted for a finding that nobody is called for', async () => {
    const { deps, slack, held, finding } = await anOutbox();
    const record = held.held.findings.get(finding.key)!;
    held.held.findings.set(finding.key, { ...record, loud: false });
    await deliver(deps, card);
    expect(slack.posts()).toBe(0);
  });

  it('is not posted for a case that is unknown, or that belongs to no finding', async () => {
    const { deps, slack } = await anOutbox();
    for (const strange of ['f'.repeat(32), 'rem-00000000000000000001'])
      await deliver(deps, { kind: 'card', case: CaseId.parse(strange), mark: '1' });
    expect(slack.posts()).toBe(0);
  });

  it('is told to the source on the next try where the first one died right after the post', async () => {
    const { deps, source, kept } = await anOutbox();
    const put = (...[of, record]: Parameters<typeof deps.cards.put>) => {
      kept.set(of, record);
      return Promise.reject(new Error('killed'));
    };
    const dying = { ...deps, cards: { ...deps.cards, put } };
    await expect(deliver(dying, card)).rejects.toThrow('killed');
    expect(source.written).toEqual([]);
    await deliver(deps, card);
    expect(source.written).toHaveLength(1);
  });
});

it('what a remediation has to tell the source is not told by its card', async () => {
  const { deps, source, held, finding } = await anOutbox();
  const known = held.held.findings.get(finding.key)!;
  const becomes = { type: 'finding.resolved', mark: 'rem-1/9' } as const;
  const tell = { workflow: 'resolved', note: 'done', becomes } as const;
  held.held.findings.set(finding.key, { ...known, tell });
  await deliver(deps, card);
  expect(source.written).toEqual([]);
});

describe('a source that does not answer', () => {
  it('keeps neither card nor thread waiting, is logged, and is left to housekeeping', async () => {
    const { deps, slack, held, happens, links, finding } = await anOutbox();
    const write = jest.fn(() => Promise.reject(new Error('hub down')));
    const down = { ...deps, source: { write } };
    const log = { error: jest.fn() };
    await happens('step.applied');

    await deliver(down, entry(await links()), log);
    await deliver(down, card, log);

    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    expect(slack.told()).toContain(2);
    expect(write).toHaveBeenCalledTimes(1);
    expect(log.error).toHaveBeenCalledTimes(1);
    expect(await held.finding(finding.key)).toMatchObject({ tell: { failed: 1 } });
    expect([...held.held.due.keys()]).toEqual([finding.key]);
  });
});

describe('a thread', () => {
  it('is told what happened, once', async () => {
    const { deps, slack, happens, links } = await anOutbox();
    await happens('remediation.planned', { changes: 2 });
    const message = entry(await links());
    await deliver(deps, message);
    await deliver(deps, message);
    await deliver(deps, entry(1));
    expect(slack.told()).toEqual([1, 2, 3]);
    expect(slack.posts()).toBe(2);
  });

  it.each(patient)('waits with %s until something of interest happens', async (type) => {
    const { deps, slack, happens, links } = await anOutbox();
    await happens(type);
    await deliver(deps, entry(await links()));
    expect(slack.told()).toEqual([]);
    await happens('approval.asked');
    await deliver(deps, entry(await links()));
    expect(slack.told()).toEqual([1, 2, 3, 4]);
  });

  it('is told at most eight facts in one message', async () => {
    const { deps, slack, happens, links } = await anOutbox();
    for (let i = 0; i < 20; i += 1) await happens('step.applied');
    await deliver(deps, entry(await links()));
    const [root] = slack.roots('C0ALERTS');
    expect(slack.thread(root!.ts)).toHaveLength(3);
    expect(slack.told()).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
  });

  it('is told fewer at once where they are so long that Slack would take none', async () => {
    const { deps, slack, happens, links } = await anOutbox();
    const facts = Object.fromEntries('abcdefgh'.split('').map((key) => [key, 'x'.repeat(900)]));
    for (let i = 0; i < 8; i += 1) await happens('step.failed', facts);
    await deliver(deps, entry(await links()));
    const [root] = slack.roots('C0ALERTS');
    expect(slack.thread(root!.ts).length).toBeGreaterThan(2);
    expect(slack.told()).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
  });

  it('is told aloud only where one of the facts is', async () => {
    const { deps, slack, happens, links } = await anOutbox();
    await happens('step.applied');
    await deliver(deps, entry(await links()));
    await happens('step.applied');
    await happens('remediation.done');
    await deliver(deps, entry(await links()));
    const [root] = slack.roots('C0ALERTS');
    expect(slack.thread(root!.ts).map(({ broadcast }) => broadcast)).toEqual([false, true]);
  });

  it('goes on from where it died', async () => {
    const { deps, slack, happens, links } = await anOutbox();
    for (let i = 0; i < 12; i += 1) await happens('step.applied');
    const { chat } = deps;
    let posts = 0;
    const dying = {
      ...deps,
      chat: {
        ...chat,
        post: (...of: Parameters<typeof chat.post>) =>
          (posts += 1) > 2 ? Promise.reject(slackSays('fatal_error')) : chat.post(...of),
      },
    };
    const message = entry(await links());
    await expect(deliver(dying, message)).rejects.toThrow('fatal_error');
    expect(slack.told()).toHaveLength(8);
    await deliver(deps, message);
    expect(slack.told()).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
  });
});

describe('an event that could not be read', () => {
  const unread = (id: string): Message => ({ kind: 'unread', id, because: 'no detail' });

  it('is told once in the channel that takes what nothing else takes', async () => {
    const { deps, slack } = await anOutbox();
    await deliver(deps, unread('ab'.repeat(16)));
    await deliver(deps, unread('ab'.repeat(16)));
    expect(slack.roots('C0LOW')).toHaveLength(1);
    await deliver(deps, unread('cd'.repeat(16)));
    expect(slack.roots('C0LOW')).toHaveLength(2);
  });

  it('is told even under a name that cannot be remembered', async () => {
    const { deps, slack, kept } = await anOutbox();
    await deliver(deps, unread('some other id'));
    expect(slack.roots('C0LOW')).toHaveLength(1);
    expect(kept.size).toBe(0);
  });
});
