import type { Asked } from '../../../src/domain/playbook';
import type { Target } from '../../../src/domain/target';
import type { MemoryAws } from '../../support/memory-aws';

/** Worlds in which a playbook is tried: one that it has to change, one where all is well, by each control it answers. */
export interface Worlds {
  target: Target;
  /** For playbooks that ask what the finding says. */
  finding?: Asked['finding'];
  toChange: () => MemoryAws;
  compliant: () => MemoryAws;
}
