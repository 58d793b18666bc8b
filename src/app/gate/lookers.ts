/** Samples of one finding. Values come masked and go to one person's eyes: never stored, never logged (law 12). */
export type Samples =
  | { kind: 'shown'; samples: { type: string; masked: string[] }[] }
  | { kind: 'not available'; because: string };

export interface GateSamples {
  /** Takes up to 20 seconds. Macie reads the object again, so it must lie where it was scanned. */
  samplesOf(finding: string): Promise<Samples>;
}

/** An identifier as somebody proposes it. */
export interface IdentifierDraft {
  regex: string;
  keywords: readonly string[];
  ignoreWords: readonly string[];
  /** Characters between a keyword and a match, 1 to 300. Default: 50. */
  distance?: number;
}

export type Tried = { kind: 'matches'; count: number } | { kind: 'refused'; because: string };
export type Made = { kind: 'made'; id: string } | { kind: 'refused'; because: string };

/** Which findings: by field of Macie, such as `resourcesAffected.s3Object.key`. All must hold. */
export type FindingsCriteria = Readonly<
  Record<string, { eq?: readonly string[]; neq?: readonly string[] }>
>;

export interface GateIdentifiers {
  /** `sample`: at most 1,000 characters. It is sent to Macie and kept nowhere. */
  testIdentifier(draft: IdentifierDraft, sample: string): Promise<Tried>;
  /** Text that matches is no finding any more. The same token makes one list, however often it is asked for. */
  createAllowList(
    list: { name: string; description: string; regex: string },
    token: string,
  ): Promise<Made>;
  /** Findings that match are archived as they come, and are then neither events nor in Security Hub. Old ones stay. */
  createFindingsFilter(
    filter: { name: string; description: string; criteria: FindingsCriteria },
    token: string,
  ): Promise<Made>;
  /** Findings of the last 30 days that such a filter would have hidden; `more`: there are more than were counted. */
  hiddenBy(criteria: FindingsCriteria): Promise<{ count: number; more: boolean }>;
}
