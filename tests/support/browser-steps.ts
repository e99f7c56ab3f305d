import type { Browser, Download, Locator, Page } from 'playwright-core';
import { takePicture } from './browser.ts';

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

/** What a person does on the open page of the web app, found by role and name as a person or a screen reader finds it. */
export function stepsOn(page: () => Page, pictures: string) {
  let station = 0;
  const button = (name: string | RegExp, within: Page | Locator = page()) => within.getByRole('button', { name });
  return {
    button,
    field: (name: string | RegExp, within: Page | Locator = page()) => within.getByLabel(name),
    dialog: () => page().getByRole('dialog'),
    rail: (name: string) => page().getByRole('navigation', { name: 'Main' }).getByRole('link', { name }),
    tab: (name: string) => page().getByRole('navigation', { name: 'Campaign' }).getByRole('link', { name }),
    heading: (name: string | RegExp) => page().getByRole('heading', { name }).first().waitFor(),
    /** Of the page, or of another one such as a creator's phone. */
    picture: (name: string, of: Page = page()) => {
      station += 1;
      return takePicture(of, `${pictures}-${String(station).padStart(2, '0')}-${name}`);
    },
    choose: async (label: string, option: string | RegExp, within: Page | Locator = page()): Promise<void> => {
      await within.getByRole('combobox', { name: label }).click();
      await page().getByRole('option', { name: option }).first().click();
    },
    download: async (name: string | RegExp): Promise<Download> => {
      const [file] = await Promise.all([page().waitForEvent('download'), button(name).click()]);
      return file;
    },
    /** Title of the board's lane that a creator's card stands in. */
    laneOf: async (name: string): Promise<string> => {
      const lane = page()
        .getByRole('region')
        .filter({ has: button(`Move ${name}`) });
      return (await lane.last().getByRole('heading').first().textContent()) ?? '';
    },
    nameOfRow: async (row: number): Promise<string> =>
      (await page().locator(`tr[data-row="${row}"] b`).first().textContent()) ?? '',
  };
}

/** A browser window of a person at a desk in Dublin. */
export async function openPersonsPage(browser: Browser, patienceMs: number): Promise<Page> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', timezoneId: 'Europe/Dublin' });
  context.setDefaultTimeout(patienceMs);
  return context.newPage();
}

/** A visitor on a phone presses a short link. Returns where the browser was sent, which nobody answers there. */
export async function clickAsVisitor(browser: Browser, shortUrl: string): Promise<URL> {
  const visitor = await browser.newContext({ userAgent: phone, viewport: { width: 390, height: 844 } });
  const visited: string[] = [];
  visitor.on('request', (request) => visited.push(request.url()));
  const tab = await visitor.newPage();
  await tab.goto(shortUrl).catch(() => undefined);
  await visitor.close();
  const [, target] = visited;
  if (target === undefined) throw new Error(`${shortUrl} led nowhere.`);
  return new URL(target);
}
