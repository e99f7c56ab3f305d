import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSlug } from '#app/sample/load-sample.ts';
import type { Client } from '#client/client.ts';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { searchCreators } from '#modules/discovery/api.ts';
import { getCampaignReport } from '#modules/reports/api.ts';
import { listOrders } from '#modules/tracking/api.ts';
import { createWorkspace, listWorkspaces, removeSample } from '#modules/workspaces/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';

describe('the sample workspace', () => {
  let test: TestCore;
  let client: Client;

  beforeAll(async () => {
    test = await openTestCore({ withSample: true });
    client = test.client(sampleSlug);
  }, 180_000);

  afterAll(() => test.close());

  it('shows at least 2,000 creators that can be searched at once', async () => {
    const answer = await client.call(searchCreators, { text: 'sourdough', facets: ['platform'] });

    expect(answer.indexed).toBeGreaterThanOrEqual(2000);
    expect(answer.total).toBeGreaterThan(10);
  });

  it('has campaigns of each model whose reports add up from creators to the whole', async () => {
    const { rows } = await client.call(listCampaigns, { limit: 50 });
    expect(new Set(rows.map((row) => row.model))).toEqual(new Set(['sponsored', 'product_seeding', 'ambassadorship']));

    for (const campaign of rows) {
      const report = await client.call(getCampaignReport, { campaignId: campaign.id });
      const parts = [...report.creators, ...(report.unassigned === null ? [] : [report.unassigned])];
      const sum = (pick: (row: (typeof parts)[number]) => number) => parts.reduce((total, row) => total + pick(row), 0);
      expect(
        sum((row) => Number(row.orders.value ?? 0)),
        campaign.name,
      ).toBe(report.sales.orders.value);
      expect(report.traffic.clicks.value, campaign.name).toBeGreaterThan(0);
    }
  });

  it('credits every order that came by a link or code, with the real rules', async () => {
    const first = await client.call(listOrders, { limit: 500 });

    expect(first.rows.length).toBe(500);
    expect(first.rows.filter((row) => row.credit === null || row.credit.rule === 'none')).toEqual([]);
  });

  it('goes without a trace, and alone', async () => {
    const machine = test.client();
    await machine.call(createWorkspace, { name: 'Own brand', slug: 'own' });

    await client.call(removeSample, {});

    const { rows } = await machine.call(listWorkspaces, {});
    expect(rows.map((row) => row.slug)).toEqual(['own']);
    expect(await rowsPerTable('person', 'post', 'click', 'conversion', 'credit', 'campaign', 'audit_entry')).toEqual([
      0, 0, 0, 0, 0, 0, 1,
    ]);
    await expect(test.client('own').call(removeSample, {})).rejects.toMatchObject({ kind: 'not_found' });
  });

  async function rowsPerTable(...tables: string[]): Promise<number[]> {
    const connection = await test.core.infra.db.systemConnection();
    try {
      const counts: number[] = [];
      for (const table of tables) {
        const { rows } = await connection.query<{ n: bigint }>(`select count(*) as n from ${table}`);
        counts.push(Number(rows[0]?.n));
      }
      return counts;
    } finally {
      connection.release();
    }
  }
});
