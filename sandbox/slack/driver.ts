import type { Delivered } from './deliver';
import type { Json } from './json';
import type { Message, View } from './world';

/** `status`, `body` and `ms` of the bot's answer; `shown` is 'ok' or the error that Slack's client would show. */
export interface Answer extends Omit<Delivered, 'headers'> {
  /** Errors under input blocks, by block id: from the bot, or from Slack's own checks before it sends. */
  errors?: Record<string, string>;
}

/** What a person chose or typed: an option's value, an id, a date, text; a list where several can be chosen. */
export type Choice = string | number | readonly string[];

/** Choices by `blockId.actionId`; `actionId` alone will do where it is unique. */
export type Choices = Readonly<Record<string, Choice>>;

export interface Click {
  user: string;
  channel: string;
  ts: string;
  actionId: string;
  /** Which block, if several share the action_id; buttons are also told apart by `value`. */
  blockId?: string;
  /** What is chosen in a menu. */
  value?: Choice;
  values?: Choices;
}
export interface ClickInView {
  user: string;
  /** Omitted: the view on top of the user's stack. A Home view's id works too. */
  viewId?: string;
  actionId: string;
  blockId?: string;
  value?: Choice;
  values?: Choices;
}
export interface Submit {
  user: string;
  viewId?: string;
  values?: Choices;
}
export interface CloseView {
  user: string;
  viewId?: string;
  /** Closes the whole stack, as the X in the corner does. */
  all?: boolean;
}
export interface Command {
  user: string;
  channel: string;
  text: string;
}
export interface Shortcut {
  user: string;
  callbackId: string;
  /** With a message: a message shortcut. Without: a global one. */
  channel?: string;
  ts?: string;
}
export interface Say {
  user: string;
  channel: string;
  text: string;
  thread?: string;
}

/** What a person can do and see. Misuse that no client allows (a button that is not there) is an exception. */
export interface Driver {
  click(what: Click): Promise<Answer>;
  clickInView(what: ClickInView): Promise<Answer>;
  submit(what: Submit): Promise<Answer>;
  closeView(what: CloseView): Promise<void>;
  command(what: Command): Promise<Answer>;
  shortcut(what: Shortcut): Promise<Answer>;
  openHome(user: string): Promise<Answer>;
  say(what: Say): Promise<Message>;
  /** Messages of the channel itself, oldest first; with `thread`, the parent and its replies. */
  messages(channel: string, options?: { thread?: string }): Promise<Message[]>;
  ephemerals(user: string, channel: string): Promise<Message[]>;
  view(user: string): Promise<View | undefined>;
  home(user: string): Promise<View | undefined>;
  dms(user: string): Promise<Message[]>;
}

export const driverMethods: readonly (keyof Driver)[] = [
  'click',
  'clickInView',
  'submit',
  'closeView',
  'command',
  'shortcut',
  'openHome',
  'say',
  'messages',
  'ephemerals',
  'view',
  'home',
  'dms',
];

/** The same driver for a workspace in another process. */
export function connectDriver(url: string): Driver {
  const ask =
    (method: string) =>
    async (...args: unknown[]): Promise<never> => {
      const answer = await fetch(new URL(`/sandbox/driver/${method}`, url), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(args),
      });
      const told = (await answer.json()) as { result?: never; error?: string } & Json;
      if (told.error !== undefined) throw new Error(told.error);
      return told.result as never;
    };
  return {
    click: ask('click'),
    clickInView: ask('clickInView'),
    submit: ask('submit'),
    closeView: ask('closeView'),
    command: ask('command'),
    shortcut: ask('shortcut'),
    openHome: ask('openHome'),
    say: ask('say'),
    messages: ask('messages'),
    ephemerals: ask('ephemerals'),
    view: ask('view'),
    home: ask('home'),
    dms: ask('dms'),
  };
}
