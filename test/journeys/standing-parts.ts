import type { ClientSettings } from '../../sandbox/stack';

/** What stands in the workloads account, by what it is: all that a playbook may change, and all that none may. */
export type Standing = Readonly<Record<string, unknown>>;

export type Look = (settings: ClientSettings) => Promise<Standing>;

/** What an error of this name means, where AWS has no other way to say that there is nothing. */
export const orNone = async <T>(asked: Promise<T>, ...names: string[]): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
};

type Entry = [name: string, state: unknown];

/** One entry per thing of a list. */
export const each = async <T>(
  things: readonly T[] | undefined,
  entry: (thing: T) => Entry | Promise<Entry>,
): Promise<Standing> =>
  Object.fromEntries(await Promise.all((things ?? []).map(async (thing) => entry(thing))));
