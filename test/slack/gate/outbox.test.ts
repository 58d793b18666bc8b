import type { AuditType } from '../../../src/domain/audit';
import { CaseId } from '../../../src/domain/ids';
import { deliverAll } from '../../../src/slack/deliver-all';
import { deliver } from '../../../src/slack/outbox';
import { aRun, runId, statuses } from '../../blocks/support/gate';
import { liveLeaves, words } from '../../blocks/support/reading';
import { rita } from '../../support/people';
import { anOutbox, slackSays } from '../support/outbox';

const of = CaseId.parse(runId);

const aGateOutbox = async () => {
  const world = await anOutbox();
  const run = aRun();
  world.runs.set(run.id, run);
  let told = 0;
  return {
    ...world,
    id: run.id,
    happens: (type: AuditType, facts: Record<string, string | number> = {}) =>
      world.held.commit({
        events: [
          {
            id: `gate-event-${(told += 1)}`,
            type,
            case: of,
            at: world.clock.now().toISOString(),
            actor: { kind: 'drawbridge' },
            facts,
          },
        ],
      }),
    tell: async () =>
      deliver(world.deps, { kind: 'entry', case: of, seq: (await world.held.trail(of)).length }),
    roots: () => world.slack.roots('C0ALERTS'),
    thread: () => world.slack.thread(world.slack.roots('C0ALERTS')[0]?.ts ?? ''),
  };
};

describe('a run of the gate', () => {
  it('D39: has one card that follows it, and a thread that tells what became of each object', async () => {
    const gate = await aGateOutbox();
    await gate.happens('gate.started');
    await gate.tell();
    expect(words(gate.roots()[0]?.content.blocks)).toContain('held objects wait for people');

    gate.runs.set(gate.id, aRun({ status: statuses.done }));
    const keys = JSON.stringify(['in/a.csv', 'in/b <!channel>.csv']);
    await gate.happens('gate.objects-released', { count: 2, keys, by: 'Ann' });
    await gate.happens('gate.done', { released: 10 });
    await gate.tell();

    expect(gate.roots()).toHaveLength(1);
    expect(words(gate.roots()[0]?.content.blocks)).toContain('✅ Data gate: over');
    expect(words(gate.thread().at(-1)?.content.blocks)).toContain(
      'count: 2 in/a.csv in/b <!channel>.csv by: Ann',
    );
    expect(gate.thread().at(-1)?.content.text).not.toContain('<!channel>');
  });

  it.each<[AuditType, boolean]>([
    ['gate.review-asked', true],
    ['gate.expired', true],
    ['gate.done', true],
    ['gate.scanning', false],
  ])('mentions who started it where they have to know: %s', async (type, mentioned) => {
    const gate = await aGateOutbox();
    await gate.happens(type);
    await gate.tell();

    const who = liveLeaves(gate.thread()[0]?.content.blocks).map(({ user_id }) => user_id);
    expect(who).toEqual(mentioned ? [rita.id] : []);
  });

  it('whose objects were all clean ends quietly; one that held some is told in the channel', async () => {
    const quiet = await aGateOutbox();
    const { counts } = aRun();
    quiet.runs.set(quiet.id, aRun({ counts: { ...counts, sensitive: 0, unproven: 0 } }));
    await quiet.happens('gate.done');
    await quiet.tell();
    expect(quiet.thread()[0]?.broadcast).toBe(false);

    const loud = await aGateOutbox();
    await loud.happens('gate.done');
    await loud.tell();
    expect(loud.thread()[0]?.broadcast).toBe(true);
  });

  it('that found nothing to take has no card, unless a person or an odd object asks for one', async () => {
    const gate = await aGateOutbox();
    const counts = { ...aRun().counts, taken: 0 };
    const empty = aRun({ status: statuses.done, start: { kind: 'schedule' }, counts });
    gate.runs.set(gate.id, empty);
    await gate.tell();
    expect(gate.roots()).toHaveLength(0);

    gate.runs.set(gate.id, { ...empty, counts: { ...counts, left: 1 } });
    await gate.tell();

    expect(gate.roots()).toHaveLength(1);
  });

  it('that is not known is shown nowhere', async () => {
    const gate = await aGateOutbox();
    gate.runs.clear();

    await gate.tell();

    expect(gate.slack.posts()).toBe(0);
  });

  it('D40: whose card Slack does not take goes back to the queue, and is logged', async () => {
    const gate = await aGateOutbox();
    gate.slack.failing.set('C0ALERTS', () => slackSays('internal_error'));
    const logged: unknown[] = [];
    const later: unknown[] = [];

    const failures = await deliverAll(
      gate.deps,
      { later: async (...each) => void later.push(each) },
      [
        {
          messageId: 'm1',
          receiptHandle: 'r1',
          body: JSON.stringify({ kind: 'card', case: of, mark: '1' }),
          attributes: { MessageGroupId: 'C0ALERTS', ApproximateReceiveCount: '2' },
        },
      ],
      { error: (...each) => void logged.push(each) },
    );

    expect(failures).toEqual([{ itemIdentifier: 'm1' }]);
    expect(later).toEqual([['r1', 4]]);
    expect(logged).toHaveLength(1);
  });
});
