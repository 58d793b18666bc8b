import { replaceIngressRules } from './ec2/replace-ingress-rules';
import type { Operation } from './operation';

/**
 * The list: one line per operation, compared with the folder by a test. Its types of input and state are forgotten here,
 * since what was stored only ever comes back to the operation of the kind that wrote it.
 */
export const operations: readonly Operation[] = [replaceIngressRules];

const byKind = new Map(operations.map((operation) => [operation.kind, operation]));

export const operationOf = (kind: string): Operation => {
  const found = byKind.get(kind);
  if (!found) throw new TypeError(`no operation of kind ${kind}`);
  return found;
};
