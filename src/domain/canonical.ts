import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };
/** Whatever came out of JSON text is JSON: nothing more to check. */
export const Json = z.custom<Json>((value) => value !== undefined);

/** JSON with sorted keys and without `undefined`: equal values give equal text, whatever order they were built in. */
export const canonical = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
};

/** SHA-256 of the canonical JSON, 64 hex digits. */
export const hash = (value: Json): string =>
  createHash('sha256').update(canonical(value), 'utf8').digest('hex');

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
