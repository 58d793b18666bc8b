import type { Asked } from '../../../src/domain/playbook';
import type { ClientSettings } from '../../../sandbox/stack';

/**
 * Builds what a playbook is for in an account of the local AWS, by plain SDK calls, and says what to ask of it. A seed
 * that is about age asks at a later time than now.
 */
export type Seed = (settings: ClientSettings) => Promise<Omit<Asked, 'now'> & { now?: string }>;
