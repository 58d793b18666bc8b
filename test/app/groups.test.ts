import { groupFor } from '../../src/app/groups';
import { spell } from '../../src/domain/group';
import { ChannelId } from '../../src/domain/ids';
import { aClock, aFinding, aPolicy, hour } from '../support/builders';
import { memoryGroups } from '../support/memory-groups';

const channel = ChannelId.parse('C0ALERTS');
const windows = { nights: { zone: 'UTC', from: '20:00', to: '07:00' } };
const policy = aPolicy({
  windows,
  routing: [
    { when: { control: ['Digest.1'] }, to: channel, show: 'digest' },
    { when: { control: ['Quiet.1'] }, to: channel, quiet: 'nights' },
    { to: channel },
  ],
});

const aCrowd = (start?: string) => {
  const groups = memoryGroups();
  const clock = aClock(start);
  let keys = 0;
  return {
    groups,
    clock,
    come: (more: Parameters<typeof aFinding>[0] = {}, to = channel) => {
      const key = (keys += 1).toString(16).padStart(32, '0');
      return groupFor({ groups, policy, now: clock.now }, aFinding({ key, ...more }), to);
    },
    /** So many findings of a kind; how many of them got a card of their own. */
    async cards(count: number, more: (n: number) => Parameters<typeof aFinding>[0]) {
      let own = 0;
      for (let n = 0; n < count; n += 1) if (!(await this.come(more(n)))) own += 1;
      return own;
    },
  };
};

describe('a storm', () => {
  it('leaves three cards to one kind of finding, and one card to the rest', async () => {
    const crowd = aCrowd();
    expect(await crowd.cards(500, () => ({}))).toBe(3);
    const [storm, ...others] = [...crowd.groups.held.values()];
    expect(others).toEqual([]);
    expect(storm?.members.size).toBe(497);
    expect(storm?.group).toMatchObject({
      kind: 'storm',
      channel,
      like: expect.stringContaining('EC2.13'),
    });
  });

  it('leaves fifteen cards to one channel, and one card to the rest', async () => {
    const crowd = aCrowd();
    expect(await crowd.cards(40, (n) => ({ control: `EC2.${n}` }))).toBe(15);
    const [storm, ...others] = [...crowd.groups.held.values()];
    expect(others).toEqual([]);
    expect(storm?.members.size).toBe(25);
    expect(storm?.group.like).toBe('many different findings');
  });

  it('counts to its channel only what got a card', async () => {
    const crowd = aCrowd();
    await crowd.cards(200, () => ({}));
    expect(await crowd.cards(12, (n) => ({ control: `S3.${n}` }))).toBe(12);
    expect(await crowd.come({ control: 'S3.99' })).toMatchObject({ shown: 'soon' });
  });

  it('of one channel is none of another', async () => {
    const crowd = aCrowd();
    await crowd.cards(20, () => ({}));
    expect(await crowd.come({}, ChannelId.parse('C0LOW'))).toBeUndefined();
  });

  it('is over after ten minutes, and the next is another group', async () => {
    const crowd = aCrowd();
    await crowd.cards(3, () => ({}));
    const first = await crowd.come();
    crowd.clock.pass(spell);
    expect(await crowd.cards(4, () => ({}))).toBe(3);
    expect(first?.id).not.toBe((await crowd.come())?.id);
    expect(crowd.groups.held.size).toBe(2);
  });

  it('has its card renewed half a minute after the first who joined since', async () => {
    const crowd = aCrowd();
    await crowd.cards(4, () => ({}));
    crowd.clock.pass(20_000);
    await crowd.come();
    expect(await crowd.groups.due('2026-03-01T12:00:29.999Z')).toEqual([]);
    expect(await crowd.groups.due('2026-03-01T12:00:30.000Z')).toHaveLength(1);
  });

  it('says of itself only what is open', async () => {
    const crowd = aCrowd();
    await crowd.cards(3, () => ({}));
    expect(await crowd.come({ workflow: 'resolved' })).toBeUndefined();
    expect(await crowd.come({ compliance: 'passed' })).toBeUndefined();
    expect(await crowd.come({ record: 'archived' })).toBeUndefined();
  });
});

describe('a digest', () => {
  const control = 'Digest.1';

  it('is one list a day, of all that came since the one before', async () => {
    const crowd = aCrowd();
    const today = await crowd.come({ control });
    crowd.clock.pass(19 * hour);
    expect(await crowd.come({ control, severity: 'critical' })).toEqual(today);
    expect(today).toMatchObject({ shown: 'later' });
    crowd.clock.pass(2 * hour);
    expect((await crowd.come({ control }))?.id).not.toBe(today?.id);
    expect([...crowd.groups.held.values()].map(({ members }) => members.size)).toEqual([2, 1]);
  });

  it('is due at its moment, and not before', async () => {
    const crowd = aCrowd();
    await crowd.come({ control });
    expect(await crowd.groups.due('2026-03-02T07:59:59.999Z')).toEqual([]);
    expect(await crowd.groups.due('2026-03-02T08:00:00.000Z')).toHaveLength(1);
  });

  it('counts for no storm', async () => {
    const crowd = aCrowd();
    await crowd.cards(50, () => ({ control }));
    expect(crowd.groups.counts.size).toBe(0);
  });
});

describe('quiet hours', () => {
  const control = 'Quiet.1';

  it('hold back what comes in them until they end, in one list', async () => {
    const crowd = aCrowd('2026-03-01T23:00:00.000Z');
    const first = await crowd.come({ control });
    crowd.clock.pass(7 * hour);
    expect(await crowd.come({ control })).toEqual(first);
    expect(first).toMatchObject({ shown: 'later' });
    expect(await crowd.groups.due('2026-03-02T06:59:59.999Z')).toEqual([]);
    expect(await crowd.groups.due('2026-03-02T07:00:00.000Z')).toHaveLength(1);
  });

  it('are no rest for what is critical', async () => {
    const crowd = aCrowd('2026-03-01T23:00:00.000Z');
    expect(await crowd.come({ control, severity: 'critical' })).toBeUndefined();
  });

  it('are over by day', async () => {
    const crowd = aCrowd('2026-03-01T07:00:00.000Z');
    expect(await crowd.come({ control })).toBeUndefined();
  });
});
