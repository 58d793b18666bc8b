import { aRun, statuses } from '../../blocks/support/gate';
import { aGateDesk, typed } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());
beforeEach(() => slack.reset());

const ann = 'U0ANN';
const rita = 'U0RITA';
const reason = { reason: typed('test data of the vendor') };

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
