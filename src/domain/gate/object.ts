import * as z from 'zod/mini';
import type { GateRunId } from '../ids';

/** One object of one run: six digits of its batch, four of its place in it, such as `000001-0042`. */
export const ObjectRef = z
  .string()
  .check(z.regex(/^\d{6}-\d{4}$/))
  .brand<'ObjectRef'>();
export type ObjectRef = z.infer<typeof ObjectRef>;

export const objectRef = (batch: number, place: number): ObjectRef =>
  ObjectRef.parse(`${String(batch).padStart(6, '0')}-${String(place).padStart(4, '0')}`);

/** Where one version of an object lies. A version id and an ETag name bytes that nobody can exchange (D26, D27). */
export const Version = z.object({ key: z.string(), versionId: z.string(), etag: z.string() });
export type Version = z.infer<typeof Version>;

/** One version in the raw bucket, as the run took it. Size in bytes, `modified` in ISO. */
export const Taken = z.object({
  ref: ObjectRef,
  raw: Version,
  size: z.int(),
  modified: z.string(),
  storageClass: z.optional(z.string()),
  /** Its uploader had written over it before the run: kept in quarantine, never scanned, never released. */
  overwritten: z.optional(z.literal(true)),
});
export type Taken = z.infer<typeof Taken>;

/** At most this many objects are worked on, listed and stored together. */
export const batchSize = 500;

const mostKeyBytes = 1024;

/**
 * Where an object lies while it is looked at: under its run and its batch, so that no two runs meet (D26, D29). A key that
 * does not fit behind them keeps its end, since Macie reads the kind of a file from there.
 */
export const stagedKey = (run: GateRunId, ref: ObjectRef, key: string): string => {
  const start = `${stagedPrefix(run)}${ref.slice(0, 6)}/`;
  const whole = `${start}${key}`;
  if (Buffer.byteLength(whole) <= mostKeyBytes) return whole;
  const room = mostKeyBytes - Buffer.byteLength(`${start}${ref}/`);
  const letters = [...key];
  let bytes = 0;
  const from = letters.findLastIndex((letter) => (bytes += Buffer.byteLength(letter)) > room);
  return `${start}${ref}/${letters.slice(from + 1).join('')}`;
};

export const stagedPrefix = (run: GateRunId): string => `${run}/`;

/** The batch that a staged key belongs to; `undefined` for what is not ours. */
export const batchOfKey = (run: GateRunId, key: string): number | undefined => {
  const rest = key.startsWith(stagedPrefix(run)) ? key.slice(stagedPrefix(run).length) : '';
  return /^\d{6}\//.test(rest) ? Number(rest.slice(0, 6)) : undefined;
};
