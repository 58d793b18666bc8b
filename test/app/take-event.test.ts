import { takeEvent } from '../../src/app/take-event';
import { offers } from '../../src/playbooks/offers';
import { aClock, aFinding, aPolicy, findingKey } from '../support/builders';
import { memoryStore } from '../support/memory-store';

const aDoor = () => {
  const store = memoryStore();
  return { store, deps: { store, policy: aPolicy(), now: aClock().now, offers } };
};
const findings = {
  kind: 'findings',
  findings: [aFinding()],
  rejected: [{ because: 'no id', raw: '{}' }],
  via: 'import',
} as const;
const reading = { ...findings, findings: [...findings.findings], rejected: [...findings.rejected] };

describe('an event', () => {
  it('with findings is taken in, and its unreadable parts are kept', async () => {
    const { store, deps } = aDoor();

    const taken = await takeEvent(deps, reading, '{"id":"event-1"}', 'message-1');

    expect(taken).toEqual({ outcomes: ['new'], rejected: 1 });
    expect([...store.held.unread.values()]).toEqual([{ because: 'no id', raw: '{}' }]);
  });

  it('delivered twice by EventBridge, in two messages, counts once (law 4)', async () => {
    const { store, deps } = aDoor();

    await takeEvent(deps, reading, '{"id":"event-1"}', 'message-1');
    const again = await takeEvent(deps, reading, '{"id":"event-1"}', 'message-2');

    expect(again).toMatchObject({ outcomes: ['known'] });
    expect((await store.finding(findingKey))?.count).toBe(1);
    expect(store.held.unread.size).toBe(1);
  });

  it.each(['no JSON', '{}', '{"id":""}', '"text"'])(
    'without an id of its own is its own delivery: %s',
    async (raw) => {
      const { store, deps } = aDoor();

      await takeEvent(deps, reading, raw, 'message-1');
      await takeEvent(deps, reading, raw, 'message-1');
      await takeEvent(deps, reading, raw, 'message-2');

      expect((await store.finding(findingKey))?.count).toBe(2);
    },
  );

  it('of an object that a run of the gate looks at is left to the card of the run', async () => {
    const { store, deps } = aDoor();
    const isOfGate = () => true;

    const taken = await takeEvent({ ...deps, isOfGate }, reading, '{"id":"event-1"}', 'message-1');
    expect(taken).toMatchObject({ outcomes: ['of the gate'] });
    expect(await store.finding(findingKey)).toBeUndefined();

    // Unless a person sends it here.
    const sent = { ...reading, via: 'custom action' } as const;
    await takeEvent({ ...deps, isOfGate }, sent, '{"id":"event-2"}', 'message-2');
    expect((await store.finding(findingKey))?.loud).toBe(true);
  });

  it('that cannot be read is kept, once (law 9)', async () => {
    const { store, deps } = aDoor();
    const unreadable = { kind: 'unreadable', because: 'no JSON' } as const;

    const taken = await takeEvent(deps, unreadable, '{', 'message-1');
    await takeEvent(deps, unreadable, '{', 'message-2');

    expect(taken).toEqual({ unreadable: 'no JSON' });
    expect([...store.held.unread.values()]).toEqual([{ because: 'no JSON', raw: '{' }]);
  });

  it('that is no finding leaves nothing behind', async () => {
    const { store, deps } = aDoor();

    const taken = await takeEvent(deps, { kind: 'not a finding', because: 'job' }, '{}', 'm');

    expect(taken).toEqual({ notAFinding: 'job' });
    expect(store.held.findings.size).toBe(0);
  });
});
