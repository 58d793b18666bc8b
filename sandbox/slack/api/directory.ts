import type { Json } from '../json';
import {
  bot,
  channel,
  dmChannelOf,
  people,
  person,
  team,
  userGroups,
  zoneOffsetMinutes,
  type Channel,
  type Person,
} from '../people';
import type { World } from '../world';
import type { Args } from './args';
import { SlackError } from './errors';
import { findChannel } from './places';

const email = (one: Person): string => `${one.name}@example.com`;

/** As with the users:read.email scope; flags that Slack leaves out for ordinary members are left out. */
function userObject(world: World, one: Person): Json {
  return {
    id: one.id,
    team_id: one.team,
    name: one.name,
    real_name: one.realName,
    deleted: false,
    tz: one.tz,
    tz_label: one.tz,
    tz_offset: zoneOffsetMinutes(one.tz, world.clock.now()) * 60,
    locale: 'en-US',
    profile: {
      real_name: one.realName,
      display_name: one.name,
      ...(one.isBot ? { bot_id: bot.botId, api_app_id: world.appId } : { email: email(one) }),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: one.isRestricted ?? false,
    is_ultra_restricted: false,
    is_bot: one.isBot ?? false,
    is_app_user: false,
    is_email_confirmed: true,
    // Slack gives this key for people of other workspaces only.
    ...(one.isStranger ? { is_stranger: true } : {}),
    updated: 1_767_600_000,
  };
}

export function usersInfo(world: World, args: Args): Json {
  const found = person(args.need('user'));
  if (!found) throw new SlackError('user_not_found');
  return { user: userObject(world, found) };
}

/** People of other workspaces cannot be looked up, even in a shared channel. */
export function lookupByEmail(world: World, args: Args): Json {
  const wanted = args.need('email').toLowerCase();
  const found = people.find((one) => !one.isBot && !one.isStranger && email(one) === wanted);
  if (!found) throw new SlackError('users_not_found');
  return { user: userObject(world, found) };
}

export function userGroupsList(_world: World, args: Args): Json {
  const withUsers = args.flag('include_users');
  const usergroups = userGroups.map((group) => ({
    id: group.id,
    team_id: team.id,
    is_usergroup: true,
    handle: group.handle,
    name: group.name,
    description: '',
    is_external: false,
    date_delete: 0,
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  }));
  return { usergroups };
}

export function userGroupMembers(_world: World, args: Args): Json {
  const wanted = args.need('usergroup');
  const group = userGroups.find((one) => one.id === wanted);
  if (!group) throw new SlackError('no_such_subteam');
  return { users: group.users };
}

/** Direct messages have a shape of their own: no name, no members, the other person as `user`. */
function channelObject(one: Channel): Json {
  if (one.dmWith !== undefined) {
    return { id: one.id, is_im: true, user: one.dmWith, is_archived: false, is_open: true };
  }
  return {
    id: one.id,
    name: one.name,
    name_normalized: one.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: false,
    is_archived: one.isArchived ?? false,
    is_shared: one.isShared ?? false,
    is_ext_shared: one.isShared ?? false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: one.members.includes(bot.userId),
    context_team_id: team.id,
    num_members: one.members.length,
    topic: { value: one.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

export const conversationsInfo = (_world: World, args: Args): Json => ({
  channel: channelObject(findChannel(args.need('channel'))),
});

/** With one person only; group conversations are not part of the sandbox. */
export function conversationsOpen(_world: World, args: Args): Json {
  const given = args.text('channel');
  if (given !== undefined) return { channel: { id: findChannel(given).id } };
  const users = args.need('users').split(',');
  const [user] = users;
  if (users.length > 1) throw new SlackError('not_enough_users');
  if (user === undefined || !person(user)) throw new SlackError('user_not_found');
  if (user === bot.userId) throw new SlackError('cannot_dm_bot');
  const dm = channel(dmChannelOf(user));
  return { channel: args.flag('return_im') && dm ? channelObject(dm) : { id: dmChannelOf(user) } };
}

export const conversationsMembers = (_world: World, args: Args): Json => ({
  members: findChannel(args.need('channel')).members,
  response_metadata: { next_cursor: '' },
});
