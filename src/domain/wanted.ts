import type { AccountId, Region } from './ids';

/** An instance as a person names it: its whole id or the beginning of one, and where it is if they know. */
export interface Wanted {
  instance: string;
  account?: AccountId;
  region?: Region;
  /** What came after “because”. */
  reason?: string;
}
