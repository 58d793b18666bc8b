import { newResponseUrl, deliverResponse } from '../api/response-url';
import { SlackError } from '../api/errors';
import { deliver, deliverPayload, jsonAnswer, type Delivered } from '../deliver';
import type { Answer, Click, Command, Say, Shortcut } from '../driver';
import { sendEvent } from '../events';
import { isJson, objects, type Json } from '../json';
import { bot } from '../people';
import { initialValues, placedElements, type Placed } from '../view-state';
import { changed, findEphemeral, findMessage, messagesOf, nextTs, present } from '../world';
import type { Message, World } from '../world';
import { chosen, withChoices } from './choose';
import { commandForm, envelope, messageAction, needSeen } from './payloads';

export const asAnswer = ({ status, body, ms, shown }: Delivered): Answer => ({
  status,
  body,
  ms,
  shown,
});

/** The element that is acted on, in the shape of `actions[]`. */
export function actionOf(
  placed: readonly Placed[],
  what: Pick<Click, 'actionId' | 'blockId' | 'value'>,
): Json {
  const same = placed.filter(
    ({ element, blockId }) =>
      element['action_id'] === what.actionId && (what.blockId ?? blockId) === blockId,
  );
  const exact = same.find(({ element }) => element['value'] === what.value);
  const { element, blockId } = exact ?? same[0] ?? {};
  if (!element) throw new Error(`nothing to act on called "${what.actionId}"`);
  const { type, action_id, value, text, style } = element;
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button') {
    const given = Object.entries({ value, style }).filter(([, one]) => one !== undefined);
    return { action_id, block_id: blockId, text, ...Object.fromEntries(given), type };
  }
  return { type, action_id, block_id: blockId, ...chosen(element, what.value ?? '') };
}

/** All blocks that can be acted on, those in attachments too. */
export const blocksOf = (message: Message): Json[] => [
  ...(message.blocks ?? []),
  ...objects(message.attachments).flatMap((one) => objects(one['blocks'])),
];

/** A press of a button, or a choice in a menu, in a message that the person can see. */
export async function click(world: World, what: Click): Promise<Answer> {
  const channel = needSeen(what.user, what.channel);
  const ephemeral = findEphemeral(world, what.user, what.ts);
  const message = findMessage(world, what.channel, what.ts) ?? ephemeral?.message;
  if (!message) throw new Error(`no message ${what.ts} in ${what.channel}`);
  const blocks = blocksOf(message);
  const placed = placedElements(blocks);
  const action = actionOf(placed, what);
  const values = withChoices(blocks, initialValues(blocks), what.values ?? {});
  keepChoice(values, action);
  const at = { user: what.user, channel, message, ephemeral: ephemeral !== undefined };
  return asAnswer(await deliverPayload(world, messageAction(world, at, action, values)));
}

/** A menu's choice is part of the state that is sent along with it. */
export function keepChoice(values: Json, action: Json): void {
  const { block_id: blockId, action_id: actionId, type, text: _text, ...rest } = action;
  const of = values[String(blockId)];
  if (isJson(of) && of[String(actionId)] !== undefined) of[String(actionId)] = { type, ...rest };
}

/** The bot's answer body is shown like a response_url post: to the person only, unless it says in_channel. */
export async function command(world: World, what: Command): Promise<Answer> {
  const channel = needSeen(what.user, what.channel);
  const name = what.text.trim().split(/\s+/)[0] ?? '';
  if (world.commands.length > 0 && !world.commands.some((one) => one.command === name)) {
    return { status: 0, body: '', ms: 0, shown: 'invalid_command' };
  }
  const form = commandForm(world, what.user, channel, what.text);
  const delivered = await deliver(world, 'form', form);
  if (delivered.shown !== 'ok' || delivered.body.trim() === '') return asAnswer(delivered);
  try {
    const answer = jsonAnswer(delivered) ?? { text: delivered.body };
    deliverResponse(world, { channel: channel.id, user: what.user }, answer);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ...asAnswer(delivered), shown: error.code };
  }
  return asAnswer(delivered);
}

/** From the message's menu, or without a message from the composer's. */
export async function shortcut(world: World, what: Shortcut): Promise<Answer> {
  const shared = { callback_id: what.callbackId, action_ts: nextTs(world) };
  if (what.channel === undefined || what.ts === undefined) {
    const payload = { ...envelope(world, what.user, 'shortcut'), ...shared };
    return asAnswer(await deliverPayload(world, payload));
  }
  const channel = needSeen(what.user, what.channel);
  const message = findMessage(world, channel.id, what.ts);
  if (!message) throw new Error(`no message ${what.ts} in ${channel.id}`);
  const original = { ts: message.ts, ephemeral: false };
  const payload = {
    ...envelope(world, what.user, 'message_action'),
    ...shared,
    channel: { id: channel.id, name: channel.name },
    message_ts: message.ts,
    message: present(world, channel.id, message),
    response_url: newResponseUrl(world, { channel: channel.id, user: what.user, original }),
  };
  return asAnswer(await deliverPayload(world, payload));
}

/** A person writes; the bot hears of it only if it is mentioned or addressed, and subscribed to that. */
export function say(world: World, what: Say): Message {
  const channel = needSeen(what.user, what.channel);
  const { user, text, thread } = what;
  const threaded = thread === undefined ? {} : { thread_ts: thread };
  const message: Message = { type: 'message', ts: nextTs(world), user, text, ...threaded };
  messagesOf(world, channel.id).push(message);
  changed(world);
  const event = { ...message, channel: channel.id, event_ts: message.ts };
  const isMention = text.includes(`<@${bot.userId}>`);
  if (channel.dmWith !== undefined && world.events.includes('message.im')) {
    void sendEvent(world, { ...event, channel_type: 'im' });
  } else if (isMention && world.events.includes('app_mention')) {
    void sendEvent(world, { ...event, type: 'app_mention' });
  }
  return message;
}
