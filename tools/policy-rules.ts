import type { Policy } from '../src/domain/policy';
import { cautionsOf } from './policy-cautions';
import { checked, type Fault } from './policy-issues';
import { pathText, placed, type Placed } from './policy-place';
import { senseOf } from './policy-sense';

export type Read = { policy: Policy; cautions: string[] } | { faults: string[] };

/**
 * A policy file as the bundles hold it, or all that is wrong with it: the line, where in the file, what to do.
 * @param now for what only ages, such as an exception that is over: that is a caution, so that a file which was right
 * stays right
 */
export const readPolicy = (text: string, now: Date): Read => {
  const file = placed(text);
  if ('fault' in file) return { faults: [file.fault] };
  const read = checked(file.value);
  if ('faults' in read) return { faults: told(file, read.faults) };
  const faults = senseOf(read.policy);
  if (faults.length > 0) return { faults: told(file, faults) };
  return { policy: read.policy, cautions: told(file, cautionsOf(read.policy, now)) };
};

const told = ({ lineOf }: Placed, faults: readonly Fault[]): string[] =>
  faults
    .map(({ path, words }) => ({ line: lineOf(path), text: `${pathText(path)}: ${words}` }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, text }) => `line ${line}: ${text}`);

export const policyFaults = (text: string): string[] => {
  const read = readPolicy(text, new Date(0));
  return 'faults' in read ? read.faults : [];
};
