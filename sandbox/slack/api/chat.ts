import { isJson, type Json } from '../json';
import { bot } from '../people';
import {
  changed,
  findMessage,
  isOwn,
  messagesOf,
  nextTs,
  present,
  repliesTo,
  type Message,
  type World,
} from '../world';
import type { Args } from './args';
import { fallbackText, needSomething, readContent, type Content } from './content';
import { SlackError } from './errors';
import { findChannel, writable } from './places';
import { countPost } from './rates';

/** A message of the bot that is nowhere yet. */
export function botMessage(world: World, content: Content): Message {
  const { text, blocks, attachments } = content;
  return {
    type: 'message',
    ts: nextTs(world),
    user: bot.userId,
    bot_id: bot.botId,
    app_id: world.appId,
    text: text ?? fallbackText(blocks ?? []),
    blocks,
    attachments,
  };
}

/** Puts a message of the bot into a channel, or a thread of it. */
export function post(world: World, channel: string, message: Message, thread?: string): void {
  if (thread !== undefined) {
    needParent(world, channel, thread);
    message.thread_ts = thread;
  }
  messagesOf(world, channel).push(message);
  changed(world);
}

/** Slack takes a reply's ts here and makes a thread that nobody finds; this workspace refuses it. */
function needParent(world: World, channel: string, thread: string): void {
  const parent = findMessage(world, channel, thread);
  const isReply = parent?.thread_ts !== undefined && parent.thread_ts !== parent.ts;
  if (!parent || isReply) throw new SlackError('thread_not_found');
}

/** `{}` is allowed: it takes the metadata of a message away. */
function readMetadata(args: Args): Json | undefined {
  const given = args.json('metadata');
  if (given === undefined) return undefined;
  if (isJson(given) && Object.keys(given).length === 0) return given;
  const fine =
    isJson(given) && typeof given['event_type'] === 'string' && isJson(given['event_payload']);
  if (!fine) throw new SlackError('invalid_metadata_format');
  return given;
}

/** Order as in Slack: who may, what is in it, then the rate; refused calls do not use it up. */
export function postMessage(world: World, args: Args): Json {
  const channel = writable(args.need('channel'), true);
  const content = readContent(args, 'chat.postMessage');
  needSomething(content);
  const thread = args.text('thread_ts');
  if (thread !== undefined) needParent(world, channel.id, thread);
  countPost(world, channel.id);
  const message = botMessage(world, content);
  const metadata = readMetadata(args);
  if (metadata) message.metadata = metadata;
  if (thread !== undefined && args.flag('reply_broadcast')) message.subtype = 'thread_broadcast';
  post(world, channel.id, message, thread);
  const shown = present(world, channel.id, message);
  return { channel: channel.id, ts: message.ts, message: shown };
}

/** Ephemeral messages are not found here: they can only be changed by their response_url. */
export function update(world: World, args: Args): Json {
  const channel = writable(args.need('channel'));
  const message = ownMessage(world, channel.id, args.need('ts'), 'cant_update_message');
  const content = readContent(args, 'chat.update');
  const metadata = readMetadata(args);
  if (Object.values(content).every((one) => one === undefined) && metadata === undefined) {
    throw new SlackError('no_text');
  }
  edit(world, message, content);
  if (metadata) message.metadata = Object.keys(metadata).length ? metadata : undefined;
  changed(world);
  const shown = present(world, channel.id, message);
  return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
}

/** Text without blocks takes the old blocks away; neither keeps both. */
export function edit(world: World, message: Message, content: Content): void {
  const { text, blocks, attachments } = content;
  if (text !== undefined) message.text = text;
  else if (blocks) message.text = fallbackText(blocks);
  if (blocks !== undefined || text !== undefined)
    message.blocks = blocks?.length ? blocks : undefined;
  if (attachments !== undefined) message.attachments = attachments;
  else if (text !== undefined || blocks !== undefined) message.attachments = undefined;
  // Slack shows "(edited)" for text only.
  if (!blocks && text !== undefined) message.edited = { user: bot.userId, ts: nextTs(world) };
}

function ownMessage(world: World, channel: string, ts: string, otherwise: string): Message {
  const message = findMessage(world, channel, ts);
  if (!message) throw new SlackError('message_not_found');
  if (!isOwn(message)) throw new SlackError(otherwise);
  return message;
}

export function remove(world: World, args: Args): Json {
  const channel = writable(args.need('channel'));
  const message = ownMessage(world, channel.id, args.need('ts'), 'cant_delete_message');
  erase(world, channel.id, message);
  return { channel: channel.id, ts: message.ts };
}

/** The parent of a thread leaves a tombstone, so that its replies stay reachable. */
export function erase(world: World, channel: string, message: Message): void {
  if (repliesTo(world, channel, message.ts).length > 0) {
    edit(world, message, { text: 'This message was deleted.', blocks: [], attachments: [] });
    message.subtype = 'tombstone';
  } else {
    const rest = messagesOf(world, channel).filter((one) => one !== message);
    world.messages.set(channel, rest);
  }
  changed(world);
}

/** Slack checks that the person is in the channel, but not that they are there to see it. */
export function postEphemeral(world: World, args: Args): Json {
  const channel = writable(args.need('channel'));
  const to = args.need('user');
  if (!channel.members.includes(to)) throw new SlackError('user_not_in_channel');
  const content = readContent(args, 'chat.postEphemeral');
  needSomething(content);
  const message = botMessage(world, content);
  const thread = args.text('thread_ts');
  if (thread !== undefined) message.thread_ts = thread;
  world.ephemerals.push({ channel: channel.id, to, message });
  changed(world);
  return { message_ts: message.ts };
}

/** The page opens these links. */
export function getPermalink(world: World, args: Args): Json {
  const channel = findChannel(args.need('channel'));
  const ts = args.need('message_ts');
  const message = findMessage(world, channel.id, ts);
  if (!message) throw new SlackError('message_not_found');
  const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}`;
  const permalink = `${world.url}/archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink };
}
