import type { Driver } from '../driver';
import { dmChannelOf } from '../people';
import { messagesOf, repliesTo, type Message, type World } from '../world';
import * as messages from './messages';
import * as views from './views';

/** Copies, so that a caller's earlier look does not change under its hands. */
const copy = <T>(value: T): T => structuredClone(value);

function inChannel(world: World, channel: string, thread: string | undefined): Message[] {
  const all = messagesOf(world, channel);
  if (thread === undefined) {
    return all.filter((one) => one.thread_ts === undefined || one.subtype === 'thread_broadcast');
  }
  return [...all.filter((one) => one.ts === thread), ...repliesTo(world, channel, thread)];
}

/** The driver for a workspace in this process. */
export const localDriver = (world: World): Driver => ({
  click: (what) => messages.click(world, what),
  clickInView: (what) => views.clickInView(world, what),
  submit: (what) => views.submit(world, what),
  closeView: (what) => views.closeView(world, what),
  command: (what) => messages.command(world, what),
  shortcut: (what) => messages.shortcut(world, what),
  openHome: (user) => views.openHome(world, user),
  say: async (what) => copy(messages.say(world, what)),
  messages: async (channel, options) => copy(inChannel(world, channel, options?.thread)),
  ephemerals: async (user, channel) =>
    copy(
      world.ephemerals
        .filter((one) => one.to === user && one.channel === channel)
        .map((one) => one.message),
    ),
  view: async (user) => copy(world.modals.get(user)?.at(-1)),
  home: async (user) => copy(world.homes.get(user)),
  dms: async (user) => copy(inChannel(world, dmChannelOf(user), undefined)),
});
