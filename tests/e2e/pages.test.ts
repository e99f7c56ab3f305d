import { readdir } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSlug } from '#app/sample/load-sample.ts';
import { type Client, createClient } from '#client/client.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { listCampaigns, listRoster } from '#modules/campaigns/api.ts';
import { createCreator, uploadImport } from '#modules/creators/api.ts';
import {
  checkSearch,
  createBrand,
  createList,
  importFollowers,
  listSearchNotices,
  saveSearch,
  searchCreators,
  shareList,
} from '#modules/discovery/api.ts';
import { banCreator, listFraudGroups } from '#modules/fraud/api.ts';
import { logTouch } from '#modules/outreach/api.ts';
import { listSubmissions, makeReviewLink } from '#modules/submissions/api.ts';
import { createWebhookEndpoint, testWebhookEndpoint } from '#modules/webhooks/api.ts';
import { createInvitation } from '#modules/workspaces/api.ts';
import { declaredPages } from '#tests/support/app-pages.ts';
import { framesDrawn, noBrowser, openChromium, takePicture, watchPage } from '#tests/support/browser.ts';
import { goodPassword } from '#tests/support/people.ts';
import { makeApplicationPage, planPortalWalk } from '#tests/support/portal-pages.ts';
import { type SampleServer, startSampleServer } from '#tests/support/sample-server.ts';
import type { ServerProcess } from '#tests/support/server-process.ts';
import { storyFiles } from '#tests/support/story-data.ts';

const owner = 'rita@brand.example';
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const colourRules = ['color-contrast', 'link-in-text-block'];
const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
type Theme = 'light' | 'dark';
/** The pages are parted among so many windows, one a core. */
const windows = [0, 1];
const drawnWithinMs = 3_000;
const worthNamingMs = 1_000;
const drawTimeoutMs = 10_000;

if (noBrowser !== null) process.stdout.write(`pages: ${noBrowser}\n`);

