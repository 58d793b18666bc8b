import type { SlackUserId } from './ids';

export const roles = ['responder', 'approver'] as const;
export type Role = (typeof roles)[number];

/** A person as Slack and the policy know them at this moment. */
export interface Person {
  id: SlackUserId;
  name: string;
  email?: string;
  /** Guest, bot, deactivated or from another workspace: may look, may not act. */
  outsider?: 'a guest' | 'a bot' | 'a deactivated account' | 'from another workspace';
  roles: readonly Role[];
}

/** Who did it: a person, or Drawbridge itself following a rule. */
export type Actor = { kind: 'person'; id: SlackUserId; name: string } | { kind: 'drawbridge' };

export const actor = (person: Person): Actor => ({
  kind: 'person',
  id: person.id,
  name: person.name,
});
