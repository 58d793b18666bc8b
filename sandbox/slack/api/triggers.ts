import { times } from '../limits';
import { newId, type Trigger, type World } from '../world';
import { SlackError } from './errors';

export function newTrigger(world: World, user: string): string {
  const id = `${world.clock.now()}.${newId('')}.${newId('').toLowerCase()}`;
  world.triggers.set(id, { user, at: world.clock.now(), used: false });
  return id;
}

/** A trigger opens one view, within three seconds. */
export function useTrigger(world: World, id: string): Trigger {
  const trigger = world.triggers.get(id);
  if (!trigger) throw new SlackError('invalid_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  if (world.clock.now() - trigger.at > times.triggerMs) throw new SlackError('expired_trigger_id');
  trigger.used = true;
  return trigger;
}
