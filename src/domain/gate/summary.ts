import { hash } from '../canonical';
import type { Counts, Summary } from './run';
import type { Judged } from './verdict';

const none: Summary = {
  hash: '',
  severities: { low: 0, medium: 0, high: 0 },
  detected: [],
  unproven: [],
  largest: [],
};

const most = { detected: 12, unproven: 12, largest: 5 };
/** While batches are added, more is kept, so that what is rare in each and frequent in all is not lost. */
const mostMeanwhile = 200;

export const isHeld = ({ staged, verdict }: Judged): boolean =>
  staged !== undefined && verdict.kind !== 'clean';

/** The summary after one more batch. Its hash covers all verdicts so far, in order. */
export const summarise = (before: Summary | undefined, batch: readonly Judged[]): Summary => {
  const { hash: previous, ...sums } = before ?? none;
  const severities = { ...sums.severities };
  const detected = new Map(sums.detected.map((each) => [each.type, { ...each }]));
  const unproven = new Map(sums.unproven.map((each) => [each.because, { ...each }]));
  for (const { verdict } of batch) {
    if (verdict.kind === 'sensitive') severities[verdict.severity] += 1;
    if ('detected' in verdict)
      for (const { type, count } of verdict.detected) {
        const sum = detected.get(type) ?? { type, count: 0, objects: 0 };
        detected.set(type, { type, count: sum.count + count, objects: sum.objects + 1 });
      }
    if (verdict.kind === 'unproven') {
      const because = verdict.code ? `${verdict.because}: ${verdict.code}` : verdict.because;
      const sum = unproven.get(because) ?? { because, objects: 0 };
      unproven.set(because, { because, objects: sum.objects + 1 });
    }
  }
  const held = batch.filter(isHeld).map(({ raw: { key }, size }) => ({ key, size }));
  return {
    hash: hash({ previous, batch: batch.map(({ ref, raw, verdict }) => ({ ref, raw, verdict })) }),
    severities,
    detected: [...detected.values()]
      .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
      .slice(0, mostMeanwhile),
    unproven: [...unproven.values()]
      .sort((a, b) => b.objects - a.objects || (a.because < b.because ? -1 : 1))
      .slice(0, mostMeanwhile),
    largest: [...sums.largest, ...held].sort((a, b) => b.size - a.size).slice(0, most.largest),
  };
};

/** As the card shows it, once all batches are added. */
export const shortened = (summary: Summary): Summary => ({
  ...summary,
  detected: summary.detected.slice(0, most.detected),
  unproven: summary.unproven.slice(0, most.unproven),
});

/** Counts after one more batch of verdicts; what is still in the raw bucket is counted as left, not as held. */
export const counting = (counts: Counts, batch: readonly Judged[]): Counts => {
  const of = (kind: Judged['verdict']['kind']): number =>
    batch.filter(({ staged, verdict }) => staged && verdict.kind === kind).length;
  return {
    ...counts,
    clean: counts.clean + of('clean'),
    sensitive: counts.sensitive + of('sensitive'),
    suppressed: counts.suppressed + of('suppressed'),
    unproven: counts.unproven + of('unproven'),
  };
};
