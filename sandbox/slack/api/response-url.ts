import type { Json } from '../json';
import { times } from '../limits';
import { channel as channelOf } from '../people';
import { changed, findEphemeral, findMessage, newId, type ResponseUrl, type World } from '../world';
import { readArgs } from './args';
import { botMessage, edit, erase, post } from './chat';
import { needSomething, readContent } from './content';
import { SlackError } from './errors';

export type Reach = Omit<ResponseUrl, 'at' | 'posts'>;

export function newResponseUrl(world: World, reach: Reach): string {
  const id = newId('') + newId('');
  world.responseUrls.set(id, { ...reach, at: world.clock.now(), posts: 0 });
  return `${world.url}/response/${id}`;
}

/** A post to a response_url: five within thirty minutes, then it is dead. */
export function respond(world: World, id: string, raw: Json): { status: number; body: string } {
  const answered = tryRespond(world, id, raw);
  const ok = answered.status === 200;
  const answer = ok ? { ok } : { ok, error: answered.body };
  const { status } = answered;
  world.log.push({ method: 'response_url', args: raw, answer, status, at: world.clock.now() });
  return ok ? answered : { status, body: JSON.stringify(answer) };
}

function tryRespond(world: World, id: string, raw: Json): { status: number; body: string } {
  const to = world.responseUrls.get(id);
  if (!to) return { status: 404, body: 'no_such_url' };
  if (world.clock.now() - to.at > times.responseUrlMs) return { status: 404, body: 'expired_url' };
  if (to.posts >= times.responseUrlPosts) return { status: 404, body: 'used_url' };
  try {
    deliverResponse(world, to, raw);
    to.posts += 1;
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (error instanceof SlackError) return { status: 400, body: error.code };
    throw error;
  }
}

/** Also how the body of a command's answer is shown. */
export function deliverResponse(world: World, to: Reach, raw: Json): void {
  const args = readArgs(raw);
  const original = to.original;
  if (args.flag('delete_original') && original) return deleteOriginal(world, to, original);
  const inChannel = args.text('response_type') === 'in_channel';
  const replaces = args.flag('replace_original') && original;
  const hidden = replaces ? original.ephemeral : !inChannel;
  const content = readContent(args, hidden ? 'chat.postEphemeral' : 'chat.postMessage');
  needSomething(content);
  if (replaces) {
    edit(world, originalOf(world, to, original), content);
    return changed(world);
  }
  const message = botMessage(world, content);
  const thread = args.text('thread_ts') ?? to.thread;
  if (inChannel) {
    if (channelOf(to.channel)?.isArchived) throw new SlackError('is_archived');
    return post(world, to.channel, message, thread);
  }
  if (thread !== undefined) message.thread_ts = thread;
  world.ephemerals.push({ channel: to.channel, to: to.user, message });
  changed(world);
}

type Original = NonNullable<Reach['original']>;

function originalOf(world: World, to: Reach, original: Original) {
  const message = original.ephemeral
    ? findEphemeral(world, to.user, original.ts)?.message
    : findMessage(world, to.channel, original.ts);
  if (!message) throw new SlackError('message_not_found');
  return message;
}

function deleteOriginal(world: World, to: Reach, original: Original): void {
  const message = originalOf(world, to, original);
  if (!original.ephemeral) return erase(world, to.channel, message);
  world.ephemerals = world.ephemerals.filter((one) => one.message !== message);
  changed(world);
}
