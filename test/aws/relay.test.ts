import { relay, relayAll } from '../../src/aws/relay';
import type { Message } from '../../src/domain/message';
import type { RemediationId } from '../../src/domain/ids';
import { takeIn } from '../../src/app/intake';
import { request } from '../../src/app/request';
import { decide } from '../../src/app/decide';
import { prepare } from '../../src/app/prepare';
import { aFinding, aRemediation, findingKey } from '../support/builders';
import { aStream } from './streamed';
import { ann, clickOf, rita } from '../support/people';

const prepared = async (stream: Awaited<ReturnType<typeof aStream>>): Promise<RemediationId> => {
  await takeIn(stream.deps, aFinding(), 'delivery');
  const asked = await request(stream.deps, stream.ask, clickOf(rita), '');
  if (asked.kind !== 'started') throw new Error(asked.kind);
  await prepare(stream.deps, asked.remediation);
  return asked.remediation.id;
};

describe('what was stored', () => {
  it('goes to the bucket and to the channel: every link, in order, and the card', async () => {
    const stream = await aStream();
    await prepared(stream);

    await stream.flow();

    expect(stream.counted).toEqual(stream.kept);
    expect(stream.published).toEqual(stream.kept);
    expect(stream.kept.map(({ seq, event }) => [seq, event.type])).toEqual([
      [1, 'finding.received'],
      [2, 'remediation.requested'],
      [3, 'remediation.planned'],
      [4, 'approval.asked'],
    ]);
    const entries = stream.sent.flatMap(({ message }) =>
      message.kind === 'entry' ? [message.seq] : [],
    );
    expect(entries).toEqual([1, 2, 3, 4]);
    expect(new Set(stream.sent.map(({ channel }) => channel))).toEqual(new Set(['C0ALERTS']));
    expect(stream.sent.filter(({ message }) => message.kind === 'card').length).toBeGreaterThan(0);
  });

  it('twice is once: the same links, the same messages under the same names, one run (law 4)', async () => {
    const [once, twice] = [await aStream(), await aStream()];
    await prepared(once);
    await prepared(twice);

    await once.flow();
    await twice.flow(2);

    const distinct = (all: readonly unknown[]) => [
      ...new Set(all.map((each) => JSON.stringify(each))),
    ];
    expect(distinct(twice.kept)).toEqual(distinct(once.kept));
    expect(distinct(twice.sent)).toEqual(distinct(once.sent));
    expect(twice.workflow.started).toEqual(once.workflow.started);
  });

  it('is in the bucket and in Slack before others hear of it, and comes again when they cannot (law 9)', async () => {
    const stream = await aStream();
    await takeIn(stream.deps, aFinding(), 'delivery');
    const deaf = { publish: () => Promise.reject(new Error('no topic')) };
    Object.assign(stream.needs, deaf);

    await expect(stream.flow()).rejects.toThrow('no topic');

    expect(stream.kept).toHaveLength(1);
    expect(stream.counted).toHaveLength(1);
    expect(stream.sent.some(({ message }) => message.kind === 'entry')).toBe(true);
  });

  it('starts the run of a request, and wakes it by its token once it is decided', async () => {
    const stream = await aStream();
    const id = await prepared(stream);
    await stream.flow();
    const { proposal } = (await stream.store.remediation(id))!;
    await stream.store.saveToken(id, 'secret-token');

    await decide(stream.deps, { id, hash: proposal!.hash, verdict: 'approve' }, clickOf(ann));
    await stream.flow();

    expect([...stream.workflow.started]).toEqual([[id, { task: 'remediate', id }]]);
    expect(stream.workflow.woken).toEqual(['secret-token']);
  });

  it('wakes nothing while there is no token: the workflow looks at the state when it gets there', async () => {
    const stream = await aStream();
    const item = { pk: 'x', sk: 'x', kind: 'remediation' };
    const body = aRemediation({ status: { state: 'approved', at: '' } });

    await relay(stream.needs, { ...item, body }, '1');

    expect(stream.workflow.woken).toEqual([]);
  });

  it('shows no secret: a token reaches neither bucket nor channel nor workflow input (law 12)', async () => {
    const stream = await aStream();
    const id = await prepared(stream);
    await stream.store.saveToken(id, 'secret-token');
    await stream.flow();

    const told = JSON.stringify([stream.kept, stream.sent, [...stream.workflow.started]]);

    expect(told).not.toContain('secret-token');
  });

  it('shows the card again when a step moves', async () => {
    const stream = await aStream();
    const id = await prepared(stream);
    await stream.flow();
    stream.sent.length = 0;

    await stream.store.saveBefore(id, 0, 'open');
    await stream.flow();
    await relay(
      stream.needs,
      { pk: 'REMEDIATION#rem-unknown0000', sk: 'STEP#0000', kind: 'step' },
      '1',
    );

    expect(stream.sent).toMatchObject([{ message: { kind: 'card', case: findingKey } }]);
  });

  it('is not shown while its finding is not worth a card, and kept in the bucket all the same', async () => {
    const stream = await aStream();
    await takeIn(stream.deps, aFinding({ compliance: 'passed' }), 'delivery');

    await stream.flow();

    expect(stream.sent).toEqual([]);
    expect(stream.kept).toHaveLength(1);
  });

  it('is shown in the channel of its remediation where no finding started it', async () => {
    const stream = await aStream();
    const { finding: _, ...rest } = aRemediation();
    const remediation = { ...rest, case: rest.id as string as typeof rest.case };
    await stream.store.commit({ remediation, events: [] });

    await stream.flow();

    expect(stream.sent).toMatchObject([{ channel: 'C0ALERTS', message: { case: remediation.id } }]);
  });

  it('has a preview made, under the name of its view', async () => {
    const stream = await aStream();
    await stream.store.ask('V1', { task: 'preview' });

    await stream.flow(2);

    expect([...stream.workflow.started]).toEqual([['ask-V1', { task: 'preview' }]]);
  });

  it('tells what could not be read where everything else goes (law 9)', async () => {
    const stream = await aStream();
    await stream.store.keepUnread('id', 'no JSON', '{');

    await stream.flow();

    expect(stream.sent).toEqual([
      { channel: 'C0LOW', message: { kind: 'unread', id: 'id', because: 'no JSON' } },
    ]);
  });
});

