import fc from 'fast-check';
import type { GateDecision } from '../../../src/domain/gate/decision';
import { objectRef } from '../../../src/domain/gate/object';
import { GateRun, noCounts, type Status, type Summary } from '../../../src/domain/gate/run';
import {
  severities,
  unprovenBecause,
  type Held,
  type Verdict,
} from '../../../src/domain/gate/verdict';
import { aPolicy, policyText } from '../../support/builders';
import { ann, rita } from '../../support/people';
import { text } from './arbitraries';

export const runId = 'gate-0mhz5k3q1abcdefghijk';
export const at = '2026-03-02T03:04:05.000Z';
export const until = '2026-03-07T03:04:05.000Z';
export const job = '0123456789abcdef0123456789abcdef';

/** A policy with a gate; approvers are a group and a person, as the known ones of the tests of blocks are. */
export const gatePolicy = (gate: object = {}) =>
  aPolicy({
    roles: { ...policyText.roles, approver: { groups: ['S0APPROVERS'], users: ['U0ABE'] } },
    gate: { channel: 'C0ALERTS', ...gate },
  });

const because = 'Macie was cancelled';
/** One status of each state. */
export const statuses: { [S in Status['state']]: Extract<Status, { state: S }> } = {
  staging: { state: 'staging', batch: 2 },
  scanning: { state: 'scanning', job, since: at, looks: 3, said: 'RUNNING', left: 1200 },
  settling: { state: 'settling', job, since: at, looks: 1 },
  judging: { state: 'judging', job, sorted: true, batch: 2 },
  moving: { state: 'moving', batch: 3 },
  review: { state: 'review', until, reminded: 1 },
  expired: { state: 'expired', at },
  done: { state: 'done', at },
  aborting: { state: 'aborting', job, by: { id: ann.id, name: ann.name }, batch: 1 },
  aborted: { state: 'aborted', at },
  held: {
    state: 'held',
    because,
    at,
    from: 'scanning',
    was: { state: 'scanning', job, since: at, looks: 1 },
  },
};
export const states = Object.keys(statuses) as Status['state'][];

export const summary: Summary = {
  hash: 'b'.repeat(64),
  severities: { high: 2, medium: 1, low: 0 },
  detected: [
    { type: 'CREDIT_CARD_NUMBER', count: 120, objects: 2 },
    { type: 'EMAIL_ADDRESS', count: 30, objects: 1 },
  ],
  unproven: [{ because: 'skipped: UNSUPPORTED_FILE_TYPE_EXCEPTION', objects: 1 }],
  largest: [{ key: 'in/cards.csv', size: 1_250_000 }],
};

export const aRun = (more: Partial<GateRun> = {}): GateRun =>
  GateRun.parse({
    id: runId,
    channel: 'C0ALERTS',
    prefix: 'in/',
    start: { kind: 'person', id: rita.id, name: rita.name },
    startedAt: at,
    movedAt: at,
    status: statuses.review,
    batches: 3,
    counts: {
      ...noCounts,
      taken: 12,
      bytes: 3_400_000,
      clean: 8,
      sensitive: 3,
      unproven: 1,
      released: 8,
    },
    summary,
    decisions: 1,
    carried: 0,
    version: 7,
    ...more,
  });

export const sensitive = (
  more: Partial<Extract<Verdict, { kind: 'sensitive' }>> = {},
): Verdict => ({
  kind: 'sensitive',
  severity: 'high',
  detected: [{ type: 'CREDIT_CARD_NUMBER', count: 120 }],
  findings: ['finding-1'],
  ...more,
});

export const aHeld = (place: number, more: Partial<Held> = {}): Held => {
  const key = more.key ?? `in/file-${place}.csv`;
  const staged = `${runId}/000001/${key}`;
  return {
    ref: objectRef(1, place),
    key,
    size: 1000 * (place + 1),
    modified: at,
    held: { key: staged, versionId: `v${place}`, etag: 'e' },
    staged: { key: staged, versionId: `s${place}`, etag: 'e' },
    verdict: sensitive(),
    ...more,
  };
};

export const aDecision = (more: Partial<GateDecision> = {}): GateDecision => ({
  number: 1,
  verdict: 'approve',
  scope: { kind: 'all' },
  reason: 'test data',
  by: { id: ann.id, name: ann.name },
  at,
  ...more,
});

const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000_000 }));
const upTo = <T>(one: fc.Arbitrary<T>, max: number) =>
  fc.oneof(fc.array(one, { maxLength: 2 }), fc.array(one, { minLength: max, maxLength: max }));
const word = text.map((each) => each.slice(0, 500).toWellFormed());

const anySummary: fc.Arbitrary<Summary> = fc.record({
  hash: fc.constant('c'.repeat(64)),
  severities: fc.record({ high: count, medium: count, low: count }),
  // While batches are added there are more than the card shows.
  detected: upTo(fc.record({ type: word, count, objects: count }), 200),
  unproven: upTo(fc.record({ because: word, objects: count }), 200),
  largest: upTo(fc.record({ key: text, size: count }), 5),
});

const anyStatus: fc.Arbitrary<Status> = fc
  .record({
    state: fc.constantFrom(...states),
    word,
    left: count,
    said: fc.constantFrom('PAUSED', 'USER_PAUSED', ''),
  })
  .map(({ state, word: some, left, said }): Status => {
    const status = statuses[state];
    switch (status.state) {
      case 'scanning':
        return { ...status, left, said: said || some };
      case 'aborting':
        return { ...status, by: { id: ann.id, name: some } };
      case 'held':
        return { ...status, because: some };
      default:
        return status;
    }
  });

const anyStart: fc.Arbitrary<GateRun['start']> = fc.oneof(
  fc.constantFrom<GateRun['start']>({ kind: 'schedule' }, { kind: 'uploads' }),
  text.map((key) => ({ kind: 'manifest' as const, key })),
  text.map((name) => ({ kind: 'person' as const, id: rita.id, name })),
);

export const run: fc.Arbitrary<GateRun> = fc
  .record({
    prefix: text,
    start: anyStart,
    status: anyStatus,
    counts: fc.record({
      taken: count,
      bytes: count,
      overwritten: count,
      left: count,
      clean: count,
      sensitive: count,
      suppressed: count,
      unproven: count,
      released: count,
      keptOut: count,
      deleted: count,
      outdated: count,
      returned: count,
    }),
    summary: fc.option(anySummary),
    decisions: count,
  })
  .map(({ summary: some, ...more }) => {
    const { summary: _, ...bare } = aRun();
    return { ...bare, ...more, ...(some && { summary: some }) };
  });

const found = fc.record({
  severity: fc.constantFrom(...severities),
  detected: upTo(fc.record({ type: word, count }), 20),
  findings: fc.array(fc.constant('finding-1'), { maxLength: 5 }),
});
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  found.map((each) => ({ kind: 'sensitive' as const, ...each })),
  found.map((each) => ({ kind: 'suppressed' as const, ...each })),
  fc
    .record({ because: fc.constantFrom(...unprovenBecause), code: text })
    .map((each) => ({ kind: 'unproven' as const, ...each })),
);

/** Held objects with distinct refs and hostile keys. */
export const helds: fc.Arbitrary<Held[]> = fc
  .array(
    fc.record({
      key: text,
      size: count,
      verdict,
      end: fc.option(fc.constantFrom('released' as const, 'kept out' as const)),
    }),
    { maxLength: 10 },
  )
  .map((all) =>
    all.map(({ end, ...each }, place) => ({ ...aHeld(place), ...each, ...(end && { end }) })),
  );
