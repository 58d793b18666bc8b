import { newTrigger } from '../api/triggers';
import { newResponseUrl } from '../api/response-url';
import type { Json } from '../json';
import { channel as channelOf, person, team, type Channel } from '../people';
import { nextTs, present, type Message, type View, type World } from '../world';

/**
 * What all interaction payloads have in common. `user.team_id` is the person's own workspace, `team` the one where it
 * happened: in a shared channel they differ.
 */
export function envelope(world: World, userId: string, type: string): Json {
  const user = needPerson(userId);
  return {
    type,
    team: { id: world.teamId, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    api_app_id: world.appId,
    token: 'deprecated',
    trigger_id: newTrigger(world, user.id),
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function needPerson(id: string) {
  const found = person(id);
  if (!found) throw new Error(`no such person: ${id}`);
  return found;
}

/** A channel that the person can see. */
export function needSeen(userId: string, channelId: string): Channel {
  const found = channelOf(channelId);
  if (!found) throw new Error(`no such channel: ${channelId}`);
  if (!found.members.includes(needPerson(userId).id)) {
    throw new Error(`${userId} is not in ${channelId}`);
  }
  return found;
}

export function messageAction(
  world: World,
  at: { user: string; channel: Channel; message: Message; ephemeral: boolean },
  action: Json,
  values: Json,
): Json {
  const { user, channel, message, ephemeral } = at;
  const thread = message.thread_ts;
  return {
    ...envelope(world, user, 'block_actions'),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    },
    channel: { id: channel.id, name: channel.name },
    // Slack does not keep ephemeral messages, so it cannot send them back.
    ...(ephemeral ? {} : { message: present(world, channel.id, message) }),
    state: { values },
    response_url: newResponseUrl(world, {
      channel: channel.id,
      user,
      original: { ts: message.ts, ephemeral },
      ...(thread === undefined ? {} : { thread }),
    }),
    actions: [{ ...action, action_ts: nextTs(world) }],
  };
}

export function viewAction(world: World, user: string, view: View, action: Json): Json {
  return {
    ...envelope(world, user, 'block_actions'),
    container: { type: 'view', view_id: view.id },
    view,
    actions: [{ ...action, action_ts: nextTs(world) }],
  };
}

/** The form that a slash command arrives as. */
export function commandForm(world: World, user: string, channel: Channel, text: string): string {
  const who = needPerson(user);
  const [command = '', ...rest] = text.trim().split(/\s+/);
  return new URLSearchParams({
    token: 'deprecated',
    team_id: world.teamId,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: who.id,
    user_name: who.name,
    command,
    text: text.trim().slice(command.length).trim() || rest.join(' '),
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, { channel: channel.id, user }),
    trigger_id: newTrigger(world, user),
  }).toString();
}
