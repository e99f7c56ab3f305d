import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '#client/client.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { getCreator, listCreators } from '#modules/creators/api.ts';
import { noBrowser, openChromium, takePicture, watchPage } from '#tests/support/browser.ts';
import { goodPassword } from '#tests/support/people.ts';
import { removeDataFolder, type ServerProcess, startServerProcess } from '#tests/support/server-process.ts';

const owner = 'rita@brand.example';
const stepMs = 15_000;
// As text: the code runs in the page, which this project's types do not know.
const widerThanScreen = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

// A page as a platform may send it, after https://ogp.me and https://schema.org/ProfilePage, with a policy that lets no script of others run.
const profilePage = `<!doctype html><html lang="en"><head><title>Nell Baker (@nell.bakes) &#8226; Instagram photos and videos</title>
<meta property="og:title" content="Nell Baker (@nell.bakes) &#8226; Instagram photos and videos">
<meta property="og:description" content="12.3K Followers, 345 Following, 67 Posts - See Instagram photos and videos from Nell Baker (@nell.bakes)">
<meta name="description" content="12.3K Followers, 345 Following, 67 Posts - Nell Baker (@nell.bakes) on Instagram: &quot;Slow bread &lt;b&gt;&quot;">
<script type="application/ld+json">{"@type":"ProfilePage","mainEntity":{"@type":"Person","name":"Nell Baker","interactionStatistic":[{"@type":"InteractionCounter","interactionType":"https://schema.org/FollowAction","userInteractionCount":12345}]}}</script>
</head><body><main>nell.bakes 12.3K followers</main></body></html>`;

if (noBrowser !== null) process.stdout.write(`filling in the browser: ${noBrowser}\n`);

