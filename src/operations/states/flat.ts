import type { Json } from '../../domain/canonical';

/** JSON as texts by dotted name: `{ ticket: { id: 7 } }` → `ticket.id: "7"`. Lists stay JSON; a bare value is `output`. */
export const flat = (value: Json, path = ''): Record<string, string> => {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { [path || 'output']: typeof value === 'string' ? value : JSON.stringify(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, member]) =>
      member === undefined ? {} : flat(member, path ? `${path}.${key}` : key),
    ),
  ) as Record<string, string>;
};
