import type { Locator } from 'playwright-core';
import { until } from '../journeys/road';
import { openStage, type Stage } from './stage';

/** What people do around remediations: look, gather, decide about a finding, and see what waits for them. */
describe('the desk in the browser', () => {
  let stage: Stage;
  let database: string;

  const send = () => stage.page.getByTestId('modal-submit').click();
  const answer = (words: string): Locator =>
    stage.main.locator('.message.hidden', { hasText: words }).last();
  const inHub = (name: string) =>
    stage.world.hub
      .findings()
      .find(({ Resources = [] }) => Resources.some(({ Id = '' }) => Id.endsWith(name)));

  beforeAll(async () => {
    stage = await openStage();
    database = stage.world.estate!.databases.open;
    await stage.be('U0RITA');
  });

  afterAll(() => stage?.close(), 60_000);

  it('opens a channel at its first card, says what comes below, and goes there', async () => {
    const news = stage.page.getByTestId('news');
    await news.waitFor();
    expect(await news.innerText()).toMatch(/\d+ new/);

    await news.click();
    await news.waitFor({ state: 'hidden' });
  });

  it('shows who has seen a finding, and who sees to it', async () => {
    const card = stage.card(database);
    await stage.control(card, 'finding.acknowledge').click();
    await card.getByText('Acknowledged by').waitFor();

    await stage.openBy(stage.control(card, 'finding.assign'), 'Who sees to it?');
    await stage.modal.locator('select').selectOption('U0ALEX');
    await send();
    await card.getByText('Assigned to').waitFor();
    expect(await stage.control(card, 'finding.acknowledge').count()).toBe(0);
  });

  it('accepts a finding for a time: its card says until when, and Security Hub has it SUPPRESSED', async () => {
    const name = stage.world.estate!.buckets.uploads;
    const card = stage.card(name);
    await stage.openBy(stage.control(card, 'finding.suppress'), 'For how long?');
    await stage.modal.locator('select').selectOption('7');
    await stage.modal.locator('textarea').fill('suppliers upload until the new portal is there');
    await send();

    await card.getByText('Suppressed until').waitFor();
    await stage.control(card, 'finding.lift').waitFor();
    await until('SUPPRESSED', async () => inHub(name)?.Workflow?.Status === 'SUPPRESSED');
  });

  it('lists findings worst first, in a table that can be read', async () => {
    await stage.page.getByTestId('channel-C0LOW').click();
    await stage.card('5 more like this').waitFor();
    await stage.picture(stage.card('5 more like this'), 'group');
    await stage.say('/findings');
    const list = answer('Open findings, worst first');
    await list.locator('table').waitFor();

    await stage.picture(list, 'findings');
    const words = await list.innerText();
    expect(words).toContain('critical');
    expect(words).not.toContain('EC2.14 EC2.14');
  });

  it('opens one of a group, and gives it its own card', async () => {
    await stage.control(stage.card('more like this'), 'group.show').click();
    const list = answer('of 5, worst first');
    const menu = stage.control(list, 'finding.details');
    await menu.selectOption({ index: 1 });
    await stage.modal.getByText('History').waitFor();
    await stage.picture(stage.modal, 'details');

    const key = /key\/([0-9a-f-]{36})/.exec(await stage.modal.innerText())?.[1] ?? 'no key';
    await stage.openBy(stage.control(stage.modal, 'finding.card'), 'Its card comes');
    await stage.modal.locator('header button').click();
    const own = stage.main.locator('article', { hasText: key }).filter({
      has: stage.page.locator('[data-testid^="action-v1:remediation.preview:"]'),
    });
    await own.first().waitFor();
  });

  it('shows an approver on the App Home what is theirs to decide', async () => {
    await stage.page.getByTestId('channel-C0ALERTS').click();
    await stage.openBy(
      stage.control(stage.card(database), 'remediation.preview'),
      'What will change',
    );
    await stage.modal.locator('textarea').fill('the agency has its own copy now');
    await send();
    await stage.control(stage.card(database), 'remediation.approve').waitFor();

    await stage.be('U0ALEX');
    await stage.page.getByTestId('app-drawbridge').click();
    const home = stage.page.getByTestId('home');
    await home.getByText('How it works').waitFor();
    await stage.picture(stage.page, 'home');
    const words = await home.innerText();
    expect(words).toContain('Yours to decide: 1');
    expect(words).toContain(database);
  });

  it('answers who may do what', async () => {
    await stage.page.getByTestId('channel-C0ALERTS').click();
    await stage.say('/drawbridge who');

    await stage.page.getByText('approve, deny and undo them').first().waitFor();
  });
});