describe.skipIf(noBrowser !== null)('an empty index is filled in the browser', () => {
  let dataDir: string;
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-filling-'));
    const env = { RAPPORT_ADMIN_EMAIL: owner, RAPPORT_ADMIN_PASSWORD: goodPassword };
    [server, browser] = await Promise.all([startServerProcess({ dataDir, env, args: ['--empty'] }), openChromium()]);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      baseURL: server.address,
    });
    context.setDefaultTimeout(stepMs);
    const answer = await context.request.post('/api/auth/sign-in/email', {
      data: { email: owner, password: goodPassword },
      headers: { 'sec-fetch-site': 'same-origin', origin: server.address },
    });
    expect(answer.status()).toBe(200);
    page = await context.newPage();
    faults = watchPage(page, server.address);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.interrupt();
    await removeDataFolder(dataDir);
  });

  /** Takes a picture and lets axe look, in light and dark; then whether a phone has to scroll sideways. */
  async function look(tab: Page, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await takePicture(tab, `${name}-${colorScheme}`);
      const { violations } = await new AxeBuilder({ page: tab })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      for (const { id, nodes } of violations)
        faults.push(`${name} ${colorScheme}: ${id} at ${nodes[0]?.target.join(' ')}`);
    }
    await tab.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await tab.setViewportSize({ width: 390, height: 844 });
    const wider = await tab.evaluate<number>(widerThanScreen);
    if (wider > 0) faults.push(`${name}: a phone scrolls sideways by ${wider}`);
    await takePicture(tab, `${name}-phone`);
    await tab.setViewportSize({ width: 1280, height: 900 });
  }

  async function clientOf(slug: string) {
    const apiKey = (await readServerFile(dataDir))?.token ?? '';
    return createClient({ baseUrl: server.address, fetch, apiKey, workspace: () => slug });
  }

  /** A workspace with nobody in it. */
  async function openWorkspace(): Promise<string> {
    const session = await page.request.post('/api/v1/workspaces', {
      data: { name: 'Bread', slug: 'bread', currency: 'EUR', timeZone: 'Europe/Dublin' },
      headers: { 'sec-fetch-site': 'same-origin', origin: server.address },
    });
    expect(session.status()).toBe(200);
    return 'bread';
  }

  it('by a pasted list, by the page one looks at, and shows what a connection needs', async () => {
    const slug = await openWorkspace();
    await page.goto(`${server.address}/app/${slug}/creators`);
    await page.getByRole('list', { name: 'Ways to bring creators in' }).waitFor();
    await look(page, 'filling-01-empty');
    await page.getByRole('button', { name: 'Paste a list' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel('Handles or addresses of profiles')
      .fill('@crumb.one\ntt: @rye_and_shine\nhttps://instagram.com/crumb.one/?igsh=1\nhttps://instagram.com/p/Cx1/');
    await dialog.getByText('4 entries: 2 new, 1 twice, 1 not read').waitFor();
    await look(page, 'filling-02-paste');
    await dialog.getByLabel('Handles or addresses of profiles').fill('@crumb.one\ntt: @rye_and_shine');
    await dialog.getByText('2 entries: 2 new').waitFor();
    await dialog.getByRole('button', { name: 'Add creators' }).click();
    await page.getByRole('heading', { name: '2 creators' }).waitFor();

    await page.goto(`${server.address}/app/${slug}/creators/capture`);
    const href = await page.getByRole('link', { name: 'Keep in Bread' }).getAttribute('href');
    await look(page, 'filling-03-bookmark');
    const captured = await captureWith(href ?? '');
    await captured.getByRole('heading', { name: 'Keep @nell.bakes?' }).waitFor();
    expect(new URL(captured.url()).hash).toBe('');
    await look(captured, 'filling-04-capture');
    expect(await captured.getByLabel('Followers').inputValue()).toBe('12,345');
    await captured.getByRole('button', { name: 'Keep this creator' }).click();
    await captured.waitForURL(/creators\/per_/);
    const client = await clientOf(slug);
    const { rows } = await client.call(listCreators, { q: 'nell.bakes' });
    const person = await client.call(getCreator, { personId: rows[0]?.id ?? '' });
    expect(person.profiles[0]).toMatchObject({ followers: 12_345, bio: 'Slow bread <b>' });
    expect(JSON.stringify(person.profiles[0]?.provenance)).toContain('captured from www.instagram.com');
    await captured.goto(`${captured.url().split('?')[0]}/sources`);
    await captured.getByText('captured from www.instagram.com').first().waitFor();
    await look(captured, 'filling-05-sources');

    // Whoever has to sign in first finds the capture still there.
    const signedOut = await browser.newContext({ baseURL: server.address });
    const late = await signedOut.newPage();
    const profile = {
      url: 'https://www.instagram.com/rye.rita/',
      title: '',
      canonical: '',
      data: [],
      marks: [],
      text: '',
    };
    const seen = { ...profile, meta: [['og:title', 'Rita (@rye.rita) • Instagram photos and videos']] };
    await late.goto(`/app/${slug}/creators/capture#${encodeURIComponent(JSON.stringify(seen))}`);
    await late.getByLabel('E-mail').fill(owner);
    expect(late.url()).not.toContain('rye.rita');
    await late.locator('input[type=password]').fill(goodPassword);
    await late.getByRole('button', { name: 'Sign in' }).click();
    await late.getByRole('heading', { name: 'Keep @rye.rita?' }).waitFor();
    await signedOut.close();

    await page.goto(`${server.address}/app/${slug}/settings/connections`);
    await page.getByRole('region', { name: 'YouTube' }).waitFor();
    await look(page, 'filling-06-connections');
    await page.getByRole('button', { name: 'Connect YouTube' }).click();
    await look(page, 'filling-07-connect');
    await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('dialog').getByText('API key is needed').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Connect Blogs and feeds' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Test Blogs and feeds' }).waitFor();
    await look(page, 'filling-08-connected');
    expect(faults.filter((fault) => !fault.includes('status of 422'))).toEqual([]);
  }, 240_000);

  /** Presses the bookmark on a profile's page, which is served from here in the platform's name. */
  async function captureWith(href: string): Promise<Page> {
    const context = page.context();
    await context.route('https://www.instagram.com/**', (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': "script-src 'none'" },
        body: profilePage,
      }),
    );
    const tab = await context.newPage();
    await tab.goto('https://www.instagram.com/nell.bakes/');
    const code = decodeURIComponent(href.replace(/^javascript:/, ''));
    const [opened] = await Promise.all([context.waitForEvent('page'), tab.evaluate(code)]);
    await tab.close();
    return opened;
  }
});
