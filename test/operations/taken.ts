import type { Json } from '../../src/domain/canonical';
import type { Irreversible } from '../../src/operations/operation';
import { MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryEvidence } from '../support/memory-evidence';

export const run = 'rem-0000000000/2';

/** One piece of evidence taken in a world, and what is in the bucket then. */
export const taken = async <I extends Json, S extends Json>(
  operation: Irreversible<I, S>,
  input: I,
  world: Handlers,
) => {
  const evidence = memoryEvidence();
  const aws = new MemoryAws(world, evidence.handlers);
  await operation.apply(aws, input, await operation.read(aws, input, run), run);
  return { ...evidence, aws, state: await operation.read(aws, input, run) };
};
