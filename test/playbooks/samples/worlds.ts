import type { Target } from '../../../src/domain/target';
import type { MemoryAws } from '../../support/memory-aws';

/** Worlds in which a playbook is tried: one that it has to change, one where all is well, by each control it answers. */
export interface Worlds {
  target: Target;
  toChange: () => MemoryAws;
  compliant: () => MemoryAws;
}
