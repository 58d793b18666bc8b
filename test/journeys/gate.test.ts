import { fillRaw, lake, type LakeFile } from '../../sandbox/estate';
import type { Choices } from '../../sandbox/slack/driver';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { words } from '../blocks/support/reading';
import {
  bucketOf,
  choose,
  decideAll,
  gateChannel,
  keysIn,
  makeRule,
  objectIn,
  pressGate,
  pressIn,
  runGate,
  runOutOfTime,
  sendForm,
  threadOf,
  untilRun,
  type Bucket,
} from './gate-road';
import { beyond, idle, isOfGate } from './granted';
import { invoke, openWorld, security, until, untilForm } from './road';

jest.setTimeout(600_000);

const sorted = (files: readonly LakeFile[]) => files.map(({ key }) => key).sort();
const are = (...kinds: string[]) => sorted(lake.filter(({ is }) => kinds.includes(is)));
const below = (prefix: string) => lake.map((file) => ({ ...file, key: `${prefix}${file.key}` }));
const [card = lake[0]!] = lake.filter(({ is }) => is === 'sensitive');
const waiting = 'held objects wait for people';
const mark = 'SensitiveDataFound';

/** Files of all kinds through the gate, decided by people. */
describe('the data gate', () => {
  let world: World;
  let run: string;

  const fill = (files: readonly LakeFile[]) =>
    fillRaw(asAccount(world.urls.edge, security), bucketOf(world, 'Raw'), files);
  const one = (bucket: Bucket, key: string) => objectIn(world, bucket, key);
  const started = async (files: readonly LakeFile[], prefix: string): Promise<string> => {
    await fill(files);
    return runGate(world, prefix);
  };

  beforeAll(async () => {
    world = await openWorld(false);
    await fill(lake);
  }, 600_000);

  afterAll(() => world?.close(), 30_000);

  it('takes nothing for people who may not ask', async () => {
    await expect(runGate(world, '', 'U0OWEN')).rejects.toThrow(/no run began/);
    expect(await keysIn(world, 'Raw')).toEqual(sorted(lake));
  });

  it('releases what is proven clean, with all that it had, and holds the rest', async () => {
    run = await runGate(world);
    const { blocks } = await untilRun(world, run, waiting);

    expect(await keysIn(world, 'Raw')).toEqual([]);
    expect(await keysIn(world, 'Released')).toEqual(are('clean'));
    expect(await keysIn(world, 'Review')).toEqual(are('sensitive', 'unproven'));
    expect(await one('Released', 'catalogue/products.csv')).toMatchObject({
      tags: { team: 'catalogue', class: 'public', 'drawbridge:object': expect.stringMatching(run) },
      metadata: { source: 'erp', batch: '4711' },
      contentType: 'text/csv',
    });
    const said = words(blocks);
    expect(said).toContain('CREDIT_CARD_NUMBER');
    expect(said).toContain('UNSUPPORTED_FILE_TYPE_EXCEPTION: 1 object');
    expect(JSON.stringify(blocks)).not.toMatch(/4111|219-09/);
  });

  it('lets nobody decide by a click alone, nor a responder by a form', async () => {
    expect(await pressGate(world, 'U0RITA', run, 'approve')).toContain('✋');
    await world.slack.driver.closeView({ user: 'U0RITA', all: true });
    expect(await keysIn(world, 'Review')).toEqual(are('sensitive', 'unproven'));
  });

  it('carries out what is chosen object by object, and leaves the others', async () => {
    await choose(world, 'U0ALEX', run, [card.key, 'scans/passport.bin'], 'approve');
    await choose(world, 'U0BEA', run, ['hr/employees.json'], 'deny');
    await until('three carried out', async () => (await keysIn(world, 'Review')).length === 7);

    const ten = await one('Released', card.key);
    expect(ten?.tags).toMatchObject({ [mark]: 'true' });
    expect(Object.keys(ten?.tags ?? {})).toHaveLength(10);
    expect(ten?.metadata).toEqual(card.metadata);
    expect((await one('Released', 'scans/passport.bin'))?.tags).not.toHaveProperty(mark);
    expect(await keysIn(world, 'Quarantine')).toEqual(['hr/employees.json']);
    expect((await one('Quarantine', 'hr/employees.json'))?.tags).toMatchObject({ team: 'hr' });
  });

  it('makes a rule of a false positive: first what it would hide, then an allow list or a filter', async () => {
    const harmless = async (key: string, values: Choices): Promise<string> => {
      const said = { 'harmless.said': ['yes'], 'reason.text': 'they are test numbers' };
      await choose(world, 'U0BEA', run, [key], 'approve', said, true);
      return makeRule(world, 'U0BEA', { 'reason.text': 'of our test shop', ...values });
    };
    expect(
      await harmless('support/ticket-8812.txt', {
        'how.said': 'allow list',
        'regex.text': '4111[0-9]{12}',
        'sample.text': 'my card 4111111111111111',
      }),
    ).toMatch(/It matches 1 time in your text.* → .*is made/);
    expect(
      await harmless('newsletter/subscribers.csv', { 'how.said': 'filter', 'category.said': '1' }),
    ).toMatch(/It would have hidden 1 finding .* → .*archives such findings/);
    await until('both released', async () => (await keysIn(world, 'Review')).length === 5);
    for (const key of ['support/ticket-8812.txt', 'newsletter/subscribers.csv'])
      expect((await one('Released', key))?.tags).not.toHaveProperty(mark);
  });

  it('shows samples to those who may, and never plain', async () => {
    expect(await pressGate(world, 'U0ALEX', run, 'samples')).toContain('Masked samples');
    const shown = await pressIn(world, 'U0ALEX', 'Show');
    expect(shown).toContain('••••••');
    expect(shown).not.toMatch(/4111111|5555555|3782822|219-09/);
    await world.slack.driver.closeView({ user: 'U0ALEX', all: true });
    expect(await pressGate(world, 'U0RITA', run, 'samples')).toContain('✋');
    await world.slack.driver.closeView({ user: 'U0RITA', all: true });
  });

  it('tries an identifier of Macie on a text', async () => {
    const { driver } = world.slack;
    await driver.command({ user: 'U0RITA', channel: gateChannel, text: '/gate identifier test' });
    await untilForm(driver, 'U0RITA');
    const values = { 'regex.text': 'ACME-[0-9]{4}', 'sample.text': 'ACME-1234 and ACME-9' };
    expect(await sendForm(world, 'U0RITA', values)).toContain('1');
  });

  it('ends when all are decided, and says each object in the thread', async () => {
    await decideAll(world, 'U0ALEX', run, 'approve');
    await untilRun(world, run, 'over');

    expect(await keysIn(world, 'Review')).toEqual([]);
    expect(await keysIn(world, 'Stage')).toEqual([]);
    expect(await keysIn(world, 'Released')).toEqual(
      are('clean', 'sensitive', 'unproven').filter((key) => key !== 'hr/employees.json'),
    );
    const thread = await until('the end in the thread', async () => {
      const said = await threadOf(world, run);
      return said.includes('run is over') && said;
    });
    expect(thread).toContain('hr/employees.json');
    expect(thread).toContain('Bea Backup');
  });

  it('keeps what is denied out, and deletes only with a second person', async () => {
    const denied = await started(below('denied/'), 'denied/');
    await untilRun(world, denied, waiting);
    await decideAll(world, 'U0ALEX', denied, 'deny');
    await untilRun(world, denied, 'over');
    const out = sorted(below('denied/').filter(({ is }) => is !== 'clean'));
    expect(await keysIn(world, 'Quarantine', 'denied/')).toEqual(out);

    const deleted = await started([{ ...card, key: 'gone/x.csv' }], 'gone/');
    await untilRun(world, deleted, waiting);
    await decideAll(world, 'U0ALEX', deleted, 'delete');
    await decideAll(world, 'U0ALEX', deleted, 'delete');
    expect(await keysIn(world, 'Review', 'gone/')).toEqual(['gone/x.csv']);
    await decideAll(world, 'U0BEA', deleted, 'delete');
    await untilRun(world, deleted, 'over');
    for (const bucket of ['Raw', 'Review', 'Released', 'Quarantine'] as const)
      expect(await keysIn(world, bucket, 'gone/')).toEqual([]);
  });

  it('holds what nobody decides in time, until people take it up again', async () => {
    const late = await started([{ ...card, key: 'late/x.csv' }], 'late/');
    await untilRun(world, late, waiting);
    await runOutOfTime(world, late);
    await untilRun(world, late, 'nobody decided in time');
    expect(await keysIn(world, 'Review', 'late/')).toEqual(['late/x.csv']);

    await pressGate(world, 'U0ALEX', late, 'reopen');
    await sendForm(world, 'U0ALEX', { 'reason.text': 'we were away' });
    await untilRun(world, late, waiting);
    await decideAll(world, 'U0ALEX', late, 'approve');
    await untilRun(world, late, 'over');
    expect((await one('Released', 'late/x.csv'))?.tags).toMatchObject({ [mark]: 'true' });
  });

  it('gives everything back when a run is aborted', async () => {
    const aborted = await started(below('back/'), 'back/');
    await untilRun(world, aborted, 'Macie reads them');
    await pressGate(world, 'U0RITA', aborted, 'abort');
    await sendForm(world, 'U0RITA', { 'reason.text': 'it was the wrong folder' });
    await untilRun(world, aborted, 'objects are back');

    expect(await keysIn(world, 'Raw', 'back/')).toEqual(sorted(below('back/')));
    expect((await one('Raw', 'back/catalogue/products.csv'))?.tags).toMatchObject({
      team: 'catalogue',
      class: 'public',
    });
    expect(await keysIn(world, 'Stage')).toEqual([]);
  });

  it('begins by uploads and by a marker of a whole folder, once for many events', async () => {
    const event = (key: string) => ({
      messageId: key,
      body: JSON.stringify({ detail: { object: { key } } }),
    });
    await fill([{ key: 'whole/a.txt', body: 'nothing in it\n', is: 'clean' }]);
    const Records = [event('whole/_SUCCESS'), event('whole/a.txt'), { messageId: 'x', body: '{' }];
    // The marker's run is at it, so the other comes again; and what cannot be read always does.
    expect(await invoke(world, 'gate', { Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'x' }, { itemIdentifier: 'whole/a.txt' }],
    });
    await until('it is released', async () => one('Released', 'whole/a.txt'));
    expect(await keysIn(world, 'Raw', 'whole/')).toEqual([]);
    expect(await keysIn(world, 'Raw', 'back/')).toEqual(sorted(below('back/')));
  });

  it('goes nowhere beyond its role, and its role nowhere beyond what it does', async () => {
    expect(await invoke(world, 'gate', { task: 'sweep' })).toEqual({ next: 'end' });
    expect(await beyond(world)).toEqual([]);
    expect((await idle(world)).filter(isOfGate)).toEqual([]);
  });
});
