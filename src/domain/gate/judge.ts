import type { Taken, Version } from './object';
import {
  severities,
  type Detected,
  type Found,
  type GateSeverity,
  type Judged,
  type Proof,
  type Verdict,
} from './verdict';

export interface Known {
  taken: Taken;
  /** Where it lies, or why S3 did not give it. */
  staged: { version: Version } | { refused: string } | undefined;
  /** Of this staged key only. */
  proofs: readonly Proof[];
  found: readonly Found[];
  /** The scan as a whole failed: nothing of it proves anything (D2). */
  failed?: string;
}

/** Macie's own codes and S3's words are kept to what a card can show. */
const mostCode = 100;

/** What is known of one object. Only a complete result of exactly the staged version that found nothing says `clean` (D3). */
export const judge = ({ taken, staged, proofs, found, failed }: Known): Judged => {
  if (!staged || !('version' in staged))
    return { ...taken, verdict: unproven('not staged', staged?.refused ?? 'not copied') };
  const { version } = staged;
  const about = {
    proofs: proofs.filter(isOf(version)),
    found: found.filter(isOfOrUnsaid(version)),
  };
  const verdict =
    seen(about) ?? doubt({ proofs, found, failed }, about.proofs) ?? clean(about.proofs);
  return { ...taken, staged: version, verdict };
};

/** Something was found. Archived findings speak only for the kinds that they name; the rest of the result counts (D4). */
const seen = (about: Pick<Known, 'proofs' | 'found'>): Verdict | undefined => {
  const found = distinct(about.found);
  const open = found.filter(({ archived }) => !archived);
  const told = new Set(found.flatMap(({ detected }) => detected.map(({ type }) => type)));
  const untold = added(
    about.proofs.map(({ detected }) => detected.filter(({ type }) => !told.has(type))),
  );
  const findings = found.map(({ id }) => id).slice(0, 5);
  // Macie caps its findings, not its results: what no finding tells of is as bad as can be.
  const severity: GateSeverity = untold.length > 0 ? 'high' : worst(open.length > 0 ? open : found);
  const detected = added([...found.map((each) => each.detected), untold]).slice(0, 20);
  if (open.length > 0 || untold.length > 0)
    return { kind: 'sensitive', severity, detected, findings };
  return found.length > 0 ? { kind: 'suppressed', severity, detected, findings } : undefined;
};

const doubt = (
  { proofs, found, failed }: Pick<Known, 'proofs' | 'found'> & { failed: string | undefined },
  own: readonly Proof[],
): Verdict | undefined => {
  if (failed !== undefined) return unproven('scan failed', failed);
  if (own.length === 0)
    return unproven(proofs.length + found.length > 0 ? 'changed since' : 'no result');
  const bad = own.find(({ status }) => status !== 'COMPLETE');
  if (!bad) return undefined;
  if (bad.status === 'UNKNOWN') return unproven('no result', bad.code);
  return unproven(bad.status === 'SKIPPED' ? 'skipped' : 'read in part', bad.code);
};

const clean = ([proof]: readonly Proof[]): Verdict =>
  proof ? { kind: 'clean', proof: proof.from } : unproven('no result');

const unproven = (
  because: Extract<Verdict, { kind: 'unproven' }>['because'],
  code?: string,
): Verdict => ({ kind: 'unproven', because, ...(code && { code: code.slice(0, mostCode) }) });

type Said = { versionId?: string; etag?: string };

const agrees = ({ versionId, etag }: Said, version: Version): boolean =>
  (versionId === undefined || versionId === version.versionId) &&
  (etag === undefined || bare(etag) === bare(version.etag));

/** A proof has to say which bytes it is of (D26). */
const isOf =
  (version: Version) =>
  (said: Said): boolean =>
    (said.versionId !== undefined || said.etag !== undefined) && agrees(said, version);

/** A finding that does not say which bytes it is of is taken to be of these. */
const isOfOrUnsaid =
  (version: Version) =>
  (said: Said): boolean =>
    agrees(said, version);

const bare = (etag: string): string => etag.replaceAll('"', '');

/** A page of findings may be read twice; the later reading counts. */
const distinct = (found: readonly Found[]): Found[] => [
  ...new Map(found.map((each) => [each.id, each])).values(),
];

const worst = (found: readonly Found[]): GateSeverity =>
  severities[Math.max(0, ...found.map(({ severity }) => severities.indexOf(severity)))] ?? 'high';

/** Sums by type, most frequent first. */
export const added = (lists: readonly (readonly Detected[])[]): Detected[] => {
  const counts = new Map<string, number>();
  for (const { type, count } of lists.flat()) counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
};
