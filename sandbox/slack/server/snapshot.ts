import type { Json } from '../json';
import { channel, channels, dmChannelOf, people, userGroups } from '../people';
import { messagesOf, type World } from '../world';

/** All that one person's page shows; small enough to be fetched whole after each change. */
export function snapshot(world: World, user: string, hasFeed: boolean): Json {
  const seen = channels.filter((one) => one.members.includes(user) && !one.isArchived);
  const dm = channel(dmChannelOf(user));
  const rooms = dm ? [...seen, dm] : seen;
  return {
    user,
    people,
    userGroups,
    channels: seen,
    dm: dm?.id,
    hasFeed,
    commands: world.commands,
    messages: Object.fromEntries(rooms.map((one) => [one.id, messagesOf(world, one.id)])),
    ephemerals: world.ephemerals.filter((one) => one.to === user),
    views: world.modals.get(user) ?? [],
    home: world.homes.get(user) ?? null,
  };
}
