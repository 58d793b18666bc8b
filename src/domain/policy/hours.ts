import * as z from 'zod/mini';
import { isZone } from '../zone';
import { weekdays } from './windows';

/** `08:30` → milliseconds after midnight. */
const timeOf = (pattern: RegExp) =>
  z.pipe(
    z.string().check(z.regex(pattern, 'a time such as 08:30')),
    z.transform((text: string) => {
      const [hours, minutes] = text.split(':');
      return Number(hours) * 3_600_000 + Number(minutes) * 60_000;
    }),
  );
const Time = timeOf(/^([01]\d|2[0-3]):[0-5]\d$/);
const EndTime = timeOf(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const midnight = 24 * 3_600_000;

const Zone = z
  .string()
  .check(
    z.refine(isZone, 'not a time zone'),
    z.describe('Time zone, such as Europe/Berlin or UTC.'),
  );

/** A time that comes again each week. */
export const Window = z
  .strictObject({
    zone: Zone,
    days: z
      ._default(z.array(z.enum(weekdays)).check(z.minLength(1)), [...weekdays])
      .check(z.describe('Days on which it begins: mon, tue … Each day, if left out.')),
    from: Time.check(z.describe('When it begins, such as 09:00.')),
    to: EndTime.check(
      z.describe('When it ends; before `from`, it ends the next day. 24:00 is midnight.'),
    ),
  })
  .check(
    z.refine(({ from, to }) => from !== to, { path: ['to'], error: 'it ends when it begins' }),
    z.refine(({ days, from, to }) => from > 0 || to < midnight || new Set(days).size < 7, {
      path: ['to'],
      error: 'it never ends',
    }),
  );
export type Window = z.infer<typeof Window>;

/** When the digest of quiet findings is posted. */
export const Digest = z.strictObject({
  at: z.prefault(Time, '08:00').check(z.describe('Time of day. Default: 08:00.')),
  zone: z._default(Zone, 'UTC').check(z.describe('Time zone. Default: UTC.')),
});
