import { judge, type Known } from '../../../src/domain/gate/judge';
import { objectRef, type Taken } from '../../../src/domain/gate/object';
import type { Found, Proof } from '../../../src/domain/gate/verdict';

const taken: Taken = {
  ref: objectRef(1, 0),
  raw: { key: 'in/a.csv', versionId: 'r1', etag: '"e1"' },
  size: 10,
  modified: '2026-03-01T12:00:00.000Z',
};
const version = { key: 'gate-x/000001/in/a.csv', versionId: 's1', etag: '"e1"' };
const proof = (more: Partial<Proof> = {}): Proof => ({
  staged: version.key,
  versionId: 's1',
  status: 'COMPLETE',
  detected: [],
  from: 'results/1.jsonl.gz',
  ...more,
});
const found = (more: Partial<Found> = {}): Found => ({
  id: 'f1',
  staged: version.key,
  versionId: 's1',
  severity: 'medium',
  archived: false,
  detected: [{ type: 'CREDIT_CARD_NUMBER', count: 2 }],
  ...more,
});
const verdictOf = (more: Partial<Known>) =>
  judge({ taken, staged: { version }, proofs: [], found: [], ...more }).verdict;
const unproven = (because: string, code?: string) => ({
  kind: 'unproven',
  because,
  ...(code && { code }),
});

describe('the verdict of one object', () => {
  it('D3: is clean only by a complete result of exactly this version that found nothing', () => {
    expect(verdictOf({ proofs: [proof()] })).toEqual({
      kind: 'clean',
      proof: 'results/1.jsonl.gz',
    });
    const byETag = { staged: version.key, etag: 'e1', status: 'COMPLETE' } as const;
    expect(verdictOf({ proofs: [{ ...byETag, detected: [], from: 'x' }] }).kind).toBe('clean');
    expect(verdictOf({})).toEqual(unproven('no result'));
    const skipped = proof({ status: 'SKIPPED', code: 'UNSUPPORTED_FILE_TYPE' });
    expect(verdictOf({ proofs: [skipped] })).toEqual(unproven('skipped', 'UNSUPPORTED_FILE_TYPE'));
    const partial = proof({ status: 'PARTIAL', code: 'x'.repeat(300) });
    expect(verdictOf({ proofs: [partial] })).toEqual(unproven('read in part', 'x'.repeat(100)));
    expect(verdictOf({ proofs: [proof({ status: 'UNKNOWN' })] })).toEqual(unproven('no result'));
  });

  it('D3: is not clean where one of two results is not complete', () => {
    const both = [proof(), proof({ status: 'PARTIAL', code: 'TOO_LARGE' })];
    expect(verdictOf({ proofs: both })).toEqual(unproven('read in part', 'TOO_LARGE'));
  });

  it('D2: is unproven whatever results say where the scan as a whole failed, and still sensitive', () => {
    const failed = 'ERROR';
    expect(verdictOf({ proofs: [proof()], failed })).toEqual(unproven('scan failed', 'ERROR'));
    expect(verdictOf({ found: [found()], failed }).kind).toBe('sensitive');
  });

  it('D26: is unproven where results and findings are of other bytes', () => {
    for (const other of [{ versionId: 's0' }, { etag: 'e0' }, { versionId: 's0', etag: 'e1' }]) {
      expect(verdictOf({ proofs: [proof(other)] })).toEqual(unproven('changed since'));
      expect(verdictOf({ found: [found(other)] })).toEqual(unproven('changed since'));
    }
    const mute = { staged: version.key, status: 'COMPLETE', detected: [], from: 'x' } as const;
    expect(verdictOf({ proofs: [mute] })).toEqual(unproven('changed since'));
  });

  it('is unproven where it could not be staged, in the words of S3', () => {
    const judged = judge({ taken, staged: { refused: 'AccessDenied' }, proofs: [], found: [] });
    expect(judged.verdict).toEqual(unproven('not staged', 'AccessDenied'));
    expect(judged.staged).toBeUndefined();
    expect(verdictOf({ staged: undefined })).toEqual(unproven('not staged', 'not copied'));
  });

  it('is sensitive by its worst finding, with all kinds counted, most frequent first', () => {
    const two = [
      found({ severity: 'low', detected: [{ type: 'NAME', count: 9 }] }),
      found({ id: 'f2', severity: 'high' }),
      found({ id: 'f2', severity: 'high' }),
    ];
    expect(verdictOf({ found: two })).toEqual({
      kind: 'sensitive',
      severity: 'high',
      detected: [
        { type: 'NAME', count: 9 },
        { type: 'CREDIT_CARD_NUMBER', count: 2 },
      ],
      findings: ['f1', 'f2'],
    });
    const mute = { staged: version.key, id: 'f3', severity: 'low', archived: false } as const;
    expect(verdictOf({ found: [{ ...mute, detected: [] }] }).kind).toBe('sensitive');
  });

  it('orders kinds that are as frequent by name', () => {
    const detected = ['B', 'A', 'C'].map((type) => ({ type, count: 1 }));
    const verdict = verdictOf({ found: [found({ detected })] });
    expect('detected' in verdict && verdict.detected.map(({ type }) => type).join('')).toBe('ABC');
  });

  it('D4: is suppressed where all findings are archived, and only for what they name', () => {
    const archived = found({ archived: true });
    const same = proof({ detected: archived.detected });
    expect(verdictOf({ found: [archived], proofs: [same] })).toMatchObject({
      kind: 'suppressed',
      severity: 'medium',
    });
    const more = proof({ detected: [...archived.detected, { type: 'SSN', count: 1 }] });
    expect(verdictOf({ found: [archived], proofs: [more] })).toMatchObject({
      kind: 'sensitive',
      severity: 'high',
    });
    const open = found({ id: 'f2', severity: 'low' });
    expect(verdictOf({ found: [archived, open] })).toMatchObject({
      kind: 'sensitive',
      severity: 'low',
    });
  });

  it('is sensitive where the result found something that no finding tells of: findings are capped', () => {
    const capped = proof({ detected: [{ type: 'SSN', count: 4 }] });
    expect(verdictOf({ proofs: [capped] })).toEqual({
      kind: 'sensitive',
      severity: 'high',
      detected: [{ type: 'SSN', count: 4 }],
      findings: [],
    });
  });
});
