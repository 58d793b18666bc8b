import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Message } from '../../src/domain/message';
import { deliverAll } from '../../src/slack/deliver-all';
import { anOutbox, card, entry, slackSays } from './support/outbox';

const unread = (id: string): Message => ({ kind: 'unread', id, because: id });
let receipts = 0;
const received = (body: Message | string, group: string | undefined, count = 1) => {
  receipts += 1;
  return {
    messageId: `message-${receipts}`,
    receiptHandle: `receipt-${receipts}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { MessageGroupId: group, ApproximateReceiveCount: String(count) },
  };
};
const tooFast = () => new WebAPIRateLimitedError(30);

const aQueue = async () => {
  const outbox = await anOutbox();
  const later: { receipt: string; seconds: number }[] = [];
  const logged: unknown[] = [];
  const take = (...records: ReturnType<typeof received>[]) =>
    deliverAll(
      outbox.deps,
      { later: async (receipt, seconds) => void later.push({ receipt, seconds }) },
      records,
      { error: (message, more) => void logged.push({ message, ...more }) },
    );
  return { ...outbox, later, logged, take };
};
const idsOf = (records: readonly { messageId: string }[]) =>
  records.map(({ messageId }) => ({ itemIdentifier: messageId }));
const heldFor = (seconds: number, records: readonly { receiptHandle: string }[]) =>
  records.map(({ receiptHandle }) => ({ receipt: receiptHandle, seconds }));

describe('a batch', () => {
  it('is delivered, and nothing comes back', async () => {
    const { take, slack, later } = await aQueue();
    expect(await take(received(card, 'C0ALERTS'), received(unread('a'), 'C0LOW'))).toEqual([]);
    expect([slack.roots('C0ALERTS').length, slack.roots('C0LOW').length]).toEqual([1, 1]);
    expect(later).toEqual([]);
  });

  it('waits in no channel for another', async () => {
    const { take, slack } = await aQueue();
    const post = slack.chat.post.bind(slack.chat);
    let other = () => {};
    const posted = new Promise<void>((resolve) => (other = resolve));
    slack.chat.post = async (channel, ...of) => {
      if (channel === 'C0LOW') other();
      else await posted;
      return post(channel, ...of);
    };
    await take(received(card, 'C0ALERTS'), received(unread('a'), 'C0LOW'));
    expect([slack.roots('C0ALERTS').length, slack.roots('C0LOW').length]).toEqual([1, 1]);
  });

  it('that takes too long is given back before the function is ended in the middle of it', async () => {
    const { take, slack, later, clock } = await aQueue();
    const post = slack.chat.post.bind(slack.chat);
    slack.chat.post = (...of) => (clock.pass(20_000), post(...of));
    const records = ['a', 'b', 'c'].map((id) => received(unread(id), 'C0LOW'));
    expect(await take(...records)).toEqual(idsOf(records.slice(2)));
    expect(later).toEqual(heldFor(1, records.slice(2)));
  });

  it('shows a card once where a later message shows it anyway', async () => {
    const { take, slack, deps } = await aQueue();
    const updates = jest.spyOn(deps.cards, 'get');
    await take(received(card, 'C0ALERTS'), received({ ...card, mark: '2' }, 'C0ALERTS'));
    expect(updates).toHaveBeenCalledTimes(1);
    expect(slack.posts()).toBe(1);
  });

  it('passes over no entry of a thread for a later card', async () => {
    const { take, slack, happens, links } = await aQueue();
    await happens('step.applied');
    await take(received(entry(await links()), 'C0ALERTS'), received(card, 'C0ALERTS'));
    expect(slack.told()).toEqual([1, 2, 3]);
  });
});

describe('a channel that Slack does not take now', () => {
  it('is held back as long as Slack says, in order, and others go on', async () => {
    const { take, slack, later, logged, happens, links } = await aQueue();
    await happens('step.applied');
    slack.failing.set('C0ALERTS', tooFast);
    const alerts = [received(card, 'C0ALERTS'), received(entry(await links()), 'C0ALERTS')];
    const low = [received(unread('a'), 'C0LOW'), received(unread('b'), 'C0LOW')];
    expect(await take(alerts[0]!, low[0]!, alerts[1]!, low[1]!)).toEqual(idsOf(alerts));
    expect(later).toEqual(heldFor(30, alerts));
    expect(slack.roots('C0LOW')).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  it('gets nothing past the message that failed, though Slack would take it again', async () => {
    const { take, slack, later } = await aQueue();
    let calls = 0;
    const post = slack.chat.post.bind(slack.chat);
    slack.chat.post = (...of) => ((calls += 1) === 2 ? Promise.reject(tooFast()) : post(...of));
    const records = ['a', 'b', 'c'].map((id) => received(unread(id), 'C0LOW'));
    expect(await take(...records)).toEqual(idsOf(records.slice(1)));
    expect(later).toEqual(heldFor(30, records.slice(1)));
    expect(slack.roots('C0LOW')).toHaveLength(1);
  });

  it('comes back in the order that it had, and ends as if nothing had been', async () => {
    const { take, slack, happens, links } = await aQueue();
    await happens('step.applied');
    const records = [received(card, 'C0ALERTS'), received(entry(await links()), 'C0ALERTS')];
    slack.failing.set('C0ALERTS', tooFast);
    await take(...records);
    slack.failing.clear();
    expect(await take(...records)).toEqual([]);
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    expect(slack.told()).toEqual([1, 2, 3]);
  });

  it.each([
    [1, 2],
    [2, 4],
    [5, 32],
    [9, 512],
    [10, 900],
    [100, 900],
  ])('waits longer with each try while Slack is down: try %i, %i seconds', async (count, wait) => {
    const { take, slack, later, logged } = await aQueue();
    slack.failing.set('C0ALERTS', () => slackSays('fatal_error'));
    const record = received(card, 'C0ALERTS', count);
    expect(await take(record)).toEqual(idsOf([record]));
    expect(later).toEqual(heldFor(wait, [record]));
    expect(logged).toMatchObject([{ message: record.body }]);
  });
});

describe('a message that cannot be read', () => {
  it.each(['{', 'null', '{"kind":"gossip"}', '{"kind":"card","case":"../x","mark":"1"}'])(
    '%s comes back alone, and other channels go on',
    async (body) => {
      const { take, slack, logged } = await aQueue();
      const poison = received(body, 'C0LOW');
      const records = [received(card, 'C0ALERTS'), poison, received(card, 'C0ALERTS')];
      expect(await take(...records)).toEqual(idsOf([poison]));
      expect(slack.roots('C0ALERTS')).toHaveLength(1);
      expect(logged).toMatchObject([{ message: body }]);
    },
  );

  it('without a group is a group of its own', async () => {
    const { take, slack } = await aQueue();
    const poison = received('{', undefined);
    expect(await take(poison, received(card, 'C0ALERTS'))).toEqual(idsOf([poison]));
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
  });
});