describe.skipIf(noBrowser !== null)('every page of the web app on the sample workspace', () => {
  let sample: SampleServer;
  let server: ServerProcess;
  let browser: Browser;
  let pages: { name: string; path: string; isOutside: boolean }[];

  beforeAll(async () => {
    const env = { RAPPORT_ADMIN_EMAIL: owner, RAPPORT_ADMIN_PASSWORD: goodPassword };
    [sample, browser] = await Promise.all([startSampleServer(env), openChromium()]);
    server = sample.server;
    const values = await makeThings();
    const extra = [
      { path: '/discover?q=oat&open=$personId', isOutside: false },
      { path: '/discover?q=oat+in+Ireland+or+Atlantia,+over+3+%25,+never+contacted', isOutside: false },
      { path: '/discover?q=nobody+has+these+words', isOutside: false },
      { path: '/discover?brief=Oat+milk+for+slow+breakfasts+and+home+baristas', isOutside: false },
      { path: '/creators/import?run=$importId', isOutside: false },
      { path: '/discover/overlap?creators=["$personId","$otherId"]', isOutside: false },
      { path: '/nowhere', isOutside: false },
    ];
    pages = [...(await declaredPages()), ...extra].map(({ path, isOutside }) => ({
      name: path.replace(/^\//, '').replace(/[^a-z]+/gi, '-') || 'today',
      path: `/app${isOutside ? '' : `/${sampleSlug}`}${path.replace(/\$(\w+)/g, (_, name) => values[name] ?? '')}`,
      isOutside,
    }));
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await sample?.close();
  });

  /** What the pages with a name in their address show. */
  async function makeThings(): Promise<Record<string, string>> {
    const apiKey = (await readServerFile(sample.dataDir))?.token ?? '';
    const client = createClient({ baseUrl: server.address, fetch, apiKey, workspace: () => sampleSlug });
    const { rows } = await client.call(listCampaigns, {});
    const live = rows.find((campaign) => campaign.state === 'live') ?? rows[0];
    const roster = await client.call(listRoster, { campaignId: live?.id ?? '' });
    const personIds = roster.rows.slice(0, 6).map((row) => row.person.id);
    const list = await client.call(createList, { name: 'Autumn bakers', personIds });
    const brand = await client.call(createBrand, { name: 'Oat rivals', hashtags: ['oatmilk'], keywords: ['oat'] });
    for (const { person, profile } of roster.rows.slice(0, 2)) {
      const how = { coverage: 'complete', takenOn: '2026-01-01', source: 'export' } as const;
      const input = { ...how, personId: person.id, platform: profile?.platform ?? 'instagram' };
      await client.upload(importFollowers, input, { body: 'one\ntwo\nthree', fileName: 'followers.txt' });
    }
    const { link } = await client.call(shareList, { listId: list.id, name: 'Client', canVote: true, canComment: true });
    const noticeId = await makeNotice(client);
    const body = storyFiles(40, Date.now()).creatorsCsv;
    const preview = await client.upload(uploadImport, {}, { body, fileName: 'creators.csv' });
    const invitation = await client.call(createInvitation, { email: 'ines@brand.example', role: 'manager' });
    const drafts = await client.call(listSubmissions, { states: ['pending_approval'] });
    const [draft] = drafts.rows;
    const review = await client.call(makeReviewLink, { campaignId: draft?.campaign.id ?? '', name: 'Client' });
    const touch = await client.call(logTouch, { personId: personIds[0] ?? '', channel: 'dm', note: 'Said hello' });
    // A name of this machine's own network: the test message is refused before anything is sent.
    const hook = await client.call(createWebhookEndpoint, { name: 'Warehouse', target: 'https://hooks.internal/in' });
    await client.call(testWebhookEndpoint, { endpointId: hook.endpoint.id });
    // A ban is a finding at once, so the queue has a group to open.
    await client.call(banCreator, { personId: personIds[5] ?? '', reason: 'spam', note: 'Wrote to every customer' });
    const found = await client.call(listFraudGroups, {});
    return {
      groupId: found.rows[0]?.id ?? '',
      endpointId: hook.endpoint.id,
      threadId: touch.threadId,
      submissionId: draft?.id ?? '',
      reviewToken: new URL(review.link).pathname.split('/').at(-1) ?? '',
      pageId: await makeApplicationPage(client),
      campaignId: live?.id ?? '',
      personId: personIds[0] ?? '',
      otherId: personIds[1] ?? '',
      brandId: brand.id,
      listId: list.id,
      noticeId,
      shareToken: new URL(link).pathname.split('/').at(-1) ?? '',
      importId: preview.importId,
      token: new URL(invitation.link).pathname.split('/').at(-1) ?? '',
    };
  }

  /** A new match of a saved search: its creator comes after the search with its alerts. */
  async function makeNotice(client: Client): Promise<string> {
    const query = { filters: [{ field: 'niche', op: 'in' as const, values: ['letterpress'] }] };
    const row = (handle: string) => ({
      name: handle,
      niches: ['letterpress'],
      profiles: [{ platform: 'instagram' as const, handle }],
    });
    await client.call(createCreator, row('press.one'));
    await waitFor(async () => (await client.call(searchCreators, query)).total > 0);
    const search = await client.call(saveSearch, { name: 'Printers', query, alerts: true });
    await client.call(createCreator, row('press.two'));
    await waitFor(async () => (await client.call(searchCreators, query)).total > 1);
    await client.call(checkSearch, { searchId: search.id });
    return (await client.call(listSearchNotices, {})).rows[0]?.id ?? '';
  }

  /** A signed-in page, its state as a person's browser holds it. */
  async function openPage(viewport: { width: number; height: number }): Promise<Page> {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', baseURL: server.address });
    const answer = await context.request.post('/api/auth/sign-in/email', {
      data: { email: owner, password: goodPassword },
      headers: { 'sec-fetch-site': 'same-origin', origin: server.address },
    });
    expect(answer.status()).toBe(200);
    return context.newPage();
  }

  for (const window of windows) {
    it.concurrent(`phone and wide: has no finding of axe in light and dark, stays on this machine and fits (part ${window + 1} of ${windows.length})`, async () => {
      const page = await openPage(widths.phone);
      const outside = await (await browser.newContext({ viewport: widths.phone, reducedMotion: 'reduce' })).newPage();
      const faults: string[] = [];
      const watched = [watchPage(page, server.address), watchPage(outside, server.address)];
      await goTo(page, `${server.address}/app/${sampleSlug}`);
      for (const { name, path, isOutside } of pages.filter((_, at) => at % windows.length === window)) {
        const tab = isOutside ? outside : page;
        await tab.setViewportSize(widths.phone);
        if ((await goTo(tab, `${server.address}${path}`)) === null) faults.push(`${path}: never drawn`);
        const look = async (width: keyof typeof widths, theme: Theme) => {
          await tab.emulateMedia({ colorScheme: theme });
          await takePicture(tab, `page-${name}-${width}-${theme}`);
          faults.push(...(await axeFindings(tab, theme)).map((finding) => `${path} (${width}, ${theme}): ${finding}`));
        };
        faults.push(...(await tooWide(tab, path)));
        await look('phone', 'light');
        await look('phone', 'dark');
        // The window grows, as when a phone is turned; each page is also loaded at this width, where its time is taken.
        await tab.setViewportSize(widths.wide);
        await tab.evaluate(framesDrawn);
        if ((await tab.evaluate(untilDrawn('performance.now()'))) === null) faults.push(`${path}: not drawn again`);
        faults.push(...(await tooWide(tab, path)));
        await look('wide', 'dark');
        await look('wide', 'light');
      }
      expect([...faults, ...watched.flat()]).toEqual([]);
    }, 480_000);
  }

  it.concurrent('phone: the creators’ portal has no finding of axe in light and dark, stays on this machine and fits', async () => {
    const apiKey = (await readServerFile(sample.dataDir))?.token ?? '';
    const { links, pages: walk } = await planPortalWalk(server.address, apiKey);
    const openPortal = async (link: string | null) => {
      const tab = await (await browser.newContext({ viewport: widths.phone, reducedMotion: 'reduce' })).newPage();
      const watched = watchPage(tab, server.address);
      if (link !== null) await tab.goto(link).then(() => tab.waitForURL(`${server.address}/p/`));
      return { tab, watched };
    };
    const guests = {
      'at work': await openPortal(links['at work']),
      invited: await openPortal(links.invited),
      anybody: await openPortal(null),
    };
    const faults: string[] = [];
    for (const { path, guest } of walk) {
      const { tab } = guests[guest];
      if ((await goTo(tab, `${server.address}/p${path}`)) === null) faults.push(`${path}: never drawn`);
      faults.push(...(await tooWide(tab, path)));
      for (const theme of ['light', 'dark'] as const) {
        await tab.emulateMedia({ colorScheme: theme });
        await takePicture(tab, `portal-${guest}-${path.replace(/[^a-z]+/gi, '-')}-${theme}`);
        faults.push(...(await axeFindings(tab, theme)).map((finding) => `${path} (${theme}): ${finding}`));
      }
      await tab.emulateMedia({ colorScheme: 'light' });
    }
    expect([...faults, ...Object.values(guests).flatMap(({ watched }) => watched)]).toEqual([]);
  }, 480_000);

  it('is drawn soon after one goes there, its files being in the cache, and fits', async () => {
    const page = await openPage(widths.wide);
    const outside = await (await browser.newContext({ viewport: widths.wide, reducedMotion: 'reduce' })).newPage();
    const faults: string[] = [];
    const watched = [watchPage(page, server.address), watchPage(outside, server.address)];
    await goTo(page, `${server.address}/app/${sampleSlug}`);
    const files = (await readdir('dist/web/assets')).map((name) => `/app/assets/${name}`);
    expect(await page.evaluate(fetchAll, files)).toBe(files.length);
    const timed: { name: string; ms: number }[] = [];
    for (const { name, path, isOutside } of pages) {
      const tab = isOutside ? outside : page;
      const ms = await goTo(tab, `${server.address}${path}`);
      if (ms === null) faults.push(`${path}: never drawn`);
      if (!isOutside) timed.push({ name, ms: ms ?? drawTimeoutMs });
      faults.push(...(await tooWide(tab, path)));
    }
    const slowest = timed.toSorted((a, b) => b.ms - a.ms);
    const over = slowest.filter(({ ms }) => ms > worthNamingMs).map(({ name, ms }) => `${name} ${ms} ms`);
    process.stdout.write(
      `pages, from navigation to content: median ${slowest[Math.floor(slowest.length / 2)]?.ms} ms, slowest ${slowest[0]?.name} ${slowest[0]?.ms} ms, over 1 s: ${over.join(', ') || 'none'}\n`,
    );
    expect(slowest.filter(({ ms }) => ms > drawnWithinMs)).toEqual([]);
    expect([...faults, ...watched.flat()]).toEqual([]);
  }, 120_000);
});

/**
 * The time since `from` (0 is the navigation) at which the page's title stands and nothing of it is a skeleton any more; null when that does not come about.
 * One script that looks at every frame itself: the pages' content policy lets no later text become code.
 */
const untilDrawn = (from: string) => `new Promise((resolve) => {
  const from = ${from};
  const look = () => {
    const isWaiting = document.querySelector('.skel, [aria-busy="true"]') !== null;
    const isThere = [...document.querySelectorAll('h1')].some((title) => title.textContent.trim() !== '');
    if (isThere && !isWaiting) resolve(performance.now() - from);
    else if (performance.now() - from > ${drawTimeoutMs}) resolve(null);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Brings files into the browser's cache. Returns how many came. */
const fetchAll = async (paths: string[]): Promise<number> => {
  let came = 0;
  for (const path of paths) if ((await (await fetch(path)).blob()).size > 0) came += 1;
  return came;
};

/** What stands out to the right of the screen, when the page itself can be moved sideways. */
const widerThanScreen = `(() => {
  const width = document.documentElement.clientWidth;
  const by = document.documentElement.scrollWidth - width;
  if (by <= 0) return [];
  const scrolls = (part) => part !== null && (getComputedStyle(part).overflowX !== 'visible' || scrolls(part.parentElement));
  const all = [...document.querySelectorAll('body *')];
  const wide = all.find((part) => part.getBoundingClientRect().right > width + 1 && !scrolls(part.parentElement));
  return [by + ' px: ' + (wide?.outerHTML.slice(0, 120) ?? 'nothing on its own')];
})()`;

/** Looks again until it is so; a change is searchable within a second. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not come about within ten seconds.');
}

/** Goes there and waits for the content. Returns the milliseconds from navigation to that, as the browser counts them; null when it never comes. */
async function goTo(page: Page, url: string): Promise<number | null> {
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const drawnMs = await page.evaluate<number | null>(untilDrawn('0'));
  return drawnMs === null ? null : Math.round(drawnMs);
}

async function tooWide(page: Page, path: string): Promise<string[]> {
  return (await page.evaluate<string[]>(widerThanScreen)).map((wide) => `${path}: sideways scroll by ${wide}`);
}

/** All rules in light; in dark those whose answer colours can change. */
async function axeFindings(page: Page, theme: Theme): Promise<string[]> {
  // Its half megabyte is read once a page; a word of JavaScript stands for it from then on.
  const isThere = await page.evaluate('"axe" in window');
  const builder = new AxeBuilder(isThere ? { page, axeSource: 'void 0' } : { page });
  const runOnly =
    theme === 'light' ? { type: 'tag' as const, values: rules } : { type: 'rule' as const, values: colourRules };
  // Else it opens a further page each time, to gather what frames say; there are no frames. What passed is not written up.
  const axe = builder.setLegacyMode().options({ runOnly, resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}: ${node.html.slice(0, 120)}`),
  );
}
