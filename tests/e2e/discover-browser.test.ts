import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSlug } from '#app/sample/load-sample.ts';
import { noBrowser, openChromium, watchPage } from '#tests/support/browser.ts';
import { goodPassword } from '#tests/support/people.ts';
import { removeDataFolder, type ServerProcess, startServerProcess } from '#tests/support/server-process.ts';

const owner = 'rita@brand.example';
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

if (noBrowser !== null) process.stdout.write(`discovery in the browser: ${noBrowser}\n`);

describe.skipIf(noBrowser !== null)('finding, comparing and sharing creators in the browser', () => {
  let dataDir: string;
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-discover-'));
    const env = { RAPPORT_ADMIN_EMAIL: owner, RAPPORT_ADMIN_PASSWORD: goodPassword };
    [server, browser] = await Promise.all([startServerProcess({ dataDir, env }), openChromium()]);
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      baseURL: server.address,
    });
    await context.request.post('/api/auth/sign-in/email', {
      data: { email: owner, password: goodPassword },
      headers: { 'sec-fetch-site': 'same-origin', origin: server.address },
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    faults = watchPage(page, server.address);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.interrupt();
    await removeDataFolder(dataDir);
  });

  /** Nothing that keeps somebody out of what is on the screen. */
  const findNothing = async (where: Page, state: string) => {
    const { violations } = await new AxeBuilder({ page: where }).setLegacyMode().withTags(rules).analyze();
    const found = violations.flatMap((rule) =>
      rule.nodes.map((node) => `${state}: ${rule.id} at ${node.target.join(' ')}`),
    );
    expect(found).toEqual([]);
  };
  const chip = (name: string) =>
    page.getByRole('list', { name: 'Filters in force' }).getByRole('listitem').filter({ hasText: name });

  it('goes from a sentence to a vote of a stranger', async () => {
    await page.goto(`/app/${sampleSlug}/discover`);
    await page.getByRole('searchbox').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('barista with 1 to 60k followers in Ireland or the UK');
    await chip('Followers').waitFor();
    expect(await chip('Followers').textContent()).toContain('1k to 60k');
    expect(await chip('Followers').textContent()).toContain('“1 to 60k followers”');
    expect(await chip('Country').textContent()).toContain('Ireland or United Kingdom');
    await findNothing(page, 'asked');

    // A chip is changed: its words leave the sentence, the filter stays as it was made.
    await chip('Followers').getByRole('button').first().click();
    await page.getByRole('textbox', { name: 'At most' }).fill('90000');
    await findNothing(page, 'filter dialog');
    await page.getByRole('button', { name: 'Change filter' }).click();
    await chip('1k to 90k').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('barista, in Ireland or the UK');

    // By keyboard alone: to the rows, choose two, put them on a new list.
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Enter');
    await page.locator('tr[data-row]:focus').waitFor();
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 to compare').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('menuitem', { name: 'New list' }).waitFor();
    await page.getByRole('menuitem', { name: 'New list' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).fill('For the bakery');
    await page.keyboard.press('Enter');
    await page.getByText('For the bakery made, with 2 creators').waitFor();

    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.getByRole('heading', { name: '2 creators side by side' }).waitFor();
    await findNothing(page, 'comparison');
    await page.keyboard.press('Escape');

    await page.goto(`/app/${sampleSlug}/lists`);
    await page.getByRole('link', { name: 'For the bakery' }).click();
    const votes = page.getByRole('group', { name: /^Votes on/ }).first();
    await votes.getByRole('button', { name: /^Yes/ }).click();
    await votes.getByRole('button', { name: 'Yes, 1' }).waitFor();
    await findNothing(page, 'list');
    const link = await share();
    await openAsStranger(link);

    await page.reload();
    await page.getByRole('button', { name: '1 comment on', exact: false }).waitFor();
    expect(faults).toEqual([]);
  }, 180_000);

  async function share(): Promise<string> {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByLabel('Whom it is for').fill('Bakery Ltd');
    await findNothing(page, 'share dialog');
    const answer = page.waitForResponse(
      (response) => response.url().endsWith('/shares') && response.request().method() === 'POST',
    );
    await page.getByRole('button', { name: 'Make the link' }).click();
    const made: { data: { link: string } } = await (await answer).json();
    await page.getByText('Copy it now').waitFor();
    await page.keyboard.press('Escape');
    return made.data.link;
  }

  async function openAsStranger(link: string): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    const outside = await context.newPage();
    outside.setDefaultTimeout(30_000);
    const seen = watchPage(outside, server.address);
    // The port of the address is the server's; the link is made from the public address.
    await outside.goto(`${server.address}${new URL(link).pathname}`);
    await outside.getByRole('heading', { name: 'For the bakery' }).waitFor();
    expect(await outside.locator('meta[name=robots]').getAttribute('content')).toContain('noindex');
    await findNothing(outside, 'shared list');
    await outside.getByLabel('Your name').fill('Ines');
    const vote = outside.getByRole('group', { name: /^Votes on/ }).first();
    await vote.getByRole('button', { name: 'Maybe' }).click();
    await outside.locator('.vote-maybe.own').first().waitFor();
    await outside
      .getByRole('textbox', { name: /^Comment on/ })
      .first()
      .fill('Lovely bread');
    await outside.getByRole('button', { name: 'Add comment' }).first().click();
    await outside.getByText('Lovely bread').first().waitFor();
    expect(seen).toEqual([]);
    await context.close();
  }
});
