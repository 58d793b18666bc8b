import fc from 'fast-check';
import type { Listed } from '../../../blocks/desk-answers';
import type { Desk } from '../../../blocks/home';
import type { Told } from '../../../blocks/trail';
import type { FindingRecord } from '../../../src/app/ports';
import type { Verdict } from '../../../src/domain/audit';
import { severities } from '../../../src/domain/finding';
import { Group, GroupId, type Member } from '../../../src/domain/group';
import { FindingKey } from '../../../src/domain/ids';
import type { Offered } from '../../../src/domain/playbook';
import { account, aTarget } from '../../support/builders';
import { link, record, remediation, text } from './arbitraries';
import * as sample from './samples';

/** Nothing, a few, or as many as there is room for: those repeat, since making each anew takes long. */
const upTo = <T>(one: fc.Arbitrary<T>, max: number): fc.Arbitrary<T[]> =>
  fc
    .record({ some: fc.array(one, { maxLength: 3 }), full: fc.boolean() })
    .map(({ some, full }) =>
      full && some.length > 0
        ? Array.from({ length: max }, (_, index) => some[index % some.length]!)
        : some,
    );

/** Slack's own links to cards. */
export const permalink = 'https://test.slack.com/archives/C0ALERTS/p1772420645000100';

const listed: fc.Arbitrary<Listed> = fc
  .record({ remediation, yours: fc.boolean(), card: fc.boolean() })
  .map(({ card, ...some }) => ({ ...some, ...(card && { card: permalink }) }));
export const listing = upTo(listed, 40);

/** A page of a list: findings with ids of their own. */
export const rows: fc.Arbitrary<FindingRecord[]> = upTo(record, 20).map((some) =>
  some.map((each, index) => ({
    ...each,
    finding: { ...each.finding, key: FindingKey.parse(index.toString(16).padStart(32, '0')) },
  })),
);

const offered: fc.Arbitrary<Offered> = fc
  .record({ id: text, title: text, summary: text })
  .map(({ id, title, summary }) => ({
    offer: { ...sample.view().offers[0]!.offer, title, summary },
    target: { ...aTarget, id },
  }));
export const remediable = upTo(fc.record({ record, offers: upTo(offered, 30) }), 12);

export const groupId = GroupId.parse('0123456789abcdef0123456789abcdef');
export const aGroup = (more: Partial<Group> = {}): Group => ({
  id: groupId,
  kind: 'storm',
  channel: sample.channel,
  like: 'EC2.13 Security groups should not allow ingress from 0.0.0.0/0 to port 22',
  since: sample.at,
  ...more,
});
export const aMember = (index: number, more: Partial<Member> = {}): Member => ({
  key: FindingKey.parse(index.toString(16).padStart(32, '0')),
  severity: 'high',
  account: sample.record().finding.account,
  at: sample.at,
  ...more,
});
const member = fc
  .record({
    index: fc.nat(),
    severity: fc.constantFrom(...severities),
    account: fc.constantFrom(account, '444455556666', '999988887777'),
  })
  .map(({ index, severity, account: of }) =>
    aMember(index, {
      severity,
      account: sample.record({}).finding.account.replace(account, of) as Member['account'],
    }),
  );
export const grouped = fc.record({
  group: fc
    .record({
      kind: fc.constantFrom('storm' as const, 'digest' as const, 'quiet' as const),
      like: text,
    })
    .map(aGroup),
  members: upTo(member, 500),
  first: upTo(record, 10),
});

const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.nat().map((links): Verdict => ({ ok: true, links, head: 'a'.repeat(64) })),
  text.map((because): Verdict => ({ ok: false, seq: 3, because })),
);
const told: fc.Arbitrary<Told> = fc
  .record({ title: text, links: upTo(link, 60), verdict: fc.option(verdict) })
  .map(({ verdict: of, ...some }) => ({ ...some, ...(of && { verdict: of }) }));
export const trail = fc.record({
  of: text,
  told: upTo(told, 5),
  more: fc.constantFrom(0, 1, 40),
});

export const desk: fc.Arbitrary<Desk> = fc.record({
  yours: listing,
  asked: listing,
  running: listing,
  critical: upTo(record, 50),
  more: fc.boolean(),
});
