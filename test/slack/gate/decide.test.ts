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

describe('a run', () => {
  it.each([
    ['abort', statuses.scanning, rita, 'aborting', 'It is aborted'],
    ['resume', statuses.held, rita, 'scanning', 'It goes on'],
    ['reopen', statuses.expired, ann, 'review', 'People may decide again'],
  ] as const)('%s takes a form with a reason', async (act, status, user, state, said) => {
    const desk = await aGateDesk(slack);
    desk.memory.runs.set(desk.id, aRun({ status, decisions: 0 }));
    await desk.press(act, user);

    await desk.submit(user, reason);

    expect(desk.said()).toContain(said);
    expect(desk.run().status.state).toBe(state);
    expect(desk.memory.links.at(-1)?.event.facts['reason']).toBe('test data of the vendor');
  });

  it.each(['abort', 'resume', 'reopen', 'approve', 'deny'])(
    'is not touched by somebody without a role: %s',
    async (act) => {
      const desk = await aGateDesk(slack);

      await desk.press(act, 'U0NILS');

      expect(desk.said()).toMatch(/✋ Only (responder|approver)s may/);
      expect(desk.shown()['callback_id']).toBeUndefined();
    },
  );

  it('that is over is begun again for the same keys by its button', async () => {
    const desk = await aGateDesk(slack);

    await desk.press('run', rita);

    expect(desk.said()).toContain('begins with keys that begin with in/.');
    expect([...desk.memory.runs.values()].at(-1)).toMatchObject({
      prefix: 'in/',
      start: { id: rita },
    });
  });

  it('that nobody knows is said to be unknown', async () => {
    const desk = await aGateDesk(slack);
    desk.memory.runs.clear();

    await desk.press('approve', ann);

    expect(desk.said()).toContain('This run is not known here.');
  });

  it('D16: an error on the way is told in the window, never in silence', async () => {
    const desk = await aGateDesk(slack);
    desk.deps.gate.decisions = () => Promise.reject(new Error('the table is down'));

    await desk.press('approve', ann);

    expect(desk.said()).toContain('Something went wrong and nothing was changed. Reference ref-3');
    expect(desk.logged).toMatchObject([
      { message: 'listener failed', more: { reference: 'ref-3' } },
    ]);
  });

  it('is told nothing of in a channel that is not ours', async () => {
    const desk = await aGateDesk(slack);

    await desk.command('status', rita, { channel: 'C0ELSEWHERE' });

    expect(desk.told()).toContain('not set up for this channel');
  });
});
