import { isJson, objects, type Json } from '../json';
import { viewStack } from '../limits';
import { bot, person } from '../people';
import { validateView } from '../validate';
import { initialValues } from '../view-state';
import { changed, newId, type View, type World } from '../world';
import { needObject, type Args } from './args';
import { withBlockIds } from './content';
import { refuseProblems, SlackError } from './errors';
import { useTrigger } from './triggers';

/** A view as Slack keeps it, from the view that the app sent. */
function makeView(world: World, given: Json, kept: Json & { id: string }): View {
  const blocks = withBlockIds(objects(given['blocks']));
  const values = initialValues(blocks);
  return {
    team_id: world.teamId,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: { type: 'plain_text', text: '', emoji: true },
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    root_view_id: kept.id,
    previous_view_id: null,
    app_id: world.appId,
    app_installed_team_id: world.teamId,
    bot_id: bot.botId,
    ...given,
    ...kept,
    type: given['type'] === 'home' ? 'home' : 'modal',
    blocks,
    state: { values },
    hash: `${Math.floor(world.clock.now() / 1_000)}.${newId('')}`,
  };
}

/** Checks a modal and gives what is kept of it. */
export function checkedModal(view: Json): Json {
  refuseProblems(validateView(view));
  if (view['type'] !== 'modal') throw new SlackError('invalid_arguments');
  return view;
}

export function stackOf(world: World, user: string): View[] {
  const known = world.modals.get(user);
  if (known) return known;
  const fresh: View[] = [];
  world.modals.set(user, fresh);
  return fresh;
}

export function pushView(world: World, user: string, given: Json): View {
  const stack = stackOf(world, user);
  if (stack.length >= viewStack) throw new SlackError('push_limit_reached');
  const id = newId('V');
  const before = stack.at(-1);
  const view = makeView(world, given, {
    id,
    root_view_id: stack[0]?.id ?? id,
    previous_view_id: before?.id ?? null,
  });
  stack.push(view);
  changed(world);
  return view;
}

/** Puts new content into an open view: same id, new hash; what was typed in blocks that stay is kept. */
export function replaceView(world: World, old: View, given: Json): View {
  const { id, root_view_id, previous_view_id } = old;
  const view = makeView(world, given, { id, root_view_id, previous_view_id });
  const values = view.state.values;
  for (const [block, before] of Object.entries(old.state.values)) {
    if (isJson(values[block]) && isJson(before)) values[block] = { ...values[block], ...before };
  }
  for (const stack of world.modals.values()) {
    const index = stack.indexOf(old);
    if (index >= 0) stack[index] = view;
  }
  changed(world);
  return view;
}

/** External ids are the app's own names for open views, unique in the workspace. */
function refuseSameExternalId(world: World, given: Json): void {
  const id = given['external_id'];
  if (!id) return;
  const open = [...world.modals.values()].flat().some((view) => view['external_id'] === id);
  if (open) throw new SlackError('duplicate_external_id');
}

/** A new stack: a modal that was open makes room. */
export function open(world: World, args: Args): Json {
  const given = checkedModal(needObject(args, 'view'));
  refuseSameExternalId(world, given);
  const { user } = useTrigger(world, args.need('trigger_id'));
  world.modals.set(user, []);
  return { view: pushView(world, user, given) };
}

/** On top of the modal that was acted in. */
export function push(world: World, args: Args): Json {
  const given = checkedModal(needObject(args, 'view'));
  refuseSameExternalId(world, given);
  const { user } = useTrigger(world, args.need('trigger_id'));
  return { view: pushView(world, user, given) };
}

/** `hash` guards against overwriting a newer view; without it the last writer wins. */
export function update(world: World, args: Args): Json {
  const given = checkedModal(needObject(args, 'view'));
  const id = args.text('view_id');
  const external = args.text('external_id');
  if (!id && !external) throw new SlackError('invalid_arguments');
  const old = [...world.modals.values()]
    .flat()
    .find((view) => (id ? view.id === id : view['external_id'] === external));
  if (!old) throw new SlackError('not_found');
  const hash = args.text('hash');
  if (hash && hash !== old.hash) throw new SlackError('hash_conflict');
  return { view: replaceView(world, old, given) };
}

/** Home views need no trigger: the app may publish at any time, to any person. */
export function publish(world: World, args: Args): Json {
  const user = args.need('user_id');
  if (!person(user)) throw new SlackError('user_not_found');
  const given = needObject(args, 'view');
  refuseProblems(validateView(given));
  if (given['type'] !== 'home') throw new SlackError('invalid_arguments');
  const old = world.homes.get(user);
  const hash = args.text('hash');
  if (hash && old && hash !== old.hash) throw new SlackError('hash_conflict');
  const view = makeView(world, given, { id: old?.id ?? newId('V') });
  world.homes.set(user, view);
  changed(world);
  return { view };
}
