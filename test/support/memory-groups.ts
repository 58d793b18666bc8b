import type { Groups } from '../../src/app/groups';
import type { Group, Member } from '../../src/domain/group';

/** `Groups` in memory; tests may look. */
export const memoryGroups = () => {
  const counts = new Map<string, number>();
  const held = new Map<string, { group: Group; members: Map<string, Member> }>();
  const waiting = new Map<string, { group: Group; at: string; joined: number }>();
  const groups: Groups = {
    async count(name) {
      const next = (counts.get(name) ?? 0) + 1;
      counts.set(name, next);
      return next;
    },
    async join(group, member, showAt) {
      const known = held.get(group.id) ?? { group, members: new Map<string, Member>() };
      held.set(group.id, known);
      if (!known.members.has(member.key)) known.members.set(member.key, member);
      const { at, joined } = waiting.get(group.id) ?? { at: showAt, joined: 0 };
      waiting.set(group.id, { group, at, joined: joined + 1 });
    },
    async read(id) {
      const found = held.get(id);
      return found && { group: found.group, members: [...found.members.values()] };
    },
    async due(now) {
      return [...waiting.values()]
        .filter(({ at }) => at <= now)
        .map(({ group, at, joined }) => ({ group, mark: `${at}/${joined}` }));
    },
    async settle(id, mark) {
      const found = waiting.get(id);
      if (found && `${found.at}/${found.joined}` === mark) waiting.delete(id);
    },
  };
  return { ...groups, counts, held, waiting };
};
