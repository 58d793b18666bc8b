import type { Change } from '../../src/app/ports';
import { storeOn } from '../../src/aws/store';
import { verify } from '../../src/domain/audit';
import { FindingKey, RemediationId, watchOf } from '../../src/domain/ids';
import { aProposal, aRemediation, findingKey } from '../support/builders';
import { aStore, clock, event, ids, of, record } from './stored';

describe('one change', () => {
  const once = async (...changes: Change[]) => {
    const { store, dynamo } = aStore();
    const outcomes: string[] = [];
    for (const change of changes) outcomes.push(await store.commit(change));
    return { store, dynamo, outcomes };
  };

  it('is stored whole: record, lock, delivery, due time, links and head', async () => {
    const remediation = aRemediation({ proposal: aProposal() });

    const { store, outcomes } = await once({
      finding: record(1),
      remediation,
      take: { lock: 'lock', by: remediation.id },
      delivery: 'delivery',
      due: { id: remediation.id, at: '2026-03-01T13:00:00.000Z' },
      events: [event('one'), event('two')],
    });

    expect(outcomes).toEqual(['done']);
    expect(await store.finding(findingKey)).toEqual(record(1));
    expect(await store.remediation(remediation.id)).toEqual(remediation);
    expect(await store.openOn('lock')).toBe(remediation.id);
    expect(await store.due('2026-03-01T13:00:00.000Z')).toEqual([remediation.id]);
    expect(verify(await store.trail(of))).toMatchObject({ ok: true, links: 2 });
  });

  it.each<[string, Change, Change, string]>([
    ['a delivery again', { delivery: 'd', events: [] }, { delivery: 'd', events: [] }, 'already'],
    ['a fact again', { events: [event('e')] }, { events: [event('e')] }, 'already'],
    [
      'a lock that is taken',
      { take: { lock: 'l', by: ids[0]! }, events: [] },
      { take: { lock: 'l', by: ids[1]! }, events: [event('e')] },
      'locked',
    ],
    [
      'a version that is stored',
      { finding: record(1), events: [] },
      { finding: record(1), events: [event('e')] },
      'conflict',
    ],
    [
      'a version that is too new',
      { remediation: aRemediation(), events: [] },
      { remediation: aRemediation({ version: 3 }), events: [] },
      'conflict',
    ],
    [
      'another change of the same version, which names its event alike',
      { finding: record(1), delivery: 'a', events: [event('e')] },
      { finding: record(1), delivery: 'b', events: [event('e')] },
      'conflict',
    ],
  ])('is refused as what it is: %s', async (_, first, second, outcome) => {
    const { outcomes, dynamo } = await once(first);
    const before = new Map(dynamo.items);

    const answer = await storeOn(dynamo.table(), clock.now).commit(second);

    expect([...outcomes, answer]).toEqual(['done', outcome]);
    expect(dynamo.items).toEqual(before);
  });
});

describe('an audit chain', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('takes links of many writers at once, each once and in one line (law 13)', async () => {
    const { store } = aStore();

    const writes = Promise.all(
      Array.from({ length: 8 }, (_, index) => store.commit({ events: [event(`event-${index}`)] })),
    );
    await jest.advanceTimersByTimeAsync(10_000);

    expect(new Set(await writes)).toEqual(new Set(['done']));
    const links = await store.trail(of);
    expect(verify(links)).toMatchObject({ ok: true, links: 8 });
    expect(new Set(links.map(({ event }) => event.id)).size).toBe(8);
  });

  it('waits while another transaction is in the way', async () => {
    const { store, dynamo } = aStore();
    dynamo.busy = 9;

    const outcome = store.commit({ events: [event('e')] });
    await jest.advanceTimersByTimeAsync(10_000);

    expect(await outcome).toBe('done');
  });

  it('gives up with an error in the end', async () => {
    const { store, dynamo } = aStore();
    dynamo.busy = 10;

    const failed = store.commit({ events: [event('e')] }).catch(String);
    await jest.advanceTimersByTimeAsync(10_000);

    expect(await failed).toContain('written by too many at once');
  });
});

