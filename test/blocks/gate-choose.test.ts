import { chooseModal, type HeldPage } from '../../blocks/gate-choose';
import { noFilter } from '../../src/domain/gate/filter';
import { aHeld, aRun, runId, statuses } from './support/gate';
import { buttonsOf, parts, words } from './support/reading';

const channel = 'C0ALERTS';

describe('the window in which some are decided', () => {
  const page = (more: Partial<HeldPage> = {}): HeldPage => ({
    run: aRun(),
    filter: noFilter,
    rows: [
      { held: aHeld(0), fate: { kind: 'open', yes: 1, of: 2 } },
      {
        held: aHeld(1, { end: 'released' }),
        fate: { kind: 'release', by: 'Ann', falsePositive: true },
      },
    ],
    ...more,
  });

  it('shows what is known of each object and what was said of it', () => {
    const said = words(chooseModal(page(), channel, false));

    expect(said).toContain(
      'in/file-0.csv 1 KB · 🔴 high · CREDIT_CARD_NUMBER × 120 · 1 of 2 yeses',
    );
    expect(said).toContain('in/file-1.csv 2 KB · 🔴 high · CREDIT_CARD_NUMBER × 120 · released');
  });

  it('D8: lets tick those that are open, and no others', () => {
    const [ticks] = parts(chooseModal(page(), channel, false)).filter(
      ({ action_id }) => action_id === 'refs',
    );
    expect(parts(ticks).flatMap(({ value }) => (value === undefined ? [] : [value]))).toEqual([
      '000001-0000',
    ]);
  });

  it('offers deletion only where the policy allows it', () => {
    expect(words(chooseModal(page(), channel, false))).not.toContain('Delete for good');
    expect(words(chooseModal(page(), channel, true))).toContain('Delete for good');
  });

  it('has no form where nothing is open, or nobody may decide any more', () => {
    const { rows } = page();
    expect(chooseModal(page({ rows: rows.slice(1) }), channel, false).submit).toBeUndefined();
    const expired = aRun({ status: statuses.expired });
    expect(chooseModal(page({ run: expired }), channel, false).submit).toBeUndefined();
  });

  it('turns its pages with the filter kept', () => {
    const view = chooseModal(page({ at: '000001-0009', next: '000001-0019' }), channel, false);

    expect(buttonsOf(view.blocks)).toEqual(['⏮ First page', 'Next page ▶']);
    const [, next] = parts(view).filter(({ type }) => type === 'button');
    expect(JSON.parse(String(next!['value']))).toEqual({
      run: runId,
      act: 'choose',
      channel,
      filter: 'oa',
      at: '000001-0019',
    });
  });
});
