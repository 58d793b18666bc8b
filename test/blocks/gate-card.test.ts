import fc from 'fast-check';
import { gateCard } from '../../blocks/gate-card';
import { letters } from '../../blocks/parts';
import { validateMessage } from '../../sandbox/slack/validate';
import { noCounts, type GateRun, type Status } from '../../src/domain/gate/run';
import { rita } from '../support/people';
import { aRun, gatePolicy, job, run, runId, states, statuses } from './support/gate';
import { expectInert, expectPressable, expectReadable } from './support/lawful';
import { buttonsOf, parts, words } from './support/reading';

const policy = gatePolicy();
const card = (status: Status, more: Partial<GateRun> = {}) =>
  gateCard(aRun({ status, ...more }), policy);

describe('the card of a gate run', () => {
  it('D38: says what was found, how grave it is, how much, why not proven, and what is largest', () => {
    const { text, blocks } = card(statuses.review);
    const said = words(blocks);

    expect(said).toContain('⏳ Data gate: held objects wait for people');
    expect(said).toContain(runId);
    expect(said).toContain('keys that begin with in/');
    expect(said).toContain('✅ 8 clean · 🔴 3 sensitive · 🔕 0 suppressed · ❔ 1 unproven');
    expect(said).toContain('🔴 2 high · 🟠 1 medium');
    expect(said).toContain('CREDIT_CARD_NUMBER 120 times in 2 objects');
    expect(said).toContain('skipped: UNSUPPORTED_FILE_TYPE_EXCEPTION: 1 object');
    expect(said).toContain('in/cards.csv 1.3 MB');
    expect(said).toContain('8 released');
    expect(text).toContain('12 objects · ✅ 8 clean');
    expect(text).toContain(runId);
  });

  it('mentions who started it, and says by what it was started otherwise', () => {
    expect(parts(card(statuses.done).blocks)).toContainEqual({ type: 'user', user_id: rita.id });
    const by = (start: GateRun['start']) => words(card(statuses.done, { start }).blocks);
    expect(by({ kind: 'schedule' })).toContain('started by its schedule');
    expect(by({ kind: 'uploads' })).toContain('started by uploads');
    expect(by({ kind: 'manifest', key: 'in/_DONE' })).toContain('the manifest in/_DONE');
  });

  it.each<[Status['state'], string]>([
    ['staging', '12 objects, 3.4 MB taken so far, batch 2'],
    ['scanning', 'RUNNING, about 1,200 objects left, looked 3 times'],
    ['settling', 'until two counts of Macie’s findings agree'],
    ['judging', 'batch 2 of 3'],
    ['moving', 'batch 3 of 3'],
    ['review', '1 decision, 0 carried out · reminded 1 time'],
    ['expired', 'the time to decide ended'],
    ['done', 'over since'],
    ['aborting', '12 objects, 3.4 MB · by'],
    ['held', 'stopped while scanning: Macie was cancelled'],
  ])('says how far it is when it is %s', (state, expected) => {
    expect(words(card(statuses[state]).blocks)).toContain(expected);
  });

  it.each(['PAUSED', 'USER_PAUSED'])('tells that the job is %s, and what helps', (said) => {
    const status = { ...statuses.scanning, said };

    expect(words(card(status).blocks)).toMatch(/⏸️ \w*PAUSED, about 1,200 objects left: .+\./);
  });

  it.each<[Status['state'], string[]]>([
    ['staging', ['Abort…']],
    ['scanning', ['Abort…']],
    ['settling', ['Abort…']],
    ['judging', ['Abort…']],
    ['moving', []],
    ['review', ['Approve all…', 'Deny all…', 'Choose…', 'Samples…']],
    ['expired', ['Review again', 'Choose…']],
    ['done', ['Run again']],
    ['aborting', []],
    ['aborted', ['Run again']],
    ['held', ['Resume', 'Abort…']],
  ])('offers when it is %s: %j', (state, expected) => {
    expect(buttonsOf(card(statuses[state]).blocks)).toEqual(expected);
  });

  it('says how many still wait, as long as people can do something about it', () => {
    const counts = { ...aRun().counts, clean: 7, sensitive: 8, suppressed: 0, unproven: 2 };
    const some = { ...counts, released: 8, keptOut: 2, deleted: 0, outdated: 0 };
    expect(words(card(statuses.review, { counts: some }).blocks)).toContain('7 held · 8 released');
    expect(words(card(statuses.done, { counts: some }).blocks)).not.toContain('held ·');
  });

  it('leads to the job in Macie once there is one, also when the run is over', () => {
    for (const state of states)
      expect(buttonsOf(gateCard(aRun({ status: statuses[state], job }), policy).blocks)).toContain(
        'Open in Macie',
      );
  });

  it('offers deletion only where the policy allows it, and samples only where something was found', () => {
    const deleting = gateCard(aRun(), gatePolicy({ deletion: true }));
    expect(buttonsOf(deleting.blocks)).toContain('Delete all…');
    const { summary, ...unread } = aRun();
    const none = { ...summary!, severities: { high: 0, medium: 0, low: 0 } };
    expect(buttonsOf(gateCard({ ...unread, summary: none }, policy).blocks)).not.toContain(
      'Samples…',
    );
  });

  it('D34: no link of it acts: the one it has opens the console', () => {
    const urls = states.flatMap((state) =>
      parts(gateCard(aRun({ status: statuses[state], job }), policy).blocks).flatMap(({ url }) =>
        url === undefined ? [] : [url],
      ),
    );

    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls)
      expect(url).toBe(
        `https://us-east-1.console.aws.amazon.com/macie/home?region=us-east-1#findings?tab=job&search=classificationDetails.jobId%3D${job}&macros=current`,
      );
  });

  it('D36: carries no token: its buttons name the run and what is wanted, no more', () => {
    for (const state of states)
      for (const { value } of parts(card(statuses[state]).blocks).filter(({ value }) => value))
        expect(Object.keys(JSON.parse(String(value)) as object).sort()).toEqual(['act', 'run']);
  });

  it('tells what it left in the raw bucket and what had been written over', () => {
    const counts = { ...noCounts, taken: 3, overwritten: 2, left: 1 };
    const said = words(card(statuses.done, { counts }).blocks);

    expect(said).toContain('2 older versions had been written over: in quarantine.');
    expect(said).toContain('1 object stayed in the raw bucket');
  });

  it('is taken by Slack whatever keys, names and reasons are, as a message and as an update', () => {
    fc.assert(
      fc.property(run, (any) => {
        const shown = gateCard(any, gatePolicy({ deletion: true }));
        expect(validateMessage({ ...shown })).toEqual([]);
        expect(validateMessage({ ...shown }, 'chat.update')).toEqual([]);
        expect(letters(shown.blocks)).toBeLessThan(12_000);
        expectInert(shown.blocks);
        expectReadable(shown.blocks);
        expectPressable(shown.blocks);
      }),
      { numRuns: 200 },
    );
  });
});
