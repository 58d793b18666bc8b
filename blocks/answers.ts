import type { KnownBlock } from '@slack/types';
import type { Person, Role } from '../src/domain/person';
import type { Policy } from '../src/domain/policy';
import { bold, bullets, code, group, inert, line, person, rich, t } from './parts';

/** An answer that only the asking person sees. */
export interface Answer {
  text: string;
  blocks: KnownBlock[];
}

export const answer = (text: string, ...blocks: KnownBlock[]): Answer => ({
  text: inert(text),
  blocks,
});

/** A no, in words, with those who could say yes. */
export const refusalText = (because: string, who?: Role, policy?: Policy): Answer =>
  answer(
    because,
    rich(
      line(t(`✋ ${because}`, 1000)),
      ...(who && policy ? [line(t(`These are ${who}s:`), ...membersOf(policy, who))] : []),
    ),
  );

const membersOf = (policy: Policy, role: Role) => [
  ...policy.roles[role].groups.map(group),
  ...policy.roles[role].users.map((id) => person(id)),
];

export const helpText = (
  commands: Readonly<Record<string, { hint: string; says: string }>>,
): Answer =>
  answer(
    'Drawbridge: what it can do',
    rich(
      line(
        bold('Drawbridge'),
        t(
          'shows findings here. Press Remediate on a card to see what would change; nothing changes before it is approved as the policy says, and it can be undone.',
        ),
      ),
      ...bullets(
        Object.entries(commands).map(([name, { hint, says }]) =>
          line(code(`/drawbridge ${name} ${hint}`), t(says)),
        ),
      ),
    ),
  );

export const whoText = (
  who: Person,
  policy: Policy,
  words: Readonly<Record<Role, string>>,
): Answer => {
  const rights = who.outsider ? [] : who.roles;
  return answer(
    `You are ${who.name}`,
    rich(
      line(
        bold('You'),
        person(who.id, who.name),
        t(
          who.outsider
            ? `are ${who.outsider} here, and only members may act.`
            : rights.length === 0
              ? 'may read, but neither ask nor approve.'
              : `may ${rights.map((role) => words[role]).join(', and ')}.`,
        ),
      ),
      line(bold('Responders'), ...membersOf(policy, 'responder')),
      line(bold('Approvers'), ...membersOf(policy, 'approver')),
    ),
  );
};
