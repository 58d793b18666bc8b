import { SlackError } from '../api/errors';
import { checkedModal, pushView, replaceView, stackOf } from '../api/views';
import { newResponseUrl } from '../api/response-url';
import { deliverPayload, jsonAnswer } from '../deliver';
import type { Answer, ClickInView, CloseView, Submit } from '../driver';
import { sendEvent } from '../events';
import { isJson, objects, type Json } from '../json';
import { channel as channelOf, dmChannelOf } from '../people';
import { placedElements } from '../view-state';
import { changed, nextTs, type View, type World } from '../world';
import { clientErrors, withChoices } from './choose';
import { actionOf, asAnswer, keepChoice } from './messages';
import { envelope, viewAction } from './payloads';

/** The modal on top, or the view of that id if the person has it open. */
function needView(world: World, user: string, viewId: string | undefined): View {
  const stack = stackOf(world, user);
  const home = world.homes.get(user);
  const view =
    viewId === undefined ? stack.at(-1) : [...stack, home].find((one) => one?.id === viewId);
  if (!view) throw new Error(`${user} has no such view open`);
  return view;
}

/** Typed values travel along in `view.state`, as they do from Slack's client. */
export async function clickInView(world: World, what: ClickInView): Promise<Answer> {
  const view = needView(world, what.user, what.viewId);
  view.state.values = withChoices(view.blocks, view.state.values, what.values ?? {});
  const action = actionOf(placedElements(view.blocks), what);
  keepChoice(view.state.values, action);
  return asAnswer(await deliverPayload(world, viewAction(world, what.user, view, action)));
}

/** The view stays open unless the bot answers in time, with 200 and an answer that Slack understands. */
export async function submit(world: World, what: Submit): Promise<Answer> {
  const view = needView(world, what.user, what.viewId);
  view.state.values = withChoices(view.blocks, view.state.values, what.values ?? {});
  const errors = clientErrors(view.blocks, view.state.values);
  if (Object.keys(errors).length > 0) {
    return { status: 0, body: '', ms: 0, shown: 'invalid_input', errors };
  }
  const payload = {
    ...envelope(world, what.user, 'view_submission'),
    view,
    response_urls: responseUrls(world, what.user, view),
  };
  const delivered = await deliverPayload(world, payload);
  if (delivered.shown !== 'ok') return asAnswer(delivered);
  try {
    const told = delivered.body.trim() === '' ? {} : jsonAnswer(delivered);
    if (!told) throw new SlackError('invalid_response');
    const shown = applyResponse(world, what.user, view, told);
    return { ...asAnswer(delivered), ...shown };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ...asAnswer(delivered), shown: error.code };
  }
}

/** Does what the bot's answer to a submission says; without one, the view closes. */
function applyResponse(
  world: World,
  user: string,
  view: View,
  told: Json,
): Pick<Answer, 'shown' | 'errors'> {
  const next = told['view'];
  switch (told['response_action']) {
    case undefined:
      dropView(world, user, view.id);
      break;
    case 'clear':
      world.modals.set(user, []);
      break;
    case 'update':
      if (!isJson(next)) throw new SlackError('invalid_arguments');
      replaceView(world, openView(world, user, view.id), checkedModal(next));
      break;
    case 'push':
      if (!isJson(next)) throw new SlackError('invalid_arguments');
      pushView(world, user, checkedModal(next));
      break;
    case 'errors':
      return { shown: 'errors', errors: inputErrors(view, told['errors']) };
    default:
      throw new SlackError('invalid_response_action');
  }
  changed(world);
  return { shown: 'ok' };
}

/** Meanwhile the bot may have updated the view: the same id, another object. */
function openView(world: World, user: string, id: string): View {
  const view = stackOf(world, user).find((one) => one.id === id);
  if (!view) throw new SlackError('not_found');
  return view;
}

/** Slack shows errors under input blocks only, and refuses an answer that names any other. */
function inputErrors(view: View, told: unknown): Record<string, string> {
  if (!isJson(told) || Object.keys(told).length === 0) throw new SlackError('invalid_errors');
  const inputs = new Set(
    objects(view.blocks)
      .filter((block) => block['type'] === 'input')
      .map((block) => block['block_id']),
  );
  for (const blockId of Object.keys(told)) {
    if (!inputs.has(blockId)) throw new SlackError('invalid_errors');
  }
  return Object.fromEntries(Object.entries(told).map(([block, text]) => [block, String(text)]));
}

/** Menus with response_url_enabled give the app a way to post where the person chose. */
function responseUrls(world: World, user: string, view: View): Json[] {
  return placedElements(view.blocks).flatMap(({ blockId, element }) => {
    if (element['response_url_enabled'] !== true) return [];
    const of = view.state.values[blockId];
    const entry = isJson(of) ? of[String(element['action_id'])] : undefined;
    const id = isJson(entry) ? (entry['selected_conversation'] ?? entry['selected_channel']) : null;
    if (typeof id !== 'string' || !channelOf(id)) return [];
    const url = newResponseUrl(world, { channel: id, user });
    const action = { block_id: blockId, action_id: element['action_id'] };
    return [{ ...action, channel_id: id, response_url: url }];
  });
}

function dropView(world: World, user: string, id: string): void {
  world.modals.set(
    user,
    stackOf(world, user).filter((one) => one.id !== id),
  );
}

/** Closing one shows the one below; the app hears of it only where it asked (notify_on_close). */
export async function closeView(world: World, what: CloseView): Promise<void> {
  const view = needView(world, what.user, what.viewId);
  const cleared = what.all === true || view['clear_on_close'] === true;
  // From the top down, as Slack reports them.
  const closing = cleared ? [...stackOf(world, what.user)].reverse() : [view];
  for (const one of closing) dropView(world, what.user, one.id);
  changed(world);
  for (const one of closing) {
    if (one['notify_on_close'] !== true) continue;
    const { trigger_id: _, ...shared } = envelope(world, what.user, 'view_closed');
    await deliverPayload(world, { ...shared, view: one, is_cleared: cleared });
  }
}

/** Slack sends this each time the tab is opened, with the view that is shown meanwhile. */
export async function openHome(world: World, user: string): Promise<Answer> {
  if (!world.events.includes('app_home_opened')) return { status: 0, body: '', ms: 0, shown: 'ok' };
  const view = world.homes.get(user);
  const delivered = await sendEvent(world, {
    type: 'app_home_opened',
    user,
    channel: dmChannelOf(user),
    tab: 'home',
    event_ts: nextTs(world),
    ...(view ? { view } : {}),
  });
  return asAnswer(delivered);
}
