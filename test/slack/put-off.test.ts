import { GroupId } from '../../src/domain/group';
import { ChannelId, FindingKey } from '../../src/domain/ids';
import { deliver } from '../../src/slack/outbox';
import { retryAfter } from '../../src/slack/client';
import { anOutbox, card, entry } from './support/outbox';

const minute = 60_000;

/** A card that stands, in a workspace that takes no more updates for a minute. */
const overdone = async () => {
  const outbox = await anOutbox();
  const { deps, slack, clock } = outbox;
  await deliver(deps, card);
  const at = clock.now().getTime() + minute;
  slack.chat.update = () => Promise.resolve({ at });
  // Its card shows how often it was seen, so that there is something to update.
  const known = outbox.held.held.findings.get(outbox.finding.key)!;
  outbox.held.held.findings.set(outbox.finding.key, { ...known, count: 2 });
  return { ...outbox, at: new Date(at).toISOString() };
};

describe('an update that Slack does not take now', () => {
  it('is put off, and the thread is told without it', async () => {
    const { deps, slack, sent, happens, links, at } = await overdone();
    await happens('step.applied');

    await deliver(deps, entry(await links()));

    expect(slack.told()).toEqual([1, 2, 3].slice(0, await links()));
    expect(sent).toEqual([
      {
        row: 'later-C0ALERTS',
        message: { kind: 'later', channel: 'C0ALERTS', at, again: { ...card, mark: '' } },
      },
    ]);
  });

  it('comes back into its channel when its time has come, and not before', async () => {
    const { deps, sent, clock } = await overdone();
    await deliver(deps, card);
    const [{ message } = { message: card }] = sent.splice(0);

    clock.pass(minute - 500);
    const early: unknown = await deliver(deps, message).catch((error: unknown) => error);
    expect(retryAfter(early)).toBe(0.5);
    expect(sent).toEqual([]);

    clock.pass(500);
    await deliver(deps, message);
    expect(sent).toMatchObject([{ row: 'C0ALERTS', message: { kind: 'card', case: card.case } }]);
  });

  it('of a group as well', async () => {
    const { deps, slack, sent, groups, finding, clock } = await anOutbox();
    const since = clock.now().toISOString();
    const id = GroupId.parse('0'.repeat(32));
    const member = { key: finding.key, severity: finding.severity, account: finding.account };
    const group = { id, kind: 'storm', channel: ChannelId.parse('C0ALERTS'), like: 'x', since };
    await groups.join({ ...group, kind: 'storm' }, { ...member, at: since }, since);
    await deliver(deps, { kind: 'group', id, mark: '1' });
    slack.chat.update = () => Promise.resolve({ at: clock.now().getTime() });
    const key = FindingKey.parse('f'.repeat(32));
    await groups.join({ ...group, kind: 'storm' }, { ...member, key, at: since }, since);

    await deliver(deps, { kind: 'group', id, mark: '2' });

    expect(sent).toMatchObject([{ row: 'later-C0ALERTS', message: { again: { id } } }]);
  });
});
