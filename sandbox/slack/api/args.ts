import { isJson, parseJson, type Json } from '../json';
import { SlackError } from './errors';

/** Arguments of a call: forms carry lists and objects as JSON text, JSON bodies carry them as they are. */
export interface Args {
  raw: Json;
  text(name: string): string | undefined;
  need(name: string): string;
  flag(name: string): boolean;
  json(name: string): unknown;
}

export function readArgs(raw: Json): Args {
  const text = (name: string): string | undefined => {
    const value = raw[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    raw,
    text,
    need(name) {
      const value = text(name);
      if (value === undefined || value === '') {
        throw new SlackError('invalid_arguments', {
          response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
        });
      }
      return value;
    },
    flag: (name) => text(name) === 'true' || text(name) === '1',
    json(name) {
      const value = raw[name];
      if (typeof value !== 'string') return value ?? undefined;
      if (value === '') return undefined;
      const parsed = parseJson(value);
      if (parsed === undefined) {
        throw new SlackError(name === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments');
      }
      return parsed;
    },
  };
}

export const needObject = (args: Args, name: string): Json => {
  const value = args.json(name);
  if (isJson(value)) return value;
  throw new SlackError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
};
