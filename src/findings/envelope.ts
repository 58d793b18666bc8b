import * as z from 'zod/mini';
import { anything, list, text } from './text';

/** The EventBridge envelope. Its account and Region are where the event was emitted, not where the finding is. */
export const Envelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  time: anything,
  region: text,
  resources: list(text),
  detail: anything,
});
export type Envelope = z.infer<typeof Envelope>;

const SnsEvent = z.object({
  Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })).check(z.minLength(1)),
});
const SnsNotification = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** The parts that an event is wrapped around, or the event itself. JSON text is opened; other text stays text. */
export function unwrap(event: unknown, depth = 4): unknown[] {
  if (depth === 0) return [event];
  if (typeof event === 'string') {
    const opened = open(event);
    return opened === event ? [event] : unwrap(opened, depth - 1);
  }
  const sns = SnsEvent.safeParse(event);
  if (sns.success) return sns.data.Records.flatMap(({ Sns }) => unwrap(Sns.Message, depth - 1));
  const notification = SnsNotification.safeParse(event);
  return notification.success ? unwrap(notification.data.Message, depth - 1) : [event];
}

function open(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
