import { catch as otherwise } from 'zod/mini';
import * as z from 'zod/mini';

/** Cuts to `max` code points of well-formed text, so that no surrogate is left alone; marks the cut with `mark`. */
export function limit(text: string, max: number, mark = '…'): string {
  // 2 UTF-16 units per code point are always enough: a huge text is not walked to its end.
  const points = Array.from(text.slice(0, 2 * max + 2).toWellFormed());
  const kept = points.slice(0, max - mark.length).join('');
  return points.length > max ? kept + mark : points.join('');
}

/** An id as it came, or nothing: an id is never cut, because a cut id may be somebody else's. */
export function identifier(value: string | undefined, max = 1024): string | undefined {
  const id = value?.trim().toWellFormed();
  return id !== undefined && id !== '' && id.length <= max ? id : undefined;
}

/** The address if it is plain https, else nothing. */
export function link(value: string | undefined): string | undefined {
  if (value === undefined || value.length > 2000 || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' ? url.href : undefined;
}

/** The same object without its undefined values. */
export function defined(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

// The schemas below never fail: a field of the wrong kind is a missing field, so one odd field does not cost the
// finding. What a finding cannot do without is checked once, in settle().

export { otherwise };
export const text = otherwise(z.optional(z.string()), undefined);
export const number = otherwise(z.optional(z.number()), undefined);
export const anything = z.optional(z.unknown());
export const flag = otherwise(z.boolean(), false);

/** An object of lenient fields; anything else is an object without them. */
export function loose<Shape extends z.core.$ZodShape>(shape: Shape) {
  const object = z.object(shape);
  return otherwise(object, () => object.parse({}));
}

/** A list, at most 50 long; anything else is an empty list. */
export function list<Item extends z.core.SomeType>(item: Item) {
  const cut = z.transform((items: unknown[]) => items.slice(0, 50));
  return z.pipe(z.pipe(otherwise(z.array(z.unknown()), []), cut), z.array(item));
}
