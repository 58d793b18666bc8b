import type { Json } from '../../../src/domain/canonical';
import type { MemoryAws } from '../../support/memory-aws';

/** One world in which an operation is tried: its input, and what stands there at first. */
export interface Sample {
  name: string;
  input: Json;
  world: () => MemoryAws;
  /** It changes what stands there and starts no work of its own, so that one run is like another. */
  stands?: true;
}
