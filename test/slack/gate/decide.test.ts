import { summary } from '../../blocks/support/gate';
import { aRun, statuses } from '../../blocks/support/gate';
import { words } from '../../blocks/support/reading';
import { aGateDesk, picked, ticked, typed } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());
beforeEach(() => slack.reset());

const ann = 'U0ANN';
const rita = 'U0RITA';
const reason = { reason: typed('test data of the vendor') };

describe('a decision for all', () => {
  it('is asked for in a window, and made by its form: one record with who, why and for which verdicts', async () => {
    const desk = await aGateDesk(slack);

    await desk.press('approve', ann);
    expect(desk.said()).toContain('🔴 high severity: 2 objects');
    const acknowledged = await desk.submit(ann, reason);

    expect(acknowledged.body).toMatchObject({ response_action: 'update' });
    expect(acknowledged.words).toContain('Working on it');
    expect(desk.memory.decisions.get(desk.id)).toMatchObject([
      {
        verdict: 'approve',
        scope: { kind: 'all' },
        reason: 'test data of the vendor',
        by: { id: ann },
      },
    ]);
    expect(desk.memory.links.at(-1)?.event.facts).toMatchObject({ hash: summary.hash });
    expect(desk.said()).toContain(
      '👍 Your yes for all undecided objects is written down (number 1).',
    );
  });

  it('D34: a press alone decides nothing, however often it is made', async () => {
    const desk = await aGateDesk(slack);

    for (const act of ['approve', 'deny', 'choose', 'delete', 'abort']) await desk.press(act, ann);

    expect(desk.memory.decisions.size).toBe(0);
    expect(desk.run().status.state).toBe('review');
  });

  it('D35: somebody without the role is refused in words, with those who may, and it is audited', async () => {
    const desk = await aGateDesk(slack);

    await desk.press('approve', rita);

    expect(desk.said()).toContain('✋ Only approvers may decide what is held.');
    expect(words(desk.shown())).toContain('These are approvers:');
    expect(desk.types()).toEqual(['gate.decision-refused']);
  });

  it('a form of somebody who has lost the role meanwhile decides nothing (law 3)', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('approve', ann);

    await desk.submit(rita, reason);

    expect(desk.said()).toContain('Only approvers may decide what is held.');
    expect(desk.memory.decisions.size).toBe(0);
  });

  it('is for the verdicts that were shown: others decide nothing (law 2)', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('deny', ann);
    const run = desk.run();
    desk.memory.runs.set(desk.id, { ...run, summary: { ...summary, hash: 'd'.repeat(64) } });

    await desk.submit(ann, reason);

    expect(desk.said()).toContain('The verdicts are not those that you had before you.');
    expect(desk.memory.decisions.size).toBe(0);
  });

  it('without words is told under its field, and goes nowhere', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('deny', ann);

    const answer = await desk.submit(ann, { reason: typed(' x ') });

    expect(answer.body).toMatchObject({ response_action: 'errors' });
    expect(desk.memory.decisions.size).toBe(0);
  });

  it('D37: the second hears who was first', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('deny', ann);
    await desk.submit(ann, reason);
    await desk.press('deny', ann);

    await desk.submit(ann, reason);

    expect(desk.said()).toContain('You already decided at');
    expect(desk.memory.decisions.get(desk.id)).toHaveLength(1);
  });

  it('D39: tells in its window what was written down, and the thread tells the rest', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('deny', ann);
    await desk.submit(ann, reason);

    expect(desk.said()).toContain('👎 Your no for all undecided objects');
    expect(desk.said()).toContain('The thread names each object.');
    expect(desk.types()).toEqual(['gate.decided']);
  });

  it('of a run that is over is refused, and says how it stands', async () => {
    const desk = await aGateDesk(slack);
    desk.memory.runs.set(desk.id, aRun({ status: statuses.done, decisions: 0 }));

    await desk.press('approve', ann);

    expect(desk.said()).toContain('There is nothing to decide: this run is done.');
  });

  it('shows who said yes already, where it takes two', async () => {
    const desk = await aGateDesk(slack, { gate: { approvals: { high: 2 } } });
    await desk.press('approve', ann);
    await desk.submit(ann, reason);

    await desk.press('approve', 'U0ABE');

    expect(desk.said()).toContain('2 yeses each');
    expect(desk.said()).toContain('Yes so far');
    expect(desk.said()).toContain('ANN');
  });
});

describe('a decision for some', () => {
  it('D8: is for those that are ticked, and says how to go on', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('choose', ann);
    expect(desk.said()).toContain(
      'in/file-2.csv 3 KB · ❔ unproven · skipped (MALFORMED_FILE) · undecided',
    );

    await desk.submit(ann, {
      ...reason,
      picked: ticked('000001-0000', '000001-0002'),
      verdict: picked('deny'),
    });

    expect(desk.memory.decisions.get(desk.id)).toMatchObject([
      { verdict: 'deny', scope: { kind: 'some', refs: ['000001-0000', '000001-0002'] } },
    ]);
    expect(desk.said()).toContain('👎 Your no for 2 objects');
    expect(desk.said()).toContain('Choose more…');
  });

  it('D7: an unknown word for what becomes of them decides nothing', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('choose', ann);

    const verdict = picked('allow');
    await desk.submit(ann, { ...reason, picked: ticked('000001-0000'), verdict });

    expect(desk.said()).toContain('Say what is to become of them.');
    expect(desk.memory.decisions.size).toBe(0);
  });

  it('D31: deletes nothing where the policy allows no deletion, whatever the form says', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('choose', ann);

    const verdict = picked('delete');
    await desk.submit(ann, { ...reason, picked: ticked('000001-0000'), verdict });

    expect(desk.said()).toContain('The policy allows no deletion.');
    expect(desk.memory.decisions.size).toBe(0);
  });

  it('is found by filters, page by page', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('choose', ann);

    await desk.pressInside('choose', ann, { filter: 'ou' });
    expect(desk.said()).toContain('in/file-2.csv');
    expect(desk.said()).not.toContain('in/file-1.csv');

    await desk.pressInside('choose', ann, { filter: 'oa', at: '000001-0001' });
    expect(desk.said()).toContain('in/file-2.csv');
    expect(desk.said()).not.toContain('in/file-1.csv');
    // The same window each time: Slack stacks no more than three.
    expect(slack.asked('views.push')).toEqual([]);
    expect(slack.asked('views.open')).toHaveLength(1);
  });

  it('D9: of what is harmless is a yes without the mark, and offers to make a rule of it', async () => {
    const desk = await aGateDesk(slack);
    await desk.press('choose', ann);

    await desk.submit(ann, {
      ...reason,
      picked: ticked('000001-0000'),
      verdict: picked('approve'),
      harmless: ticked('yes'),
    });

    expect(desk.memory.decisions.get(desk.id)).toMatchObject([{ falsePositive: true }]);
    expect(desk.said()).toContain('Make a rule of it…');
  });
});
