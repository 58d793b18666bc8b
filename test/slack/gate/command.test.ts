import { aRun, gatePolicy, runId, statuses } from '../../blocks/support/gate';
import { aPolicy } from '../../support/builders';
import { aGateDesk } from '../support/gate-desk';
import { startSlack, type FakeSlack } from '../support/slack';

let slack: FakeSlack;
beforeAll(async () => void (slack = await startSlack()));
afterAll(() => slack.close());
beforeEach(() => slack.reset());

const rita = 'U0RITA';

describe('/gate', () => {
  it('run begins a run for a prefix, and says where its card comes', async () => {
    const desk = await aGateDesk(slack);

    const answer = await desk.command('run  in/2026/', rita);

    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(desk.told()).toMatch(/🚪 Run gate-\w+ begins with keys that begin with in\/2026\/\./);
    expect([...desk.memory.runs.values()].at(-1)).toMatchObject({
      prefix: 'in/2026/',
      start: { id: rita },
    });
  });

  it('D19: run while another takes objects in is shown that one (law 5)', async () => {
    const desk = await aGateDesk(slack);
    await desk.command('run', rita);

    await desk.command('run', 'U0BO');

    expect(desk.told()).toContain('is taking objects in already');
    expect(desk.memory.runs.size).toBe(2);
  });

  it.each([
    ['U0ANN', 'Only responders may start a run.'],
    ['U0NILS', 'Only responders may start a run.'],
    ['U0GUS', 'only members may act'],
  ])('run by %s is refused in words', async (user, said) => {
    const desk = await aGateDesk(slack);
    slack.answer('users.info', ({ user: id }) => ({
      ok: true,
      user: { id, team_id: 'T0TEST', real_name: String(id), is_restricted: id === 'U0GUS' },
    }));

    await desk.command('run', user);

    expect(desk.told()).toContain(said);
    expect(desk.memory.runs.size).toBe(1);
  });

  it('run with nothing to take says so', async () => {
    const desk = await aGateDesk(slack);
    desk.macie.newest = undefined;

    await desk.command('run', rita);

    expect(desk.told()).toContain('There is nothing to take.');
  });

  it.each(['status', '', '  STATUS '])(
    'status lists runs that are not over: “%s”',
    async (text) => {
      const desk = await aGateDesk(slack);

      await desk.command(text, rita);

      expect(desk.told()).toContain(
        `⏳ held objects wait for people ${runId} · 12 objects, 3.4 MB`,
      );
      expect(desk.told()).toContain('open the card');
    },
  );

  it('status says when there is none', async () => {
    const desk = await aGateDesk(slack);
    desk.memory.runs.set(desk.id, aRun({ status: statuses.done }));

    await desk.command('status', rita);

    expect(desk.told()).toContain('No run of the gate is under way.');
  });

  it('abort takes the beginning of a run and a reason', async () => {
    const desk = await aGateDesk(slack);
    desk.memory.runs.set(desk.id, aRun({ status: statuses.scanning, decisions: 0 }));

    await desk.command(`abort ${runId.slice(0, 12)} because the wrong folder`, rita);

    expect(desk.told()).toContain('its objects return to the raw bucket');
    expect(desk.run().status.state).toBe('aborting');
    expect(desk.memory.links.at(-1)?.event.facts['reason']).toBe('the wrong folder');
  });

  it.each([
    ['abort', 'Name the run'],
    [`abort ${runId}`, `Say why, too: /gate abort ${runId} because`],
    ['abort gate-zzz because', 'There is no run gate-zzz.'],
    [`abort ${runId} because it is late`, 'Its clean objects are released already'],
    ['stauts', 'Did you mean “/gate status”?'],
    ['identifer', 'A text to try it on'],
    ['help', '/gate run [prefix] takes objects in'],
    ['<!channel> now', 'There is no “/gate !channel”.'],
  ])('“%s” is answered in words', async (text, said) => {
    const desk = await aGateDesk(slack);

    await desk.command(text, rita);

    expect(`${desk.told()} ${desk.said()}`).toContain(said);
    expect(desk.run().status.state).toBe('review');
  });

  it('is /drawbridge gate, too', async () => {
    const desk = await aGateDesk(slack);

    await desk.command('gate status', rita, { command: '/drawbridge' });
    expect(desk.told()).toContain(runId);
    await desk.command('gate identifier test', rita, { command: '/drawbridge' });

    expect(desk.said()).toContain('A text to try it on');
  });

  it('without a gate in the policy says so', async () => {
    const desk = await aGateDesk(slack, { policy: aPolicy() });

    await desk.command('run', rita);
    expect(desk.told()).toContain('There is no gate here');
    await desk.command('identifier test', rita);

    expect(desk.said()).toContain('The policy has no gate.');
  });

  it('is answered in the channel of the gate, though no finding is routed there', async () => {
    const desk = await aGateDesk(slack, { policy: gatePolicy({ channel: 'C0GATE' }) });

    await desk.command('status', rita, { channel: 'C0GATE' });

    expect(desk.told()).toContain(runId);
  });
});
