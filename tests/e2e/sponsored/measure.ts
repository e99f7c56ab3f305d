import { expect } from 'vitest';
import { createOrder, listCodes, listLinks } from '#modules/tracking/api.ts';
import { clickAsVisitor } from '#tests/support/browser-steps.ts';
import { openLinkOf } from '#tests/support/story-steps.ts';
import { creators, goTo, mia, type Scene, said, seeInAllLights, shop, stepMs } from './cast.ts';
import { addressOf } from './live.ts';

/** A link and a code for each; Mia has hers on her phone. */
export async function makeLinksAndCodes(scene: Scene): Promise<void> {
  const { page, steps, story, browser } = scene;
  const { button } = steps;
  await goTo(scene, './tracking');
  await button('Make links and codes').click();
  await button('Make them').click();
  await said(page, 'Made 10 links and 10 codes');
  await steps.picture('links');
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /^Approved/));
  await phone.goto(`${story.address}/p/links`);
  await phone.getByText('MIA10').first().waitFor();
  await steps.picture('phone-links', phone);
  await phone.context().close();
}

/** Visitors press the links, and the shop reports what they bought: some with the id of the click, some with a code alone. */
export async function sellOats(scene: Scene): Promise<void> {
  const { client, browser, story, campaignId, page, steps } = scene;
  const links = (await client.call(listLinks, { campaignId, limit: 50 })).rows;
  const codes = (await client.call(listCodes, { campaignId, limit: 50 })).rows;
  expect([links.length, codes.length]).toEqual([10, 10]);
  const first = links.find((link) => link.creator?.name === mia.name);
  const target = await clickAsVisitor(browser, first?.shortUrl ?? '');
  expect(target.origin + target.pathname).toBe(shop);
  const clickIds = [target.searchParams.get('rapport_click') ?? ''];
  for (const link of links.filter((one) => one !== first)) clickIds.push(await press(link.shortUrl));
  const orderedAt = story.now().toISOString();
  for (const [at, clickId] of clickIds.entries())
    await client.call(createOrder, {
      id: `link-${at}`,
      orderedAt,
      total: '120.00',
      currency: 'EUR',
      clickIds: [clickId],
    });
  for (const [at, { code }] of codes.entries())
    await client.call(createOrder, { id: `code-${at}`, orderedAt, total: '215.00', currency: 'EUR', codes: [code] });
  await story.settle();
  await goTo(scene, './tracking');
  await expect.poll(() => page.getByText('10 clicks counted').count(), { timeout: stepMs }).toBe(1);
  await steps.picture('tracking');
}

const phones = [
  'iPhone; CPU iPhone OS 17_5 like Mac OS X',
  'Linux; Android 14; Pixel 8',
  'Linux; Android 13; SM-A546B',
];
let visitors = 0;

/** A visitor on some phone. Returns the id of the click, as the shop gets it. */
async function press(shortUrl: string): Promise<string> {
  visitors += 1;
  const agent = `Mozilla/5.0 (${phones[visitors % 3]}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${visitors} Mobile Safari/604.1`;
  const answer = await fetch(shortUrl, { redirect: 'manual', headers: { 'user-agent': agent, accept: 'text/html' } });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('rapport_click') ?? '';
}

/** What the platform shows of the posts comes in by a file; the page says in one sentence what the campaign brought. */
export async function readResults(scene: Scene): Promise<void> {
  const { page, steps, story } = scene;
  await goTo(scene, './content');
  const rows = creators.map((who, at) => `${addressOf(who)},${5000 + 300 * at},${400 + at},${20 + at}`);
  const csv = `url,reach,likes,comments\n${rows.join('\n')}\n`;
  await steps.button('Import results').click();
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles({ name: 'insights.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await steps.button('Take 30 numbers').click();
  await said(page, /30 numbers were taken|were taken/);
  await steps.picture('results-import');
  await story.settle();
  await goTo(scene, './results');
  const answer = page.locator('.results-answer');
  await answer.waitFor();
  await seeInAllLights(scene, 'results');
  expect(((await answer.textContent()) ?? '').replace(/\s+/g, ' ')).toMatch(
    /^Spent € 3,050, earned € 3,350: return 1\.10, interval 0\.\d\d to 1\.\d/,
  );
  const goal = page.locator('.results-goals .stat').filter({ hasText: 'Orders' });
  expect(((await goal.textContent()) ?? '').replace(/\s+/g, ' ')).toMatch(/^Orders ?Met ?Orders: 20 ?of 20/);
}

/** What Mia sees of it on her phone, and the manager on Today and on the board. */
export async function seeTheEnd(scene: Scene): Promise<void> {
  const { story, browser, page, steps } = scene;
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /^Approved/));
  await phone.goto(`${story.address}/p/results`);
  await phone.getByRole('heading', { name: 'What came of it' }).waitFor();
  await phone.getByText('1 by code, 1 by link').first().waitFor();
  await steps.picture('phone-results', phone);
  await phone.context().close();
  await goTo(scene, './roster');
  await expect.poll(() => steps.laneOf(mia.name), { timeout: stepMs }).toBe('Live');
  await page.getByText('Owner Rita Marsh').waitFor();
  await steps.picture('board-at-the-end');
  await goTo(scene, '');
  await page.getByText('20', { exact: true }).first().waitFor();
  await steps.picture('today-at-the-end');
}
