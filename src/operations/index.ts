import type { Json } from '../domain/canonical';
import { replaceIngressRules } from './ec2/replace-ingress-rules';
import type { Operation } from './operation';

/**
 * Forgets the types of input and state for the list. Sound, because a stored input or state only ever comes back to the
 * operation of the kind that wrote it.
 */
const listed = <I extends Json, S extends Json>(operation: Operation<I, S>): Operation =>
  operation as Operation<never, never> as Operation;

/** The list: one line per operation, compared with the folder by a test. */
export const operations: readonly Operation[] = [listed(replaceIngressRules)];

const byKind = new Map(operations.map((operation) => [operation.kind, operation]));

export const operationOf = (kind: string): Operation => {
  const found = byKind.get(kind);
  if (!found) throw new TypeError(`no operation of kind ${kind}`);
  return found;
};
