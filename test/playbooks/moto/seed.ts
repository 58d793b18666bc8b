import type { Asked } from '../../../src/domain/playbook';
import type { ClientSettings } from '../../../sandbox/stack';

/** Builds what a playbook is for in an account of the local AWS, by plain SDK calls, and says what to ask of it. */
export type Seed = (settings: ClientSettings) => Promise<Asked>;
