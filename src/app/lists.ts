import type { Link } from '../domain/audit';
import type { CaseId, RemediationId } from '../domain/ids';
import type { Remediation } from '../domain/remediation';
import type { FindingRecord } from './ports';

export interface Page<T> {
  items: readonly T[];
  /** Where the next page begins; none after the last. Opaque, at most 600 characters. */
  next?: string;
}

/** What can be looked through. A moment behind what was just written; at most 50 items a page. */
export interface Lists {
  /** Worst first, then newest; at most `most` of them. */
  findings(which: 'open' | 'excepted', from?: string, most?: number): Promise<Page<FindingRecord>>;
  /** Newest first; a month is `2026-11`. */
  remediations(which: 'open' | { month: string }, from?: string): Promise<Page<Remediation>>;
  /** Newest first. */
  doneBy(person: string, from?: string): Promise<Page<Link>>;
  /** What is contained and not released: done or held, whatever it was asked for. */
  contained(): Promise<RemediationId[]>;
  /** Cases that speak of this resource, by its ARN or its short id. */
  casesOf(resource: string): Promise<CaseId[]>;
}
