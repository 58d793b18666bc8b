import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import type { World } from '../../sandbox/world';
import { openWorld } from '../journeys/road';

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
const width = 1280;

/** A seeded world with its page open in a real browser, and what people do there. */
export interface Stage {
  readonly world: World;
  readonly page: Page;
  readonly main: Locator;
  readonly modal: Locator;
  /** Opens the workspace as this person. */
  be(user: string): Promise<void>;
  /** The first message in the channel that has these words. */
  card(words: string): Locator;
  /** A button or a menu of a message or a view, by what it asks for. */
  control(within: Locator, intent: string): Locator;
  /** Presses until there is a modal with this in it: on a busy machine Slack's three seconds may pass. */
  openBy(button: Locator, inside: string | RegExp): Promise<void>;
  /** Types into the composer of the channel that is open. */
  say(text: string): Promise<void>;
  picture(of: Locator | Page, name: string): Promise<void>;
  close(): Promise<void>;
}

export const openStage = async (): Promise<Stage> => {
  if (!executablePath) throw new Error('no Chromium found: apt-get install chromium');
  mkdirSync(images, { recursive: true });
  const world = await openWorld();
  const browser = await chromium.launch({
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
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    deviceScaleFactor: 1.5,
  });
  // As the journeys: longer than a queue takes to give a message again whose function died.
  page.setDefaultTimeout(270_000);
  const main = page.locator('main');
  return {
    world,
    page,
    main,
    modal: page.getByTestId('modal'),
    be: async (user) => {
      await page.goto(`${world.slack.url}/?as=${user}`);
    },
    card: (words) => main.locator('[data-testid^="message-"]', { hasText: words }).first(),
    control: (within, intent) => within.locator(`[data-testid^="action-v1:${intent}:"]`).first(),
    openBy: async (button, inside) => {
      const shown = page.getByTestId('modal').getByText(inside).first();
      for (let tries = 0; tries < 3 && !(await shown.isVisible()); tries += 1) {
        await button.click();
        await shown.waitFor({ timeout: 10_000 }).catch(() => undefined);
      }
      await shown.waitFor();
    },
    say: async (text) => {
      await page.getByTestId('composer').fill(text);
      await page.getByTestId('composer').press('Enter');
    },
    picture: async (of, name) => {
      // Nothing is pointed at, and all of it is in sight.
      await page.mouse.move(0, 0);
      const height = 'boundingBox' in of ? ((await of.boundingBox())?.height ?? 0) : 0;
      await page.setViewportSize({ width, height: Math.max(900, Math.ceil(height) + 260) });
      await of.screenshot({ path: join(images, `${name}.png`) });
      await page.setViewportSize({ width, height: 900 });
    },
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
};
