import { mayAct, type Allowed } from '../domain/approval';
import type { Person } from '../domain/person';
import type { Deps } from './ports';

/** Who clicked where, as the signed request says; nothing of it comes from the button. */
export interface Click {
  user: string;
  team: string;
  channel: string;
}

export type Admitted = Allowed & { person: Person };

/** Looks the person and the channel up, and asks whether they may act here at all. An error is never a yes (law 10). */
export const admit = async (
  { people, policy }: Pick<Deps, 'people' | 'policy'>,
  { user, team, channel }: Click,
  fresh: boolean,
): Promise<Admitted> => {
  const [person, shared] = await Promise.all([
    people.person(user, fresh),
    people.isShared(channel),
  ]);
  const allowed = mayAct(policy, person, { team, channel, shared });
  return { ...allowed, person };
};
