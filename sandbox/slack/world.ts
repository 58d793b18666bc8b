import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { Json } from './json';
import { bot } from './people';

export interface Message extends Json {
  type: 'message';
  ts: string;
  user: string;
  text: string;
  bot_id?: string;
  app_id?: string;
  blocks?: Json[] | undefined;
  attachments?: Json[] | undefined;
  files?: Json[] | undefined;
  metadata?: Json | undefined;
  thread_ts?: string;
  /** A reply that is shown in the channel too. */
  subtype?: 'thread_broadcast' | 'tombstone';
  edited?: { user: string; ts: string };
}

/** Slack stores no ephemeral message; they are kept here only to show them and for their response_url. */
export interface Ephemeral {
  channel: string;
  to: string;
  message: Message;
}

/** A view as payloads carry it; `hash` is new with each update, `id` stays. */
export interface View extends Json {
  id: string;
  type: 'modal' | 'home';
  blocks: Json[];
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  state: { values: Json };
}

/** Times are milliseconds since the epoch, by the workspace's clock. */
export interface Trigger {
  user: string;
  at: number;
  used: boolean;
}

export interface ResponseUrl {
  channel: string;
  user: string;
  at: number;
  posts: number;
  /** The message that was acted on, absent for a command. */
  original?: { ts: string; ephemeral: boolean };
  thread?: string;
}

export interface UploadedFile {
  id: string;
  name: string;
  title: string;
  size: number;
  /** What a picture shows, in words. */
  alt?: string;
  bytes?: Buffer;
  done: boolean;
}

export interface ApiCall {
  method: string;
  args: Json;
  answer: Json;
  status: number;
  /** Milliseconds since the epoch, by the workspace's clock. */
  at: number;
}

/** A slash command that the app has registered, and what the composer says of it. */
export interface CommandHint {
  command: string;
  hint: string;
  description: string;
}

/** The whole state of a workspace. Functions take it as their first argument; nothing else holds state. */
export interface World {
  clock: Clock;
  appId: string;
  teamId: string;
  botToken: string;
  signingSecret: string;
  requestUrl: string | undefined;
  /** Where the workspace itself answers; known once it listens. */
  url: string;
  /** Posts to a channel above one a second that are let through; 0 unless asked. */
  postBurst: number;
  /** Empty: any command goes to the bot. */
  commands: readonly CommandHint[];
  events: readonly string[];
  messages: Map<string, Message[]>;
  ephemerals: Ephemeral[];
  /** By user: each person has one stack of modals, and one Home. */
  modals: Map<string, View[]>;
  homes: Map<string, View>;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  files: Map<string, UploadedFile>;
  /** When each method, and each channel's posts, were last called: for the rates. */
  calls: Map<string, number[]>;
  log: ApiCall[];
  /** Told after each change; the page's event stream listens. */
  listeners: Set<() => void>;
  /** Microseconds; the next ts is higher even when the clock stands still. */
  lastTs: number;
  closed: boolean;
}

export function changed(world: World): void {
  for (const listener of world.listeners) listener();
}

/** Slack's ids of messages: seconds and six digits, always increasing. */
export function nextTs(world: World): string {
  const micros = Math.max(world.clock.now() * 1_000, world.lastTs + 1);
  world.lastTs = micros;
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
}

export const newId = (prefix: string): string =>
  prefix + randomBytes(6).toString('hex').toUpperCase().slice(0, 10);

export const messagesOf = (world: World, channel: string): Message[] => {
  const known = world.messages.get(channel);
  if (known) return known;
  const fresh: Message[] = [];
  world.messages.set(channel, fresh);
  return fresh;
};

export const findMessage = (world: World, channel: string, ts: string): Message | undefined =>
  world.messages.get(channel)?.find((one) => one.ts === ts);

export const findEphemeral = (world: World, user: string, ts: string): Ephemeral | undefined =>
  world.ephemerals.find((one) => one.to === user && one.message.ts === ts);

export const isOwn = (message: Message): boolean => message.bot_id === bot.botId;

export function repliesTo(world: World, channel: string, ts: string): Message[] {
  return messagesOf(world, channel).filter((one) => one.thread_ts === ts && one.ts !== ts);
}

/** A message as the Web API and payloads show it: the parent of a thread carries its counts. */
export function present(world: World, channel: string, message: Message): Json {
  const replies = repliesTo(world, channel, message.ts);
  const known = Object.fromEntries(Object.entries(message).filter(([, v]) => v !== undefined));
  if (replies.length === 0) return known;
  return {
    ...known,
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((one) => one.user))],
    latest_reply: replies.at(-1)?.ts,
  };
}
