import { nearest } from '../domain/nearest';
import type { Role } from '../domain/person';

/** Every command, with what stands behind it and what it says of itself. `/drawbridge <name>` works for all of them. */
export const commands = {
  help: { hint: '', says: 'what Drawbridge can do, and how to ask for it' },
  findings: {
    hint: '[critical] [mine] [account:…] [words]',
    says: 'open findings, worst first; filters may be combined',
  },
  remediate: { hint: '<finding or resource>', says: 'what could be done about it' },
  approvals: { hint: '', says: 'what waits for a decision, and whether it waits for you' },
  isolate: {
    hint: '<instance> [account] [region] [because …]',
    says: 'contains an EC2 instance: shows first what would change; the beginning of its id is enough',
  },
  release: {
    hint: '<instance> [because …]',
    says: 'ends the isolation of an instance: shows first what would be restored',
  },
  gate: {
    hint: 'run [prefix] | status | abort <run> | identifier test',
    says: 'the data gate: takes objects in, shows its runs, ends one, tries an identifier of Macie',
  },
  audit: { hint: '<resource, @person or id>', says: 'who did what, when and why, checked' },
  evidence: {
    hint: '<case or instance>',
    says: 'what was kept as evidence, read again and checked',
  },
  status: { hint: '', says: 'what runs and what waits now' },
  exceptions: { hint: '', says: 'what is suppressed, by whom, why and until when' },
  who: { hint: '', says: 'your rights here, and who may approve' },
  stats: { hint: '', says: 'times and outcomes of the last weeks, with a chart' },
} as const;
export type CommandName = keyof typeof commands;

/** Those that are slash commands of their own too. */
export const ownCommands = [
  'findings',
  'remediate',
  'isolate',
  'release',
  'gate',
  'approvals',
  'audit',
  'evidence',
] as const;

export type Command =
  | { kind: CommandName; rest: string }
  | { kind: 'unknown'; said: string; perhaps?: string };

const names = Object.keys(commands) as CommandName[];

/** Forgiving on purpose: case and spaces do not matter, and a slip gets the nearest word. */
export const parseCommand = (command: string, text: string): Command => {
  const own = ownCommands.find((name) => command.toLowerCase() === `/${name}`);
  const words = text.slice(0, 1000).trim();
  if (own) return { kind: own, rest: words };
  const [first = ''] = words.split(/\s/, 1);
  const said = first.toLowerCase().slice(0, 40);
  if (said === '') return { kind: 'help', rest: '' };
  const found = names.find((name) => name === said);
  if (found) return { kind: found, rest: words.slice(first.length).trim() };
  const perhaps = nearest(said, names);
  return { kind: 'unknown', said, ...(perhaps && { perhaps }) };
};

export const roleWords: Record<Role, string> = {
  responder: 'ask for remediations',
  approver: 'approve, deny and undo them',
};
