import type { Click } from '../../src/app/authority';
import type { People } from '../../src/app/ports';
import { SlackUserId } from '../../src/domain/ids';
import type { Person, Role } from '../../src/domain/person';

export const aPerson = (
  id: string,
  name: string,
  roles: readonly Role[],
  more: Partial<Person> = {},
): Person => ({ id: SlackUserId.parse(id), name, roles, ...more });

/** Rita asks, Ann and Abe approve, Bo does both, Nils may do nothing and Gus is a guest. */
export const rita = aPerson('U0RITA', 'Rita', ['responder']);
export const ann = aPerson('U0ANN', 'Ann', ['approver']);
export const abe = aPerson('U0ABE', 'Abe', ['approver']);
export const bo = aPerson('U0BO', 'Bo', ['responder', 'approver']);
export const nils = aPerson('U0NILS', 'Nils', []);
export const gus = aPerson('U0GUS', 'Gus', ['responder', 'approver'], { outsider: 'a guest' });

/** A click as the signed request tells it. */
export const clickOf = ({ id }: Person, more: Partial<Click> = {}): Click => ({
  user: id,
  team: 'T0TEST',
  channel: 'C0ALERTS',
  ...more,
});

export interface FakePeople extends People {
  /** Channels shared with another organisation. */
  readonly sharedChannels: Set<string>;
  /** Whom to look up fails for, as when Slack is down. */
  readonly unreachable: Set<string>;
}

export const fakePeople = (
  everybody: readonly Person[] = [rita, ann, abe, bo, nils, gus],
): FakePeople => {
  const sharedChannels = new Set<string>();
  const unreachable = new Set<string>();
  return {
    sharedChannels,
    unreachable,
    async person(id) {
      const found = everybody.find((person) => person.id === id);
      if (!found || unreachable.has(id)) throw new Error(`users.info failed for ${id}`);
      return found;
    },
    isShared: async (channel) => sharedChannels.has(channel),
  };
};
