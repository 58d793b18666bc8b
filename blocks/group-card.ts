import type { FindingRecord } from '../src/app/ports';
import { severities } from '../src/domain/finding';
import type { Group, Member } from '../src/domain/group';
import { accountLabel, type Policy } from '../src/domain/policy';
import { severitySign } from './case-view';
import type { Card } from './finding-card';
import { encodeClick } from './intent';
import {
  bold,
  bullets,
  buttons,
  clean,
  code,
  header,
  inert,
  line,
  moment,
  note,
  plain,
  rich,
  some,
  t,
} from './parts';

const signs: Record<Group['kind'], string> = { storm: '🌩️', digest: '📰', quiet: '🌙' };

/** One card for many findings, updated in place; each of them is one press away. */
export const groupCard = (
  { kind, like, since, id }: Group,
  members: readonly Member[],
  first: readonly FindingRecord[],
  policy: Policy,
): Card => {
  const title =
    kind === 'storm'
      ? `${members.length} more like this: ${clean(like, 100)}`
      : `${members.length} ${members.length === 1 ? 'finding' : like}`;
  return {
    text: inert(title),
    blocks: [
      header(`${signs[kind]} ${title}`),
      rich(
        line(
          bold('How bad'),
          t(
            countsOf(members, ({ severity }) => severity)
              .sort((a, b) => severities.indexOf(b.of) - severities.indexOf(a.of))
              .map(severityWords)
              .join(', '),
            200,
          ),
        ),
        line(
          bold('Where'),
          t(
            countsOf(members, ({ account }) => account)
              .slice(0, 5)
              .map(({ of, n }) => `${accountLabel(policy, of)}: ${n}`)
              .join(', '),
            400,
          ),
        ),
        line(bold('Since'), moment(since)),
        ...bullets(
          some(first, { lines: 10, letters: 3000 }, ({ finding }) =>
            line(
              t(severitySign[finding.severity]),
              ...(kind === 'storm' ? [] : [t(finding.title, 100)]),
              code(finding.resources[0]?.id.split(/[/:]/).at(-1) ?? 'no resource', 80),
              t(accountLabel(policy, finding.account), 50),
            ),
          ),
        ),
        ...(members.length > first.length
          ? [line(t(`and ${members.length - first.length} more`))]
          : []),
      ),
      buttons({
        type: 'button',
        text: plain('Show all…', 75),
        accessibility_label: 'Lists all findings of this group, for you only',
        ...encodeClick({ kind: 'group.show', group: id, from: '0' }),
      }),
      note(
        `${policy.environment.toUpperCase()} · ${kind === 'storm' ? 'Too many at once for a card each. Asking for a remediation gives a finding its own card' : 'A list instead of cards, as the policy says'}`,
      ),
    ],
  };
};

const countsOf = <T extends string>(
  members: readonly Member[],
  of: (member: Member) => T,
): { of: T; n: number }[] => {
  const counts = new Map<T, number>();
  for (const member of members) counts.set(of(member), (counts.get(of(member)) ?? 0) + 1);
  return [...counts].map(([key, n]) => ({ of: key, n })).sort((a, b) => b.n - a.n);
};

const severityWords = ({ of, n }: { of: Member['severity']; n: number }): string =>
  `${severitySign[of]} ${n} ${of}`;