it('what DynamoDB refuses for another reason is an error, never an answer (law 10)', async () => {
  const { store, dynamo } = aStore();
  dynamo.reason = 'ValidationError';

  await expect(store.commit({ events: [event('e')] })).rejects.toThrow('cancelled');
});

describe('a step', () => {
  it('never overwrites a stored before (law 1)', async () => {
    const { store } = aStore();
    const [id] = ids;

    const first = await store.saveBefore(id!, 0, { rules: ['a'] });
    await store.saveStep(id!, { index: 0, status: 'applying', attempts: 1 });
    const again = await store.saveBefore(id!, 0, { rules: [] });
    await store.saveStep(
      id!,
      Object.assign({ index: 0, status: 'applied', attempts: 0 } as const, { before: 'x' }),
    );

    expect([first, again]).toEqual([{ rules: ['a'] }, { rules: ['a'] }]);
    expect(await store.steps(id!)).toEqual([
      { index: 0, status: 'applied', attempts: 0, before: { rules: ['a'] } },
    ]);
  });

  it('keeps a before that is null', async () => {
    const { store } = aStore();

    const first = await store.saveBefore(ids[0]!, 0, null);

    expect([first, await store.saveBefore(ids[0]!, 0, 'later')]).toEqual([null, null]);
  });
});

describe('what is kept for a while', () => {
  it('is due soonest first, at most 50', async () => {
    const { store } = aStore();
    const many = Array.from({ length: 60 }, (_, n) => RemediationId.parse(`rem-${1e9 + n}`));
    for (const [n, id] of many.entries())
      await store.commit({
        due: { id, at: `2026-03-01T12:${String(59 - n).padStart(2, '0')}` },
        events: [],
      });

    const due = await store.due('2026-03-01T13');

    expect(due).toHaveLength(50);
    expect(due[0]).toBe(many.at(-1));
  });

  it('is due as a remediation, an isolation or a finding, none of which keeps another waiting', async () => {
    const { store } = aStore();
    const watch = watchOf(ids[0]!);
    const [first, second] = ['0', '1'].map((each) => FindingKey.parse(each.repeat(32)));
    for (const [id, at] of [
      [first!, '2026-03-01T12:00'],
      [ids[0]!, '2026-03-01T12:59'],
      [watch, '2026-03-01T12:58'],
      [second!, '2026-03-01T11:00'],
    ] as const)
      await store.commit({ due: { id, at }, events: [] });

    expect(await store.due('2026-03-01T13')).toEqual([ids[0], watch, second, first]);
    await store.commit({
      due: [
        { id: second!, done: true },
        { id: watch, done: true },
      ],
      events: [],
    });
    expect(await store.due('2026-03-01T12:30')).toEqual([first]);
  });

  it('is a token, a preview and what could not be read, the first of it', async () => {
    const { store, dynamo } = aStore();
    const at = Math.floor(clock.now().getTime() / 1000);

    await store.saveToken(ids[0]!, 'token');
    await store.ask('V1', { task: 'preview' });
    await store.keepUnread('id', 'because', 'x'.repeat(400_000));
    await store.keepUnread('id', 'because', 'other');

    expect(await store.token(ids[0]!)).toBe('token');
    expect(await store.token(ids[1]!)).toBeUndefined();
    expect(await store.openOn('lock')).toBeUndefined();
    const item = (pk: string) => [...dynamo.items.values()].find((each) => each['pk']?.S === pk);
    expect(item('ASK#V1')?.['ttl']?.N).toBe(String(at + 86_400));
    expect(item('UNREAD#id')?.['ttl']?.N).toBe(String(at + 90 * 86_400));
    expect(item('UNREAD#id')?.['body']?.M?.['raw']?.S).toHaveLength(300_000);
  });
});

it('lists over all pages', async () => {
  const { store, dynamo } = aStore();
  dynamo.pageSize = 1;
  for (const index of [0, 1, 2]) await store.saveBefore(ids[0]!, index, index);

  const steps = await store.steps(ids[0]!);

  expect(steps.map(({ before }) => before)).toEqual([0, 1, 2]);
});
