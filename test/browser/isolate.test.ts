import { openStage, type Stage } from './stage';

/** A compromised server, from the command to the release, as people see it. */
describe('an isolation in the browser', () => {
  let stage: Stage;
  let id: string;

  const card = () => stage.card('it talks to a mining pool');
  const button = (intent: string) => stage.control(card(), intent);
  const send = () => stage.page.getByTestId('modal-submit').click();
  const confirm = () => stage.page.getByTestId('confirm-yes').click();
  /** Types until the window stands: on a busy machine Slack's three seconds may pass. */
  const ask = async (text: string, inside: string) => {
    const shown = stage.modal.getByText(inside).first();
    for (let tries = 0; tries < 3 && !(await shown.isVisible()); tries += 1) {
      await stage.say(text);
      await shown.waitFor({ timeout: 15_000 }).catch(() => undefined);
    }
    await shown.waitFor();
  };

  beforeAll(async () => {
    stage = await openStage();
    id = stage.world.estate!.servers.web;
  }, 600_000);

  afterAll(() => stage?.close(), 60_000);

  it('shows the plan, what it cannot stop and what to choose, before anything happens', async () => {
    await stage.be('U0RITA');
    await stage.main.waitFor();

    await ask('/isolate i-1234', 'What will change on');

    await stage.picture(stage.modal, 'isolate-plan');
    const words = await stage.modal.innerText();
    expect(words).toContain(id);
    expect(words).toContain('Look inside the host');
  }, 420_000);

  it('has a card on which another person approves, and which ends with what was done', async () => {
    await stage.modal.locator('textarea').fill('it talks to a mining pool');
    await send();
    await button('remediation.approve').waitFor();
    await stage.picture(card(), 'isolate-asked');
    const taken = stage.card('a rule of the policy takes evidence at once');
    await taken.getByText('Done and read back').waitFor();
    await stage.picture(taken, 'isolate-at-once');

    await stage.be('U0ALEX');
    await button('remediation.approve').click();
    await confirm();
    await card().getByText('Done and read back').waitFor();

    await stage.picture(card(), 'isolate-done');
    expect(await card().innerText()).toMatch(/steps done[^]*Release…/);
  }, 600_000);

  it('lists the evidence with its hashes, and shows somebody else what a release takes back', async () => {
    const of = /rem-[0-9a-z]+/.exec(await card().innerText())?.[0] ?? '';
    await stage.say(`/evidence ${of}`);
    await stage.main.getByText('manifest.json').first().waitFor();
    await stage.picture(stage.page, 'isolate-evidence');

    await ask(`/release ${id}`, 'What will be taken back');
    await stage.picture(stage.modal, 'isolate-release');
  });
});
