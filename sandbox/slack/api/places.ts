import { bot, channel, channels, dmChannelOf, person, type Channel } from '../people';
import { SlackError } from './errors';

/** The channel that a call names: an id, or for posts also a user's id or a `#name`. */
export function findChannel(name: string, orName = false): Channel {
  const found = channel(name) ?? (orName ? byName(name) : undefined);
  if (!found) throw new SlackError('channel_not_found');
  return found;
}

function byName(name: string): Channel | undefined {
  const dm = person(name);
  if (dm && !dm.isBot) return channel(dmChannelOf(name));
  return channels.find((one) => one.name === name.replace(/^#/, ''));
}

/** A channel that the bot may write to. */
export function writable(name: string, orName = false): Channel {
  const found = findChannel(name, orName);
  if (found.isArchived) throw new SlackError('is_archived');
  if (!found.members.includes(bot.userId)) throw new SlackError('not_in_channel');
  return found;
}
