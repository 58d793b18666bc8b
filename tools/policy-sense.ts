import type { Policy } from '../src/domain/policy';
import { fits } from '../src/domain/policy/matching';
import { orderFaults } from '../src/domain/policy/rules';
import { toolFaults } from '../src/domain/tool-rules';
import { offers } from '../src/playbooks/offers';
import { didYouMean } from './nearest';
import { answers, meantBy, playbooksOf } from './policy-catalogue';
import type { Fault } from './policy-issues';
import type { Path } from './policy-place';

/** What is wrong with a file whose form is right. */
export const senseOf = (policy: Policy): Fault[] => [
  ...names(policy),
  ...policy.rules.flatMap((_, index) => ruleFaults(policy, index)),
  ...shadows('rules', policy.rules),
  ...shadows('routing', policy.routing.slice(0, -1)),
  ...places(policy),
  ...toolFaults(policy.tools).map(({ path, words }) => ({ path: ['tools', ...path], words })),
];

const names = (policy: Policy): Fault[] => {
  const known = new Set(playbooksOf(policy).map(({ id }) => id));
  const unknown = (path: Path, id: string): Fault[] =>
    known.has(id)
      ? []
      : [{ path, words: `there is no such playbook${didYouMean(id, known)}: ${list(known)}` }];
  const controls = new Set(playbooksOf(policy).flatMap((each) => each.answers));
  const unanswered = (path: Path, control: string): Fault[] =>
    playbooksOf(policy).some((each) => answers(each, control))
      ? []
      : [{ path, words: `no playbook answers ${control}${didYouMean(control, controls)}` }].map(
          ({ words, ...rest }) => ({ ...rest, words: `${words}: docs/playbooks.md has them` }),
        );
  const written = new Set(offers.map(({ id }) => id));
  return [
    ...Object.keys(policy.approval.playbooks).flatMap((id) =>
      unknown(['approval', 'playbooks', id], id),
    ),
    ...policy.rules.flatMap(({ when: { playbook = [], control = [] } }, index) => [
      ...playbook.flatMap((id, at) => unknown(['rules', index, 'when', 'playbook', at], id)),
      ...control.flatMap((id, at) => unanswered(['rules', index, 'when', 'control', at], id)),
    ]),
    ...policy.tools
      .map(({ id }, index) => ({ id, index }))
      .filter(
        ({ id, index }) => written.has(id) || policy.tools.findIndex((t) => t.id === id) < index,
      )
      .map(({ id, index }) => ({
        path: ['tools', index, 'id'],
        words: `there is a playbook ${id} already: choose another id`,
      })),
  ];
};

const list = (words: Iterable<string>): string => [...words].join(', ');

const ruleFaults = (policy: Policy, index: number): Fault[] => {
  const rule = policy.rules[index]!;
  const { playbook, control } = rule.when;
  const meant = meantBy(policy, rule.when);
  const bases = [
    { name: 'approval.default', rule: policy.approval.default },
    ...Object.entries(policy.approval.playbooks)
      .filter(([id]) => meant.some((each) => each.id === id))
      .map(([id, own]) => ({ name: `approval.playbooks.${id}`, rule: own })),
  ];
  return [
    ...(playbook && control && meant.length === 0
      ? [
          {
            path: ['rules', index, 'when'],
            words: 'none of these playbooks answers any of these controls: take one of the two out',
          },
        ]
      : []),
    ...('expiresAfter' in rule && rule.expiresAfter !== undefined
      ? bases
          .flatMap((base) =>
            orderFaults({ ...base.rule, expiresAfter: rule.expiresAfter! }).map(({ message }) => ({
              path: ['rules', index, 'expiresAfter'],
              words: `${message} (${base.name}): write a longer time`,
            })),
          )
          .slice(0, 1)
      : []),
  ];
};

type When = Partial<Record<string, readonly string[] | Readonly<Record<string, string>>>>;

/** Whatever the later one matches, the earlier one has matched already. */
const covers = (earlier: When, later: When): boolean =>
  Object.entries(earlier).every(([name, wanted]) => {
    const narrower = later[name];
    if (!wanted) return true;
    if (!narrower) return false;
    return Array.isArray(wanted) && Array.isArray(narrower)
      ? narrower.every((word: string) => wanted.some((each: string) => fits(each, word)))
      : Object.entries(wanted).every(([key, value]) =>
          Object.entries(narrower).some(([k, v]) => k === key && v === value),
        );
  });

const shadows = (name: string, entries: readonly { when: When }[]): Fault[] =>
  entries.flatMap(({ when }, index) => {
    const by = entries.findIndex((each, at) => at < index && covers(each.when, when));
    return by < 0
      ? []
      : [
          {
            path: [name, index],
            words: `${name}[${by}] takes all that this one would: put it above, or take it out`,
          },
        ];
  });

const places = ({ routing, accounts, hub, roles }: Policy): Fault[] => {
  const last = routing.at(-1)?.when ?? {};
  return [
    ...(Object.keys(last).length > 0
      ? [
          {
            path: ['routing', routing.length - 1, 'when'],
            words:
              'the last route takes what no other took, so its conditions count for nothing: write when: {}',
          },
        ]
      : []),
    ...(accounts.some(({ id }) => id === hub.account)
      ? []
      : [
          {
            path: ['hub', 'account'],
            words: `${hub.account} is not among the accounts: add it there with a name`,
          },
        ]),
    ...(['responder', 'approver'] as const)
      .filter((role) => Object.values(roles[role]).every((each) => each.length === 0))
      .map((role) => ({
        path: ['roles', role],
        words: 'nobody has it: add users, groups or emails',
      })),
  ];
};
