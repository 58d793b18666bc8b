/// <reference lib="dom" />
import type { Place } from './viewer';

/** `/archives/C0ALERTS/p1767600000000001` is a message: the permalink that the Web API gives out. */
export function placeOf(path: string): Place {
  const [, first, channel, message] = path.split('/');
  if (first === 'app') return { tab: channel === 'messages' ? 'messages' : 'home' };
  if (first !== 'archives' || !channel) return { channel: 'C0ALERTS' };
  const digits = /^p(\d{10})(\d{6})$/.exec(message ?? '');
  const asked = new URLSearchParams(location.search).get('thread_ts');
  return { channel, thread: asked ?? (digits ? `${digits[1]}.${digits[2]}` : undefined) };
}

export function pathOf(place: Place): string {
  if ('tab' in place) return `/app/${place.tab}`;
  const message = place.thread === undefined ? '' : `/p${place.thread.replace('.', '')}`;
  return `/archives/${place.channel}${message}`;
}

/** Who looks: `?as=U0ALEX`, or whoever it was in this tab before. Two tabs can be two people. */
export function savedPerson(): string {
  const asked = new URLSearchParams(location.search).get('as');
  return asked ?? sessionStorage.getItem('as') ?? 'U0RITA';
}
