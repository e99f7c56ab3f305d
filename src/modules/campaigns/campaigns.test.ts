import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

describe('campaigns over the API', () => {
  let test: TestCore;
  let workspaceId: string;
  const slug = 'slow-mornings';

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace(slug);
  });
  afterAll(() => test.close());

  const plan = { name: 'Slow Mornings', model: 'sponsored', startsOn: '2026-04-20', endsOn: '2026-05-31' } as const;

  it('plans a campaign with the stages of its model and reads it back', async () => {
    const client = test.client(slug);
    const made = await client.call(api.createCampaign, {
      ...plan,
      budget: { amountMinor: '840000', currency: 'EUR' },
      goals: [{ metric: 'orders', target: 500, dueOn: '2026-05-31' }],
    });
    expect(made.currency).toBe('EUR');
    expect(made.stages.map((stage) => stage.name)).toEqual([
      'shortlisted',
      'invited',
      'contract',
      'making',
      'review',
      'live',
    ]);
    expect(made.goals).toMatchObject([{ metric: 'orders', target: 500, isMain: true, family: 'sales' }]);
    expect(await client.call(api.getCampaign, { campaignId: made.id })).toEqual(made);
    const list = await client.call(api.listCampaigns, {});
    expect(list.rows.map((row) => row.id)).toContain(made.id);
  });

  it('walks a creator from the shortlist to a live post with results', async () => {
    const client = test.client(slug);
    const campaign = await client.call(api.createCampaign, {
      ...plan,
      budget: { amountMinor: '100000', currency: 'USD' },
    });
    const personId = newId('person');
    await test.database.db.inWorkspace(workspaceId, async (tx) => {
      await tx
        .insertInto('person')
        .values({ workspace_id: workspaceId, id: personId, name: 'Nell Thistlewick' })
        .execute();
      await tx
        .insertInto('profile')
        .values({
          workspace_id: workspaceId,
          id: newId('profile'),
          person_id: personId,
          platform: 'instagram',
          handle: 'nell',
          handle_key: 'nell',
          source: 'test',
        })
        .execute();
    });
    const added = await client.call(api.addToRoster, {
      campaignId: campaign.id,
      handles: [{ platform: 'instagram', handle: '@Nell' }],
      fee: { amountMinor: '32000', currency: 'USD' },
    });
    expect(added).toMatchObject({ added: 1, unchanged: 0, refused: [] });
    const [enrolmentId = ''] = added.enrolmentIds;
    const moved = await client.call(api.moveOnRoster, {
      campaignId: campaign.id,
      to: 'making',
      enrolments: [{ id: enrolmentId, from: 'shortlisted' }],
    });
    expect(moved).toEqual({ moved: 1, unchanged: 0, conflicts: [] });
    const after = await client.call(api.getCampaign, { campaignId: campaign.id });
    expect(after.budget).toMatchObject({ committed: { amountMinor: '32000' }, free: { amountMinor: '68000' } });
    const { deliverableIds } = await client.call(api.addDeliverables, {
      campaignId: campaign.id,
      enrolmentIds: [enrolmentId],
      platform: 'instagram',
      format: 'reel',
      title: 'Morning reel',
    });
    const [deliverableId = ''] = deliverableIds;
    const live = await client.call(api.changeDeliverableState, {
      deliverableId,
      from: 'planned',
      to: 'live',
      liveUrl: 'https://www.instagram.com/reel/abc/?igsh=1',
    });
    expect(live.state).toBe('live');
    const csv =
      'url;Reach;Likes;Comments\nhttps://instagram.com/reel/abc;12.5K;1.204;n/a\nhttps://instagram.com/reel/none;1;1;1\n';
    const first = await client.upload(
      api.importResults,
      { campaignId: campaign.id },
      { body: csv, fileName: 'insights.csv' },
    );
    expect(first).toMatchObject({ read: 2, recorded: 1, skipped: 1, values: 2, errorsTotal: 1 });
    expect(first.errors[0]).toMatchObject({ row: 3, field: 'url' });
    const again = await client.upload(
      api.importResults,
      { campaignId: campaign.id },
      { body: csv, fileName: 'insights.csv' },
    );
    expect(again).toMatchObject({ read: 2, recorded: 0, unchanged: 1, values: 0 });
    const content = await client.call(api.listDeliverables, { campaignId: campaign.id });
    expect(content.rows[0]?.results).toMatchObject({
      reach: { value: 12500, source: 'insights.csv' },
      likes: { value: 1204 },
    });
    expect(content.rows[0]?.results.comments).toBeUndefined();
    expect(content.rows[0]?.engagements).toBeNull();
    const csvRoster = await (await client.open(api.exportRoster, { campaignId: campaign.id })).text();
    expect(csvRoster).toContain('Nell Thistlewick');
    const history = await client.call(api.listEnrolmentHistory, { enrolmentId });
    expect(history.map((entry) => entry.kind)).toEqual(['moved', 'added']);
  });
});
