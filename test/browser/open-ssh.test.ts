import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { World } from '../../sandbox/world';
import { ingressOf, openWorld, until } from '../journeys/road';

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(existsSync);
// `npm run docs:images` renews the pictures of the docs; otherwise they land where nothing is kept.
const root = join(__dirname, '..', '..');
const images = process.env['DOCS_IMAGES']
  ? join(root, 'docs', 'images')
  : join(root, '.sandbox', 'images');

/** The same road as a person sees it: real clicks in a real browser, and the pictures of the docs. */
describe('the sandbox in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let group: string;
  let before: string[];

  const main = (): Locator => page.locator('main');
  const card = (): Locator =>
    main().locator('[data-testid^="message-"]', { hasText: group }).first();
  const button = (intent: string): Locator =>
    card().locator(`[data-testid^="action-v1:remediation.${intent}:"]`);
  const be = (user: string) => page.goto(`${world.slack.url}/?as=${user}`);
  const picture = async (of: Locator | Page, name: string) => {
    await of.screenshot({ path: join(images, `${name}.png`) });
  };
  const hubFinding = () =>
    world.hub
      .findings()
      .find(({ Resources = [] }) => Resources.some(({ Id = '' }) => Id.includes(group)));

  beforeAll(async () => {
    if (!executablePath) throw new Error('no Chromium found: apt-get install chromium');
    mkdirSync(images, { recursive: true });
    world = await openWorld();
    group = world.estate!.network.groups.web;
    before = await ingressOf(world, group);
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      deviceScaleFactor: 1.5,
    });
    page.setDefaultTimeout(30_000);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  }, 60_000);

  it('shows the finding’s card to the responder', async () => {
    await be('U0RITA');
    await card().waitFor();
    await button('preview').waitFor();

    await picture(card(), 'card');
    expect(await card().innerText()).toContain('EC2.13');
  }, 60_000);

  it('opens the plan in a modal and sends the request with a reason', async () => {
    await button('preview').click();
    const modal = page.getByTestId('modal');
    await modal.getByText('What will change').waitFor();

    await picture(modal, 'plan');
    expect(await modal.innerText()).toContain('TCP 20–21 from ::/0');
    await modal.locator('textarea').fill('SSH is open to the world and nobody needs it');
    await page.getByTestId('modal-submit').click();
    await button('approve').waitFor();
  }, 60_000);

  it('refuses the requester’s own approval with words', async () => {
    await button('approve').click();
    await page.getByTestId('confirm-yes').click();

    await page.getByText('another person has to decide').waitFor();
    expect(await ingressOf(world, group)).toEqual(before);
  }, 60_000);

  it('changes the group when the approver approves, and tells the channel', async () => {
    await be('U0ALEX');
    await button('approve').click();
    await page.getByTestId('confirm-yes').click();
    await card().getByText('Done and read back').waitFor();
    await main().getByText('remediation done and read back').first().waitFor();

    expect((await ingressOf(world, group)).join()).not.toContain('22-22 0.0.0.0/0');
    await until('RESOLVED', async () => hubFinding()?.Workflow?.Status === 'RESOLVED');
    expect(hubFinding()?.Note?.Text).toContain('approved by Alex Approver');
  }, 60_000);

  it('keeps each step in the thread', async () => {
    await card().locator('[data-testid^="thread-"]').click();
    const panel = page.getByTestId('thread-panel');
    await panel.getByText('set to RESOLVED').waitFor();

    await picture(page, 'thread');
    const words = await panel.innerText();
    for (const step of [
      'asked for the remediation',
      'planned',
      'approved',
      'step applied and read back',
    ])
      expect(words).toContain(step);
  }, 60_000);

  it('puts the rule back when the approver presses Undo', async () => {
    await button('undo').click();
    const modal = page.getByTestId('modal');
    await modal.getByText('What will be taken back').waitFor();
    await modal.locator('textarea').fill('The migration is not over');
    await page.getByTestId('modal-submit').click();
    await card().getByText('Undone and read back').waitFor();

    expect(await ingressOf(world, group)).toEqual(before);
  }, 60_000);

  it('shows the App Home, and answers /drawbridge who', async () => {
    await page.getByTestId('app-drawbridge').click();
    await page.getByTestId('home').getByText('How it works').waitFor();
    await page.getByTestId('channel-C0ALERTS').click();
    await page.getByTestId('composer').fill('/drawbridge who');
    await page.getByTestId('composer').press('Enter');

    await page.getByText('approve, deny and undo them').first().waitFor();
  }, 60_000);
});
