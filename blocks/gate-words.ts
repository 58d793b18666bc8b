import type { RichTextSection } from '@slack/types';
import type { Fate } from '../src/domain/gate/decision';
import type { GateRun, Start } from '../src/domain/gate/run';
import type { GateSeverity, Held, Verdict } from '../src/domain/gate/verdict';
import { severitySign } from './case-view';
import { bold, clean, code, line, person, t, type Leaf } from './parts';

/** Word and sign together, so that no state is told by a sign alone. */
export const stateWords: Record<GateRun['status']['state'], { sign: string; says: string }> = {
  staging: { sign: '📦', says: 'objects are taken in' },
  scanning: { sign: '🔎', says: 'Macie reads them' },
  settling: { sign: '🔎', says: 'Macie is done; its results settle' },
  judging: { sign: '⚖️', says: 'each object gets its verdict' },
  moving: { sign: '🚚', says: 'clean objects are released' },
  review: { sign: '⏳', says: 'held objects wait for people' },
  expired: { sign: '⌛', says: 'nobody decided in time; objects stay held' },
  done: { sign: '✅', says: 'over' },
  aborting: { sign: '✖️', says: 'aborting; objects return to the raw bucket' },
  aborted: { sign: '✖️', says: 'aborted; objects are back in the raw bucket' },
  held: { sign: '🛑', says: 'stopped; it needs a person' },
};

const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1 byte`, `830 bytes`, `1.2 GB`: in thousands, as S3 bills. */
export const sizeOf = (bytes: number): string => {
  if (bytes === 1) return '1 byte';
  let [left, unit] = [bytes, 0];
  while (left >= 999.5 && unit < units.length - 1) {
    left /= 1000;
    unit += 1;
  }
  return `${unit === 0 || left >= 99.95 ? Math.round(left) : Number(left.toFixed(1))} ${units[unit]}`;
};

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const startedBy = (start: Start): Leaf[] => {
  switch (start.kind) {
    case 'schedule':
      return [t('started by its schedule')];
    case 'uploads':
      return [t('started by uploads')];
    case 'manifest':
      return [t('started by the manifest'), code(start.key, 150)];
    case 'person':
      return [t('started by'), person(start.id, start.name)];
  }
};

export const keysOf = ({ prefix }: Pick<GateRun, 'prefix'>): Leaf[] =>
  prefix === '' ? [t('all keys')] : [t('keys that begin with'), code(prefix, 150)];

/** What a severity looks like. */
export const signOf = (severity: GateSeverity): string => severitySign[severity];

/** One word for a verdict, with its sign. */
export const verdictWord = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'clean':
      return '✅ clean';
    case 'sensitive':
      return `${signOf(verdict.severity)} ${verdict.severity}`;
    case 'suppressed':
      return '🔕 suppressed';
    case 'unproven':
      return '❔ unproven';
  }
};

/** What was found and how often, or why nobody knows. */
export const whyWords = (verdict: Verdict, most = 4): string => {
  if (verdict.kind === 'clean') return 'nothing was found';
  if (verdict.kind === 'unproven')
    return verdict.code ? `${verdict.because} (${clean(verdict.code, 60)})` : verdict.because;
  const shown = verdict.detected
    .slice(0, most)
    .map(({ type, count: n }) => `${clean(type, 60)} × ${n.toLocaleString('en')}`);
  const more = verdict.detected.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ') || 'not told what';
};

export const fateWords = (fate: Fate): string => {
  switch (fate.kind) {
    case 'open':
      return fate.of > 1 ? `${fate.yes} of ${fate.of} yeses` : 'undecided';
    case 'release':
      return `yes by ${clean(fate.by, 80)}${fate.falsePositive ? ' (false positive)' : ''}`;
    case 'keep out':
      return `no by ${clean(fate.by, 80)}`;
    case 'delete':
      return `to be deleted, by ${clean(fate.by, 80)}`;
  }
};

/** A held object as lists show it: where it lay, how big it is, what is in it, and what people said so far. */
export const heldLine = (held: Held, fate: Fate): RichTextSection =>
  line(
    code(held.key, 220),
    t(`${sizeOf(held.size)} ·`),
    bold(verdictWord(held.verdict)),
    t(`· ${whyWords(held.verdict)}`, 330),
    t(`· ${held.end ?? fateWords(fate)}`, 140),
  );
