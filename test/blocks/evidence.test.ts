import fc from 'fast-check';
import { evidenceAnswer } from '../../blocks/evidence';
import { letters } from '../../blocks/parts';
import type { Piece, Standing } from '../../src/app/evidence';
import { validateMessage } from '../../sandbox/slack/validate';
import { remediation as anyRemediation, text } from './support/arbitraries';
import { parts, words } from './support/reading';
import { remediation } from './support/samples';

const piece = (more: Partial<Piece> = {}): Piece => ({
  run: 'rem-0000000000/0',
  name: 'metadata.json',
  key: 'evidence/rem-0000000000/0-metadata.json',
  version: 'v1',
  sha256: 'a'.repeat(64),
  size: 12_345,
  at: '2026-03-01T12:00:05.000Z',
  by: 'Rita',
  note: '',
  standing: 'holds',
  ...more,
});
const whole = { ok: true, links: 9, head: 'x' } as const;
const shown = (...pieces: Piece[]) => ({ remediation: remediation(), pieces, verdict: whole });
const said = (...pieces: Piece[]): string =>
  words(evidenceAnswer('i-1', [shown(...pieces)], 0).blocks);

describe('evidence, shown', () => {
  it('has its name, size, whole hash, time, person, and how it stands', () => {
    const line = said(piece({ note: 'unknown: userData' }));
    expect(line).toContain('metadata.json 12,345 bytes ·');
    expect(line).toContain(`by Rita · ✅ as it was kept · SHA-256 ${'a'.repeat(64)}`);
    expect(line).toContain('– unknown: userData');
    expect(line).toContain('All 1 pieces are as they were kept');
    expect(line).toContain('the audit trail that vouches for them holds ✓');
  });

  it.each<[Standing, string]>([
    ['covered', '⚠️ written over or deleted since'],
    ['changed', '⚠️ its bytes are not those that were kept'],
    ['gone', '⚠️ gone'],
    ['unvouched', '❔ the audit trail does not speak of it'],
    ['unknown', '❔ could not be checked'],
  ])('that is %s says so, also in the sum', (standing, words) => {
    const line = said(piece(), piece({ standing }));
    expect(line).toContain(words);
    expect(line).toContain('⚠️ 1 of 2 pieces are as they were kept');
  });

  it('that is none says so', () => {
    expect(said()).toContain('Nothing was kept.');
  });

  it('without a time or a person leaves them out', () => {
    expect(said(piece({ at: '', by: '' }))).toContain('12,345 bytes · ✅');
  });

  it('is loud about a broken trail', () => {
    const verdict = { ok: false, seq: 3, because: 'link 3 was altered' } as const;
    const { blocks } = evidenceAnswer('i-1', [{ ...shown(piece()), verdict }], 1);
    expect(words(blocks)).toContain('⚠️ the audit trail is broken at link 3: link 3 was altered');
    expect(words(blocks)).toContain('and 1 earlier case');
  });

  it('tells where it stands to those who may know, and to nobody else', () => {
    const place = (key: string) => `s3://bucket/${key}`;
    const { blocks } = evidenceAnswer('i-1', [shown(piece())], 2, place);
    expect(words(blocks)).toContain('s3://bucket/evidence/rem-0000000000/0-metadata.json');
    expect(words(blocks)).toContain('and 2 earlier cases');
    expect(said(piece())).not.toContain('s3://');
  });

  it('fits into a message whatever stands in names and notes, and has no live markup (laws 11, 15)', () => {
    const any = fc
      .record({ name: text, note: text, by: text, key: text })
      .map((some): Piece => ({ ...piece(), ...some }));
    const each = fc.record({
      remediation: anyRemediation,
      pieces: fc.array(any, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(each, { maxLength: 3 }), text, (all, of) => {
        const told = all.map((one) => ({ ...one, verdict: whole }));
        const message = evidenceAnswer(of, told, 4, (key) => `s3://bucket/${key}`);
        expect(validateMessage(message, 'chat.postEphemeral')).toEqual([]);
        expect(letters(message.blocks)).toBeLessThanOrEqual(12_000);
        expect(parts(message.blocks).filter(({ type }) => type === 'mrkdwn')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
