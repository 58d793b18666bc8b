import { ingressOf, until } from '../journeys/road';
import { openStage, type Stage } from './stage';

/** The same road as a person sees it: real clicks in a real browser, and the pictures of the docs. */
describe('the sandbox in the browser', () => {
  let stage: Stage;
  let group: string;
  let before: string[];

  const card = () => stage.card(group);
  const button = (intent: string) => stage.control(card(), `remediation.${intent}`);
  const ingress = () => ingressOf(stage.world, group);
  const confirm = () => stage.page.getByTestId('confirm-yes').click();
  const send = () => stage.page.getByTestId('modal-submit').click();
  const hubFinding = () =>
    stage.world.hub
      .findings()
      .find(({ Resources = [] }) => Resources.some(({ Id = '' }) => Id.includes(group)));

  beforeAll(async () => {
    stage = await openStage();
    group = stage.world.estate!.network.groups.web;
    before = await ingress();
  });

  afterAll(() => stage?.close(), 60_000);

  it('shows the finding’s card to the responder, as the first thing in sight', async () => {
    await stage.be('U0RITA');
    await card().waitFor();
    await button('preview').waitFor();

    await stage.picture(card(), 'card');
    expect(await card().innerText()).toContain('EC2.13');
    expect((await card().boundingBox())?.y).toBeLessThan(200);
  });

  it('opens the plan in a modal and sends the request with a reason', async () => {
    await stage.openBy(button('preview'), 'What will change');

    await stage.picture(stage.modal, 'plan');
    expect(await stage.modal.innerText()).toContain('TCP 20–21 from ::/0');
    await stage.modal.locator('textarea').fill('SSH is open to the world and nobody needs it');
    await send();
    await button('approve').waitFor();
  });

  it('refuses the requester’s own approval with words', async () => {
    await button('approve').click();
    await confirm();

    await stage.page.getByText('another person has to decide').first().waitFor();
    expect(await ingress()).toEqual(before);
  });

  it('lets the requester take the request back, and ask again', async () => {
    await button('cancel').click();
    await confirm();
    await button('preview').waitFor();

    await stage.openBy(button('preview'), 'What will change');
    await stage.modal.locator('textarea').fill('SSH is open to the world and nobody needs it');
    await send();
    await button('approve').waitFor();
  });

  it('changes the group when the approver approves, and tells the channel', async () => {
    await stage.be('U0ALEX');
    await button('approve').click();
    await confirm();
    await card().getByText('Done and read back').waitFor();
    await stage.main.getByText('remediation done and read back').first().waitFor();

    expect((await ingress()).join()).not.toContain('22-22 0.0.0.0/0');
    await until('RESOLVED', async () => hubFinding()?.Workflow?.Status === 'RESOLVED');
    expect(hubFinding()?.Note?.Text).toContain('approved by Alex Approver');
    await card().getByText('Resolved (was high)').waitFor();
    await stage.picture(card(), 'done');
  });

  it('keeps each step in the thread', async () => {
    await card().locator('[data-testid^="thread-"]').click();
    const panel = stage.page.getByTestId('thread-panel');
    await panel.getByText('set to RESOLVED').waitFor();

    await stage.picture(stage.page, 'thread');
    const words = await panel.innerText();
    for (const step of [
      'asked for the remediation',
      'planned',
      'approved',
      'step applied and read back',
    ])
      expect(words).toContain(step);
  });

  it('puts the rule back when the approver presses Undo', async () => {
    await stage.openBy(button('undo'), 'What will be taken back');
    await stage.modal.locator('textarea').fill('The migration is not over');
    await send();
    await card().getByText('Undone and read back').waitFor();

    expect(await ingress()).toEqual(before);
  });
});
