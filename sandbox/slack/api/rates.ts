import { rateOf, times } from '../limits';
import type { World } from '../world';
import { SlackError } from './errors';

/** Refuses a call above the method's tier: n calls within the last minute. Refused calls do not count. */
export function countCall(world: World, method: string): void {
  const most = rateOf(method);
  if (most !== undefined) take(world, method, most, 60_000);
}

/** One message per second and channel; whoever posts faster is told to wait. */
export function countPost(world: World, channel: string): void {
  take(world, `post ${channel}`, 1 + world.postBurst, times.postEveryMs);
}

function take(world: World, key: string, most: number, windowMs: number): void {
  const now = world.clock.now();
  const recent = (world.calls.get(key) ?? []).filter((at) => now - at < windowMs);
  world.calls.set(key, recent);
  const oldest = recent[0];
  if (recent.length >= most && oldest !== undefined) {
    const seconds = Math.max(1, Math.ceil((oldest + windowMs - now) / 1_000));
    throw new SlackError('ratelimited', {}, seconds);
  }
  recent.push(now);
}
