import type { Role } from '../domain/person';

/** What `/drawbridge …` asks for. */
export type Command =
  | { kind: 'help' }
  | { kind: 'status' }
  | { kind: 'who' }
  | { kind: 'unknown'; said: string; perhaps?: string };

export const commands = {
  help: 'what Drawbridge can do, and how to ask for it',
  status: 'remediations that wait for a decision',
  who: 'your rights here, and who may approve',
} as const;

const names = Object.keys(commands) as (keyof typeof commands)[];

/** Forgiving on purpose: case and spaces do not matter, and a slip gets the nearest word. */
export const parseCommand = (text: string): Command => {
  const said = (text.trim().toLowerCase().split(/\s+/)[0] ?? '').slice(0, 40);
  if (said === '') return { kind: 'help' };
  const found = names.find((name) => name === said);
  if (found) return { kind: found };
  const [nearest] = names
    .map((name) => ({ name, steps: distance(said, name) }))
    .sort((a, b) => a.steps - b.steps);
  return { kind: 'unknown', said, ...(nearest && nearest.steps <= 2 && { perhaps: nearest.name }) };
};

/** Levenshtein's distance: how many letters to add, drop or change. */
const distance = (a: string, b: string): number => {
  let row = [...b, ''].map((_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
};

export const roleWords: Record<Role, string> = {
  responder: 'ask for remediations',
  approver: 'approve, deny and undo them',
};
