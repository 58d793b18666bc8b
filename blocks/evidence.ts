import type { Piece, Standing } from '../src/app/evidence';
import type { Verdict } from '../src/domain/audit';
import type { Remediation } from '../src/domain/remediation';
import type { Answer } from './answers';
import { bold, bullets, code, inert, line, moment, person, rich, some, t } from './parts';

export interface Shown {
  remediation: Remediation;
  pieces: readonly Piece[];
  /** Of the trail that vouches for the hashes. */
  verdict: Verdict;
}

const words: Record<Standing, string> = {
  holds: '✅ as it was kept',
  covered:
    '⚠️ written over or deleted since; what was kept is locked behind that, and is as it was',
  changed: '⚠️ its bytes are not those that were kept',
  gone: '⚠️ gone',
  unvouched: '❔ the audit trail does not speak of it: its step failed, or it is not ours',
  unknown: '❔ could not be checked',
};

/**
 * The pieces of evidence with their hashes, and how they stand to what was written down.
 * @param place where a piece stands, for those who may know
 */
export const evidenceAnswer = (
  of: string,
  shown: readonly Shown[],
  more: number,
  place?: (key: string) => string,
): Answer => ({
  text: inert(`Evidence of ${of}`),
  blocks: [
    rich(
      line(bold(`Evidence of ${of}`, 150)),
      ...shown.flatMap((each) => section(each, place, shown.length)),
      ...(more > 0 ? [line(t(`and ${more} earlier ${more === 1 ? 'case' : 'cases'}`))] : []),
    ),
  ],
});

const section = (
  { remediation: { id, target, requester, requestedAt }, pieces, verdict }: Shown,
  place: ((key: string) => string) | undefined,
  among: number,
) => [
  line(
    code(target.id, 120),
    t('taken for'),
    person(requester.id, requester.name),
    t('·'),
    moment(requestedAt),
    code(id),
  ),
  line(t(summary(pieces)), t(chainWords(verdict), 300)),
  ...bullets(
    some(pieces, { lines: 15, letters: Math.floor(10_000 / among) }, (piece) =>
      pieceLine(piece, place),
    ),
  ),
];

const pieceLine = (
  { name, key, sha256, size, at, by, note, standing }: Piece,
  place: ((key: string) => string) | undefined,
) =>
  line(
    code(name, 120),
    t(`${size.toLocaleString('en')} bytes`),
    ...(at ? [t('·'), moment(at)] : []),
    ...(by ? [t(`by ${by}`, 80)] : []),
    t(`· ${words[standing]} · SHA-256`),
    code(sha256, 64),
    ...(note ? [t(`– ${note}`, 240)] : []),
    ...(place ? [code(place(key), 240)] : []),
  );

const summary = (pieces: readonly Piece[]): string => {
  const right = pieces.filter(({ standing }) => standing === 'holds').length;
  if (pieces.length === 0) return 'Nothing was kept.';
  return right === pieces.length
    ? `All ${right} pieces are as they were kept`
    : `⚠️ ${right} of ${pieces.length} pieces are as they were kept`;
};

const chainWords = (verdict: Verdict): string =>
  verdict.ok
    ? '· the audit trail that vouches for them holds ✓'
    : `· ⚠️ the audit trail is broken at link ${verdict.seq}: ${verdict.because}`;
