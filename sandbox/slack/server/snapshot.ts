import { channel, channels, dmChannelOf, people, userGroups } from '../people';
import type { Channel, Person, UserGroup } from '../people';
import { messagesOf, type CommandHint, type Ephemeral, type Message } from '../world';
import type { View, World } from '../world';

/** All that one person's page shows; small enough to be fetched whole after each change. */
export interface Snapshot {
  user: string;
  people: readonly Person[];
  userGroups: readonly UserGroup[];
  channels: readonly Channel[];
  /** The person's conversation with the bot. */
  dm: string;
  hasFeed: boolean;
  commands: readonly CommandHint[];
  messages: Record<string, Message[]>;
  ephemerals: Ephemeral[];
  /** The stack of modals; the last one is on top. */
  views: View[];
  home: View | null;
}

export function snapshot(world: World, user: string, hasFeed: boolean): Snapshot {
  const seen = channels.filter((one) => one.members.includes(user) && !one.isArchived);
  const dm = dmChannelOf(user);
  const rooms = channel(dm) ? [...seen.map((one) => one.id), dm] : seen.map((one) => one.id);
  return {
    user,
    people,
    userGroups,
    channels: seen,
    dm,
    hasFeed,
    commands: world.commands,
    messages: Object.fromEntries(rooms.map((id) => [id, messagesOf(world, id)])),
    ephemerals: world.ephemerals.filter((one) => one.to === user),
    views: world.modals.get(user) ?? [],
    home: world.homes.get(user) ?? null,
  };
}