describe('a batch', () => {
  const change = (of: string, mark: string) => ({
    item: { pk: `UNREAD#${of}`, sk: 'UNREAD', kind: 'unread', body: { because: mark } },
    mark,
  });
  const wordsOf = (message: Message) => (message.kind === 'unread' ? message.because : '');
  const changes = [change('a', '1'), change('b', '2'), change('a', '3'), change('c', '4')];

  it('is relayed in order item by item, and no item waits for another', async () => {
    const { needs } = await aStream();
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const send = (_: string, message: Message): Promise<void> => {
      begun.push(wordsOf(message));
      return new Promise((resolve) => ends.push(resolve));
    };
    const relayed = relayAll({ ...needs, outbox: { ...needs.outbox, send } }, changes);

    expect(begun).toEqual(['1', '2', '4']);
    for (const end of ends.splice(0)) end();
    while (ends.length === 0) await Promise.resolve();
    ends.pop()?.();
    await relayed;
    expect(begun).toEqual(['1', '2', '4', '3']);
  });

  it('fails as a whole where one item fails, and only after all others have come to an end (law 9)', async () => {
    const { needs } = await aStream();
    const sent: string[] = [];
    const send = async (_: string, message: Message): Promise<void> => {
      if (wordsOf(message) === '1') throw new Error('no queue');
      await new Promise((resolve) => setImmediate(resolve));
      sent.push(wordsOf(message));
    };
    const relayed = relayAll({ ...needs, outbox: { ...needs.outbox, send } }, changes);

    await expect(relayed).rejects.toThrow('no queue');
    expect(sent).toEqual(['2', '4']);
  });
});
