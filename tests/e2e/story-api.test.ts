import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '#client/client.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { explainOrder } from '#modules/attribution/api.ts';
import {
  addDeliverables,
  addGoal,
  addToRoster,
  changeCampaignState,
  changeDeliverableState,
  createCampaign,
  recordResults,
  updateEnrolment,
} from '#modules/campaigns/api.ts';
import { getImport, startImport, uploadImport } from '#modules/creators/api.ts';
import { createList, searchCreators } from '#modules/discovery/api.ts';
import { exportCampaignCsv, exportCampaignPdf, getCampaignReport } from '#modules/reports/api.ts';
import {
  createLink,
  createOrder,
  createOrderSource,
  createRosterCodes,
  listLinks,
  listOrders,
} from '#modules/tracking/api.ts';
import { decide, getVetting } from '#modules/vetting/api.ts';
import { createApiKey } from '#modules/workspaces/api.ts';
import { removeDataFolder, type ServerProcess, startServerProcess } from '#tests/support/server-process.ts';
import { storyFiles } from '#tests/support/story-data.ts';

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 337.0.0.0';

describe('the whole story over the API alone', () => {
  let dataDir: string;
  let server: ServerProcess;
  let client: Client;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-story-api-'));
    server = await startServerProcess({ dataDir, args: ['--empty'] });
    const token = (await readServerFile(dataDir))?.token ?? '';
    const machine = createClient({ baseUrl: server.address, fetch, apiKey: token });
    const { key } = await machine.call(createApiKey, { name: 'story', scopes: ['all'] });
    client = createClient({ baseUrl: server.address, fetch, apiKey: key });
  }, 240_000);

  afterAll(async () => {
    await server?.interrupt();
    await removeDataFolder(dataDir);
  });

  async function importFile(body: string, fileName: string): Promise<Record<string, unknown>> {
    const preview = await client.upload(uploadImport, {}, { body, fileName });
    await client.call(startImport, { importId: preview.importId });
    for (let waited = 0; waited < 600; waited += 1) {
      const run = await client.call(getImport, { importId: preview.importId });
      if (run.state !== 'uploaded' && run.state !== 'running') return run;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The import did not end within a minute.');
  }

  it('leads from a file of creators to a measured return', async () => {
    // Creators come in.
    const files = storyFiles(80, Date.now());
    expect(await importFile(files.creatorsCsv, 'creators.csv')).toMatchObject({ state: 'done' });
    expect(await importFile(files.postsNdjson, 'posts.ndjson')).toMatchObject({ state: 'done' });

    // Find them.
    const found = await untilIndexed(80);
    const food = await client.call(searchCreators, {
      filters: [{ field: 'niche', op: 'in', values: ['food'] }],
      facets: ['country'],
    });
    expect(found.total).toBe(80);
    expect(food.total).toBe(files.creators.filter((creator) => creator.niche === 'food').length);
    const [first, second] = food.rows;
    if (first === undefined || second === undefined) throw new Error('The sample has food creators.');

    // Look whether they can be trusted; a person decides, and the reason stays.
    const vetting = await client.call(getVetting, { personId: first.personId });
    expect(JSON.stringify(vetting)).toContain('engagement');
    await client.call(decide, {
      personId: first.personId,
      point: 'overall',
      verdict: 'pass',
      reason: 'Known from the market in Cork.',
    });
    expect(JSON.stringify(await client.call(getVetting, { personId: first.personId }))).toContain(
      'Known from the market in Cork.',
    );

    // Put them on a campaign with a measurable goal.
    const list = await client.call(createList, { name: 'Bakers', personIds: [first.personId, second.personId] });
    const today = new Date().toISOString().slice(0, 10);
    const inMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const campaign = await client.call(createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: today,
      endsOn: inMonths,
      currency: 'EUR',
      budget: { amountMinor: '200000', currency: 'EUR' },
      landingUrl: 'https://shop.example/oats',
    });
    await client.call(addGoal, { campaignId: campaign.id, metric: 'orders', target: 10, dueOn: inMonths });
    const roster = await client.call(addToRoster, { campaignId: campaign.id, listId: list.id, stage: 'live' });
    expect(roster.added).toBe(2);
    const [enrolmentId = ''] = roster.enrolmentIds;
    await client.call(updateEnrolment, { enrolmentId, fee: { amountMinor: '30000', currency: 'EUR' } });
    await client.call(changeCampaignState, { campaignId: campaign.id, from: 'draft', to: 'live' });

    // Content goes live and is measured.
    const { deliverableIds } = await client.call(addDeliverables, {
      campaignId: campaign.id,
      enrolmentIds: [enrolmentId],
      platform: 'instagram',
      format: 'reel',
      title: 'Porridge',
    });
    const [deliverableId = ''] = deliverableIds;
    await client.call(changeDeliverableState, {
      deliverableId,
      from: 'planned',
      to: 'live',
      liveUrl: 'https://social.example/p/1',
    });
    await client.call(recordResults, {
      deliverableId,
      source: 'Screenshot',
      values: { reach: 5000, impressions: 6200, likes: 240, comments: 10 },
    });

    // A link and a code each; clicks arrive.
    const link = await client.call(createLink, { enrolmentId, destination: 'https://shop.example/oats' });
    await client.call(createRosterCodes, { campaignId: campaign.id, kind: 'percent', percent: 10 });
    const redirected = await fetch(link.shortUrl.replace(/^https?:\/\/[^/]+/, server.address), {
      redirect: 'manual',
      headers: { 'user-agent': phone },
    });
    await fetch(link.shortUrl.replace(/^https?:\/\/[^/]+/, server.address), {
      redirect: 'manual',
      headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
    });
    expect(redirected.status).toBe(302);
    const target = new URL(redirected.headers.get('location') ?? '');
    expect(target.origin + target.pathname).toBe('https://shop.example/oats');
    expect(target.searchParams.get('utm_medium')).toBe('affiliate');
    const clickId = target.searchParams.get('rapport_click') ?? '';

    // Orders by signed webhook and by API.
    const orderId = await sendOrders(clickId);
    await until(async () => (await client.call(listLinks, {})).rows[0]?.clicks === 1);
    // The order may be read before its click is; what both end in is the same.
    await until(
      async () => (await client.call(listOrders, {})).rows.find((row) => row.id === orderId)?.credit?.rule === 'link',
    );
    const why = await client.call(explainOrder, { orderId });
    expect(why.rule).toBe('link');
    expect(why.winner?.clickId).toBe(clickId);

    // Read the return.
    const report = await client.call(getCampaignReport, { campaignId: campaign.id });
    const { traffic, sales, cost, returns } = report;
    expect(traffic.clicks.value).toBe(1);
    expect(sales.orders.value).toBe(1);
    expect(sales.revenue.value).toEqual({ amountMinor: '5240', currency: 'EUR' });
    expect(cost.total.value).toEqual({ amountMinor: '30000', currency: 'EUR' });
    expect(returns.roi.value).toBeCloseTo((5240 - 30000) / 30000, 6);
    expect(returns.cpa.value).toEqual({ amountMinor: '30000', currency: 'EUR' });
    expect(returns.cpe.value).toEqual({ amountMinor: '120', currency: 'EUR' });
    const csv = await (await client.open(exportCampaignCsv, { campaignId: campaign.id })).text();
    expect(csv).toContain('52.40');
    const pdf = Buffer.from(await (await client.open(exportCampaignPdf, { campaignId: campaign.id })).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  }, 180_000);

  async function untilIndexed(total: number) {
    let answer = await client.call(searchCreators, { filters: [] });
    await until(async () => {
      answer = await client.call(searchCreators, { filters: [] });
      return answer.total === total;
    });
    return answer;
  }

  /** One order by signed webhook, sent three times and once forged; one by the API that nobody brought. Returns the first one's id. */
  async function sendOrders(clickId: string): Promise<string> {
    const { source, secret } = await client.call(createOrderSource, { name: 'Shop', kind: 'webhook' });
    const body = JSON.stringify({
      type: 'order.paid',
      data: { id: '1001', orderedAt: new Date().toISOString(), total: '52.40', currency: 'EUR', clickIds: [clickId] },
    });
    const send = (messageId: string, signature: string) =>
      fetch(`${server.address}/api/v1/order-sources/${source.id}/webhook`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': signature,
        },
        body,
      });
    const signed = (messageId: string) => send(messageId, new Webhook(secret ?? '').sign(messageId, new Date(), body));

    expect((await send('msg_0', 'v1,Zm9yZ2Vk')).status).toBe(401);
    const answers = [await signed('msg_1'), await signed('msg_1'), await signed('msg_2')];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    await client.call(createOrder, { id: 'A-1', orderedAt: new Date().toISOString(), total: '9.90', currency: 'EUR' });
    const { rows } = await client.call(listOrders, {});
    expect(rows.length).toBe(2);
    return rows.find((row) => row.externalId === '1001')?.id ?? '';
  }
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 150; waited += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not come about within 15 seconds.');
}
