import fc from 'fast-check';
import { spans, type Sample } from '../../../src/domain/measure';
import { outcomes } from '../../../src/domain/outcome-name';
import { severities } from '../../../src/domain/finding';
import { summary, type Stats } from '../../../src/domain/stats';
import { text } from './arbitraries';

/** Twelve weeks to 2 March 2026 in which everything happens, and faster every week. */
export const samples = (): Sample[] =>
  Array.from({ length: 84 }, (_, day): Sample => {
    const by = {
      severity: severities[day % severities.length]!,
      account: day % 3 === 0 ? '111122223333' : '444455556666',
      playbook: 'close-ec2-admin-ports',
    };
    return {
      at: new Date(Date.parse('2025-12-09T00:00:00.000Z') + day * 86_400_000).toISOString(),
      measures: [
        { kind: 'time', span: 'acknowledge', seconds: 60 + day, by },
        { kind: 'time', span: 'decide', seconds: 9_000 - 100 * day, by },
        { kind: 'time', span: 'fulfil', seconds: 9_100 - 100 * day, by },
        { kind: 'time', span: 'remediate', seconds: 180_000 - 2_000 * day, by },
        { kind: 'outcome', outcome: outcomes[day % outcomes.length]!, by },
      ],
    };
  });

/** Numbers of any size, of accounts with any name. */
export const stats: fc.Arbitrary<Stats> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 90 }),
      span: fc.constantFrom(...spans),
      seconds: fc.nat(4e8),
      outcome: fc.constantFrom(...outcomes),
      severity: fc.constantFrom(...severities),
      account: text,
    }),
    { maxLength: 200 },
  )
  .map((all) => {
    const now = new Date('2026-03-02T09:00:00.000Z');
    const some = all.map(({ day, span, seconds, outcome, ...by }): Sample => ({
      at: new Date(now.getTime() - day * 86_400_000).toISOString(),
      measures: [
        { kind: 'time', span, seconds, by },
        { kind: 'outcome', outcome, by },
      ],
    }));
    return summary(some, now);
  });
