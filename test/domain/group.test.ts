import fc from 'fast-check';
import { severities } from '../../src/domain/finding';
import {
  Group,
  inOrder,
  likeOf,
  listAt,
  Member,
  spell,
  stormsOf,
  type Member as AMember,
} from '../../src/domain/group';
import { ChannelId } from '../../src/domain/ids';
import { account, aFinding, findingKey } from '../support/builders';

const [alerts, low] = ['C0ALERTS', 'C0LOW'].map((id) => ChannelId.parse(id)) as [
  ChannelId,
  ChannelId,
];
const noon = new Date('2026-03-01T12:00:00.000Z');
const after = (ms: number): Date => new Date(noon.getTime() + ms);
const macie = aFinding({
  product: 'Macie',
  type: 'SensitiveData:S3Object/Personal',
  control: undefined,
});

describe('the storm of a kind', () => {
  const idOf = (
    ...[finding = aFinding(), channel = alerts, at = noon]: Partial<Parameters<typeof stormsOf>>
  ) => stormsOf(finding, channel, at).kind.id;

  it('is the same for the same control, whatever the resource, account and severity are', () => {
    const other = aFinding({
      key: 'f'.repeat(32),
      severity: 'low',
      account: '444455556666',
      title: 'in other words',
      resources: [],
    });
    expect(idOf(other)).toBe(idOf());
  });

  it('is the same for the same product and type where there is no control', () => {
    expect(idOf({ ...macie, title: 'x' })).toBe(idOf(macie));
    expect(idOf({ ...macie, type: 'Policy:IAMUser/S3BucketPublic' })).not.toBe(idOf(macie));
    expect(idOf({ ...macie, product: 'Other' })).not.toBe(idOf(macie));
  });

  it('is another one in another channel and for another control', () => {
    expect(idOf(aFinding(), low)).not.toBe(idOf());
    expect(idOf(aFinding({ control: 'EC2.19' }))).not.toBe(idOf());
  });

  it('lasts ten minutes, and begins when they began', () => {
    expect(idOf(aFinding(), alerts, after(spell - 1))).toBe(idOf());
    expect(idOf(aFinding(), alerts, after(spell))).not.toBe(idOf());
    expect(stormsOf(aFinding(), alerts, after(spell - 1)).kind.since).toBe(noon.toISOString());
  });

  it('is not the storm of its channel', () => {
    const { kind, channel } = stormsOf(aFinding(), alerts, noon);
    expect(channel.id).not.toBe(kind.id);
    expect(channel.like).toBe('many different findings');
  });

  it('is called by what its members have in common', () => {
    expect(likeOf(aFinding({ title: 'Port 22 is open' }))).toBe('EC2.13 Port 22 is open');
    expect(likeOf(macie)).toBe('Macie: SensitiveData:S3Object/Personal');
    // As standards title it in hubs without consolidation: the control is not said twice.
    expect(likeOf(aFinding({ title: 'EC2.13 Port 22 is open' }))).toBe('EC2.13 Port 22 is open');
  });
});

describe('the list of a moment', () => {
  const eight = new Date('2026-03-02T08:00:00.000Z');

  it('is one group for all that wait for it, whenever they came', () => {
    const first = listAt('digest', alerts, eight, noon);
    expect(listAt('digest', alerts, eight, after(5 * spell)).id).toBe(first.id);
    expect(listAt('digest', alerts, after(0), noon).id).not.toBe(first.id);
    expect(listAt('digest', low, eight, noon).id).not.toBe(first.id);
  });

  it('is another one for a digest than for the end of quiet hours', () => {
    const [digest, quiet] = (['digest', 'quiet'] as const).map((kind) =>
      listAt(kind, alerts, eight, noon),
    );
    expect(digest?.id).not.toBe(quiet?.id);
    expect(digest?.like).toContain('findings of the day');
    expect(quiet?.like).toContain('quiet hours');
  });
});

describe('groups and members', () => {
  it('are read back as they were stored', () => {
    const { kind } = stormsOf(aFinding(), alerts, noon);
    expect(Group.parse(JSON.parse(JSON.stringify(kind)))).toEqual(kind);
    const member = { key: findingKey, severity: 'high', account, at: noon.toISOString() };
    expect(Member.parse(member)).toEqual(member);
  });
});

describe('the order of members', () => {
  const member = fc
    .record({
      severity: fc.constantFrom(...severities),
      at: fc.integer({ min: 0, max: 5 }).map((minutes) => after(minutes * 60_000).toISOString()),
      key: fc.stringMatching(/^[0-9a-f]{32}$/),
    })
    .map((some): AMember => Member.parse({ ...some, account }));
  const members = fc.uniqueArray(member, { selector: ({ key }) => key, maxLength: 12 });

  it('is worst first, then newest', () => {
    fc.assert(
      fc.property(members, (some) => {
        const sorted = inOrder(some);
        for (const [index, b] of sorted.entries()) {
          const a = sorted[index - 1];
          if (!a) continue;
          const bad = (one: AMember) => severities.indexOf(one.severity);
          expect(bad(a)).toBeGreaterThanOrEqual(bad(b));
          expect(bad(a) > bad(b) || a.at >= b.at).toBe(true);
        }
      }),
    );
  });

  it('does not hang on the order in which they came, and loses none', () => {
    fc.assert(
      fc.property(members, (some) => {
        const mixed = inOrder([...some].reverse());
        expect(mixed).toEqual(inOrder(some));
        expect(new Set(mixed)).toEqual(new Set(some));
      }),
    );
  });
});
