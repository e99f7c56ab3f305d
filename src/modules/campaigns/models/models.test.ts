import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { listMissing } from '#modules/content/api.ts';
import { approveDraft, portalListSubmissions, startDraft, submitDraft, writeDraft } from '#modules/submissions/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import * as api from '../api.ts';

const span = { startsOn: '2026-04-20', endsOn: '2026-05-31' };

describe('models of campaigns', () => {
  let test: TestCore;
  let client: Client;
  let people: string[];
  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => new Date('2026-05-14T09:00:00Z') } });
    const workspaceId = await test.database.createWorkspace('mine');
    people = await createPlainCreators(test.database.db, workspaceId, 4);
    client = test.client('mine');
  });
  afterAll(() => test.close());

  const plan = (rest: { name: string; model?: api.CampaignModel; ownModelId?: string }) =>
    client.call(api.createCampaign, { ...span, ...rest });
  const standingOf = async (enrolmentId: string) => (await client.call(api.getEnrolment, { enrolmentId })).stage;

  it('six come with the program, each with stages, goals and the beginning of a brief', async () => {
    const models = await client.call(api.listCampaignModels, {});
    expect(models.map((one) => one.id)).toEqual(api.campaignModels);
    for (const model of models) {
      expect(model.stages.length).toBeGreaterThan(3);
      expect(model.goals.length).toBeGreaterThan(0);
      expect(model.brief?.disclosure).not.toBe('');
      const campaign = await plan({ name: `One of ${model.name}`, model: model.model });
      expect(campaign).toMatchObject({ modelName: model.name, ownModelId: null });
      expect(campaign.stages).toEqual(model.stages);
      expect(model.stages.some((stage) => stage.phase === 'done')).toBe(true);
    }
  });

  it('one of your own is kept from a campaign, plans the next one with stages and brief, and goes without taking anything along', async () => {
    const source = await plan({ name: 'Spring dinners', model: 'event' });
    await client.call(api.addGoal, { campaignId: source.id, metric: 'posts_live', target: 10, dueOn: span.endsOn });
    await client.call(api.replaceStages, {
      campaignId: source.id,
      stages: [...source.stages, { label: 'Thanked', phase: 'done', waitsFor: 'nobody' }],
    });
    await client.call(api.saveBrief, {
      campaignId: source.id,
      basedOn: 0,
      brief: api.briefSchema.parse({
        background: 'A dinner for ten.',
        dates: { respondBy: '2026-04-27', draftsBy: null, liveFrom: null, liveUntil: null },
      }),
    });
    const kept = await client.call(api.createCampaignModel, { name: 'Dinner', fromCampaignId: source.id });
    expect(kept).toMatchObject({ isBuiltIn: false, model: 'event', goals: [{ metric: 'posts_live' }], campaigns: 0 });
    await expect(client.call(api.createCampaignModel, { name: 'dinner', model: 'event' })).rejects.toMatchObject({
      code: 'campaigns.model_name',
    });
    const next = await client.call(api.createCampaign, {
      name: 'Autumn dinner',
      ownModelId: kept.id,
      startsOn: '2026-09-07',
      endsOn: '2026-10-11',
    });
    expect(next).toMatchObject({
      model: 'event',
      modelName: 'Dinner',
      ownModelId: kept.id,
      briefVersion: 1,
      goals: [],
    });
    expect(next.stages.at(-1)).toMatchObject({ label: 'Thanked' });
    const { brief } = await client.call(api.getBrief, { campaignId: next.id });
    // A week after the first day, as in the campaign it came from.
    expect(brief).toMatchObject({ background: 'A dinner for ten.', dates: { respondBy: '2026-09-14' } });

    const changed = await client.call(api.updateCampaignModel, {
      modelId: kept.id,
      name: 'Long dinner',
      goals: [{ metric: 'reach' }, { metric: 'reach' }],
      briefOf: null,
    });
    expect(changed).toMatchObject({ name: 'Long dinner', goals: [{ metric: 'reach' }], brief: null, campaigns: 1 });
    await client.call(api.removeCampaignModel, { modelId: kept.id });
    expect(await client.call(api.getCampaign, { campaignId: next.id })).toMatchObject({
      modelName: 'Dinner',
      ownModelId: null,
      briefVersion: 1,
    });
    await expect(plan({ name: 'Late', ownModelId: kept.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says what is missing or does not fit when a campaign or a model is made', async () => {
    await expect(plan({ name: 'No model' })).rejects.toMatchObject({ code: 'campaigns.bad_model' });
    await expect(client.call(api.createCampaignModel, { name: 'From nothing' })).rejects.toMatchObject({
      code: 'campaigns.bad_model',
    });
    const own = await client.call(api.createCampaignModel, { name: 'Codes only', model: 'affiliate' });
    await expect(plan({ name: 'Torn', ownModelId: own.id, model: 'event' })).rejects.toMatchObject({
      code: 'campaigns.bad_model',
    });
    await expect(
      client.call(api.updateCampaignModel, {
        modelId: own.id,
        stages: [
          { label: 'Same', phase: 'done', waitsFor: 'us' },
          { label: 'same', phase: 'done', waitsFor: 'us' },
        ],
      }),
    ).rejects.toMatchObject({ code: 'campaigns.bad_stages' });
  });

  it('content for the brand is delivered when it is approved: nobody is asked to post it, and nothing is late or missing', async () => {
    const campaign = await plan({ name: 'Clips', model: 'ugc' });
    const campaignId = campaign.id;
    const personId = people[0] ?? '';
    const added = await client.call(api.addToRoster, { campaignId, personIds: [personId], stage: 'making' });
    const enrolmentId = added.enrolmentIds[0] ?? '';
    await client.call(api.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
    const piece = { campaignId, enrolmentIds: [enrolmentId], platform: 'instagram' as const, format: 'reel' };
    const { deliverableIds } = await client.call(api.addDeliverables, { ...piece, title: 'Clip', dueOn: '2026-05-10' });
    const deliverableId = deliverableIds[0] ?? '';
    const pieceNow = async () => (await client.call(api.listDeliverables, { campaignId })).rows[0];
    expect(await pieceNow()).toMatchObject({ isForBrand: true, isLate: true, approvedAt: null });
    const draft = await client.call(startDraft, { deliverableId });
    await client.call(writeDraft, { submissionId: draft.id, caption: 'A morning with it' });
    await client.call(submitDraft, { submissionId: draft.id, round: 1 });
    expect(await standingOf(enrolmentId)).toBe('review');
    const overruleReason = 'Nobody posts it';
    await client.call(approveDraft, { submissionId: draft.id, round: 1, overruleReason });
    expect(await pieceNow()).toMatchObject({
      state: 'approved',
      isLate: false,
      approvedAt: '2026-05-14T09:00:00.000Z',
    });
    expect(await standingOf(enrolmentId)).toBe('delivered');
    expect((await client.call(api.getCampaign, { campaignId })).roster).toMatchObject({
      live: 1,
      deliverables: 1,
      late: 0,
    });
    expect(await client.call(listMissing, { campaignId })).toMatchObject({ expected: 0, missing: [] });
    const creator = await test.portal('mine', personId);
    const rows = await creator.call(portalListSubmissions, {});
    expect(rows).toMatchObject([{ deliverableId, state: 'approved', todo: null }]);
  });
});
