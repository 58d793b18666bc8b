import * as z from 'zod/mini';
import { ObjectRef, Taken, Version } from './object';

export const severities = ['low', 'medium', 'high'] as const;
export type GateSeverity = (typeof severities)[number];

/** A kind of sensitive data and how often it occurs, such as `CREDIT_CARD_NUMBER` 12 times. Never the data itself (law 12). */
export const Detected = z.object({ type: z.string(), count: z.int() });
export type Detected = z.infer<typeof Detected>;

const found = {
  severity: z.enum(severities),
  /** Most frequent first, at most 20. */
  detected: z.array(Detected),
  /** Ids of Macie's findings, at most 5. */
  findings: z.array(z.string()),
};

/** Why nobody knows what is in it. `code` is Macie's own reason. */
export const unprovenBecause = [
  'no result',
  'skipped',
  'read in part',
  'changed since',
  'not staged',
  'scan failed',
] as const;

/**
 * What is known of one object. `clean` needs proof: a discovery result that says it was read completely, of exactly this
 * version, with nothing found. Everything else waits for a person (law 10).
 */
export const Verdict = z.discriminatedUnion('kind', [
  /** `proof`: the object of discovery results that says so. */
  z.object({ kind: z.literal('clean'), proof: z.string() }),
  z.object({ kind: z.literal('sensitive'), ...found }),
  /** Something was found, and all of it is archived by rules of Macie. */
  z.object({ kind: z.literal('suppressed'), ...found }),
  z.object({
    kind: z.literal('unproven'),
    because: z.enum(unprovenBecause),
    code: z.optional(z.string()),
  }),
]);
export type Verdict = z.infer<typeof Verdict>;

/** One object with its verdict, and where it lies. */
export const Judged = z.object({
  ...Taken.shape,
  /** Missing where it could not be staged; then it is still in the raw bucket. */
  staged: z.optional(Version),
  verdict: Verdict,
});
export type Judged = z.infer<typeof Judged>;

/** An object that waits for people. It lies in the review bucket, under `held`. */
export const Held = z.object({
  ref: ObjectRef,
  key: z.string(),
  size: z.int(),
  modified: z.string(),
  storageClass: z.optional(z.string()),
  held: Version,
  /** Where Macie read it. It stays there until the object has its end: Macie shows samples only of what has not moved. */
  staged: Version,
  verdict: Verdict,
  /** What became of it. */
  end: z.optional(z.enum(['released', 'kept out', 'deleted', 'outdated'])),
});
export type Held = z.infer<typeof Held>;

/** What one discovery result or finding says of one staged version. */
export interface Proof {
  staged: string;
  versionId?: string;
  etag?: string;
  status: 'COMPLETE' | 'PARTIAL' | 'SKIPPED' | 'UNKNOWN';
  code?: string;
  detected: readonly Detected[];
  /** The object in the results bucket that says so. */
  from: string;
}

export interface Found {
  id: string;
  staged: string;
  versionId?: string;
  etag?: string;
  severity: GateSeverity;
  archived: boolean;
  detected: readonly Detected[];
}
