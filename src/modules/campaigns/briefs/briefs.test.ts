import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { dayMs } from '#kernel/time.ts';
import { checkDisclosure } from '#modules/disclosure/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import * as api from '../api.ts';
import { collectBriefImages } from './keep-images.ts';
import { briefOpenWork } from './open-work.ts';

describe('briefs', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId: string;
  let people: string[];
  let nowMs = Date.parse('2026-05-04T09:00:00Z');

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => new Date(nowMs) } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    people = await createPlainCreators(test.database.db, workspaceId, 6);
    await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql`update person set emails = array['one@example.com'] where workspace_id = ${workspaceId} and id = ${people[0]}`.execute(
        tx,
      ),
    );
    client = test.client('mine');
  });
  afterAll(() => test.close());

  const text = (change: Partial<api.Brief> = {}) => ({
    ...api.briefSchema.parse({}),
    background: 'Oatwhistle makes a barista oat drink.',
    keyMessages: ['It froths like milk'],
    deliverables: [{ platform: 'instagram' as const, format: 'reel', count: 1, title: 'Slow', dueOn: '2026-05-20' }],
    ...change,
  });
  const campaignOf = async (count: number) => {
    const { id } = await client.call(api.createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: '2026-05-01',
      endsOn: '2026-05-31',
    });
    const { enrolmentIds } = await client.call(api.addToRoster, { campaignId: id, personIds: people.slice(0, count) });
    const { version } = await client.call(api.saveBrief, { campaignId: id, basedOn: 0, brief: text() });
    return { campaignId: id, enrolmentIds, version, first: enrolmentIds[0] ?? '', second: enrolmentIds[1] ?? '' };
  };
  const stateOf = async (campaignId: string) => {
    const { rows } = await client.call(api.listBriefStatus, { campaignId });
    return rows.map((row) => row.state);
  };
  const eventsOf = async (name: string, campaignId: string) => {
    const { rows } = await test.database.db.asSystem((tx) =>
      sql<{
        payload: Record<string, string>;
      }>`select payload from outbox where name = ${name} and payload ->> 'campaignId' = ${campaignId} order by id`.execute(
        tx,
      ),
    );
    return rows.map((row) => row.payload);
  };

  it('are sent with a link, opened, agreed to once, and the agreement says who, when, from where and which version', async () => {
    const { campaignId, enrolmentIds, first } = await campaignOf(2);
    const sent = await client.call(api.sendBrief, { campaignId, enrolmentIds });
    expect(sent).toMatchObject({ version: 1, sent: 2, reminded: 0, unchanged: 0, refused: [] });
    // No mail server is set up in this test, so both links are to be copied.
    expect(sent.links.map((link) => link.url)).toEqual([
      expect.stringMatching(/\/p\/enter#rpp_/),
      expect.stringMatching(/\/p\/enter#rpp_/),
    ]);
    expect(await client.call(api.sendBrief, { campaignId, enrolmentIds })).toMatchObject({ sent: 0, unchanged: 2 });
    expect(await stateOf(campaignId)).toEqual(['sent', 'sent']);

    const creator = await test.portal('mine', people[0] ?? '');
    const brief = await creator.call(api.getPortalBrief, { enrolmentId: first });
    expect(brief).toMatchObject({ state: 'to_acknowledge', version: 1, changes: [], shown: { own: [] } });
    expect(await stateOf(campaignId)).toEqual(['opened', 'sent']);
    const agreed = await creator.call(api.acknowledgeBrief, { enrolmentId: first, partHash: brief.partHash });
    nowMs += dayMs;
    const again = await creator.call(api.acknowledgeBrief, { enrolmentId: first, partHash: brief.partHash });
    expect(again.acknowledged).toEqual(agreed.acknowledged);
    const { rows } = await client.call(api.listBriefStatus, { campaignId });
    expect(rows[0]).toMatchObject({
      state: 'acknowledged',
      acknowledged: {
        version: 1,
        name: expect.stringMatching(/./),
        ip: expect.stringMatching(/./),
        at: '2026-05-04T09:00:00.000Z',
      },
    });
    expect(await eventsOf('brief.acknowledged', campaignId)).toEqual([
      expect.objectContaining({ enrolmentId: first, personId: people[0], version: '1' }),
    ]);
    expect(await eventsOf('brief.sent', campaignId)).toHaveLength(2);
  });

  it('that change ask again only those whose part changed, and show them what is new', async () => {
    const { campaignId, enrolmentIds, first, second } = await campaignOf(2);
    const override = {
      note: '',
      deliverables: [{ platform: 'tiktok' as const, format: 'video', count: 1, title: '', dueOn: null }],
    };
    await client.call(api.saveBriefOverride, { enrolmentId: second, override });
    await client.call(api.sendBrief, { campaignId, enrolmentIds });
    const creators = [await test.portal('mine', people[0] ?? ''), await test.portal('mine', people[1] ?? '')];
    for (const [index, creator] of creators.entries()) {
      const enrolmentId = enrolmentIds[index] ?? '';
      const { partHash, shown } = await creator.call(api.getPortalBrief, { enrolmentId });
      expect(shown.own).toEqual(index === 0 ? [] : ['deliverables']);
      await creator.call(api.acknowledgeBrief, { enrolmentId, partHash });
    }
    const moved = text({
      deliverables: [{ platform: 'instagram', format: 'reel', count: 2, title: 'Slow', dueOn: '2026-05-22' }],
    });
    const saved = await client.call(api.saveBrief, { campaignId, basedOn: 1, brief: moved, tell: true });
    expect(saved).toMatchObject({ version: 2, told: 1 });
    expect(await stateOf(campaignId)).toEqual(['sent', 'acknowledged']);
    const asked = await creators[0]?.call(api.getPortalBrief, { enrolmentId: first });
    expect(asked).toMatchObject({
      state: 'to_acknowledge',
      acknowledged: { version: 1 },
      changes: [
        {
          field: 'deliverables',
          before: ['1 × Instagram reel: Slow, due 2026-05-20'],
          after: ['2 × Instagram reel: Slow, due 2026-05-22'],
        },
      ],
    });
    expect(await creators[1]?.call(api.getPortalBrief, { enrolmentId: second })).toMatchObject({
      state: 'acknowledged',
      version: 1,
    });

    // A new order of lines is no change; a word to one creator alone is one for them.
    await client.call(api.saveBriefOverride, {
      enrolmentId: second,
      override: { ...override, note: 'You may film in the dark.' },
    });
    expect(await stateOf(campaignId)).toEqual(['opened', 'outdated']);
    expect(await client.call(api.sendBrief, { campaignId, enrolmentIds })).toMatchObject({ sent: 1, unchanged: 1 });
  });

  it('cannot be agreed to in a text that is no longer the one sent', async () => {
    const { campaignId, enrolmentIds, first } = await campaignOf(1);
    await client.call(api.sendBrief, { campaignId, enrolmentIds });
    const creator = await test.portal('mine', people[0] ?? '');
    const { partHash } = await creator.call(api.getPortalBrief, { enrolmentId: first });
    await client.call(api.saveBrief, { campaignId, basedOn: 1, brief: text({ donts: ['No children'] }), tell: true });
    await expect(creator.call(api.acknowledgeBrief, { enrolmentId: first, partHash })).rejects.toMatchObject({
      code: 'campaigns.brief_other',
      message: expect.stringContaining('version 2'),
    });
  });

  it('are nothing to another creator, to one who was taken off, and before they are sent', async () => {
    const { campaignId, enrolmentIds, first, second } = await campaignOf(2);
    const creator = await test.portal('mine', people[0] ?? '');
    const missing = creator.call(api.getPortalBrief, { enrolmentId: 'enr_none' }).catch((error: unknown) => error);
    const { message } = (await missing) as Error;
    for (const enrolmentId of [first, second])
      await expect(creator.call(api.getPortalBrief, { enrolmentId })).rejects.toMatchObject({
        kind: 'not_found',
        message,
      });
    await client.call(api.sendBrief, { campaignId, enrolmentIds });
    await expect(creator.call(api.getPortalBrief, { enrolmentId: second })).rejects.toMatchObject({ message });
    await client.call(api.removeFromRoster, { campaignId, enrolmentIds: [first] });
    await expect(creator.call(api.getPortalBrief, { enrolmentId: first })).rejects.toMatchObject({ message });
    const refused = await client.call(api.sendBrief, { campaignId, enrolmentIds });
    expect(refused.refused).toEqual([
      expect.objectContaining({ enrolmentId: first, message: expect.stringContaining('taken off') }),
    ]);
    await expect(client.call(api.sendBrief, { campaignId, enrolmentIds: ['enr_x'] })).rejects.toMatchObject({
      details: [{ field: 'enrolmentIds.0', message: 'Not on this campaign' }],
    });
  });

  it('remind those who have not agreed, but not twice within ten minutes', async () => {
    const { campaignId, enrolmentIds } = await campaignOf(1);
    await client.call(api.sendBrief, { campaignId, enrolmentIds });
    expect(await client.call(api.sendBrief, { campaignId, enrolmentIds, again: true })).toMatchObject({ unchanged: 1 });
    nowMs += dayMs;
    expect(await client.call(api.sendBrief, { campaignId, enrolmentIds, again: true })).toMatchObject({ reminded: 1 });
    const work = () =>
      test.core.infra.db.inWorkspace(workspaceId, async (tx) =>
        (await briefOpenWork(tx, workspaceId, { now: new Date(nowMs + 4 * dayMs) })).filter(
          (one) => one.campaignId === campaignId,
        ),
      );
    expect(await work()).toEqual([]);
    await client.call(api.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
    expect(await work()).toMatchObject([{ kind: 'brief.unconfirmed', personId: people[0] }]);
    const { rows } = await client.call(api.listBriefStatus, { campaignId });
    expect(rows[0]).toMatchObject({ times: 2, state: 'sent' });
  });

  it('have a mood board whose pictures are shown to those who were sent it and to nobody else, and are set in a PDF under 10 MB', async () => {
    const { campaignId, enrolmentIds, first } = await campaignOf(2);
    const noise = Buffer.from(Array.from({ length: 900 * 600 * 3 }, (_, index) => (index * 7919) % 251));
    const png = await sharp(noise, { raw: { width: 900, height: 600, channels: 3 } })
      .png()
      .toBuffer();
    const { fileId } = await client.upload(api.uploadBriefImage, {}, { body: new Uint8Array(png), fileName: 'a.png' });
    const item = { fileId, url: null, caption: 'Morning light on a table' };
    const brief = text({
      moodBoard: [item],
      pay: {
        fee: { amountMinor: '32000', currency: 'EUR' },
        goods: null,
        commissionShare: 0.12,
        paidAfter: 'live',
        paidWithinDays: 30,
      },
    });
    await client.call(api.saveBrief, { campaignId, basedOn: 1, brief });
    await expect(
      client.call(api.saveBrief, {
        campaignId,
        basedOn: 2,
        brief: text({ moodBoard: [{ ...item, fileId: 'fil_none' }] }),
      }),
    ).rejects.toMatchObject({ code: 'campaigns.bad_image', details: [{ field: 'brief.moodBoard.0.fileId' }] });
    await client.call(api.sendBrief, { campaignId, enrolmentIds: [first] });
    const [mine, other] = [await test.portal('mine', people[0] ?? ''), await test.portal('mine', people[1] ?? '')];
    const picture = await mine.open(api.getPortalBriefImage, { enrolmentId: first, fileId });
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
    await expect(
      other.open(api.getPortalBriefImage, { enrolmentId: enrolmentIds[1] ?? '', fileId }),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await expect(test.client('theirs').open(api.getBriefImage, { fileId })).rejects.toMatchObject({
      kind: 'not_found',
    });

    for (const answer of [
      await client.open(api.getBriefPdf, { campaignId, enrolmentId: first }),
      await mine.open(api.getPortalBriefPdf, { enrolmentId: first }),
    ]) {
      const pdf = Buffer.from(await answer.arrayBuffer());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.byteLength).toBeLessThan(10_000_000);
      expect(pdf.byteLength).toBeGreaterThan(30_000);
      expect(pdf.toString('latin1')).toContain('pdfuaid');
    }

    const { fileId: unused } = await client.upload(
      api.uploadBriefImage,
      {},
      { body: new Uint8Array(png), fileName: 'b.png' },
    );
    nowMs += 8 * dayMs;
    expect(await collectBriefImages(test.core.infra)).toBe(1);
    await expect(client.open(api.getBriefImage, { fileId: unused })).rejects.toMatchObject({ kind: 'not_found' });
    expect((await client.open(api.getBriefImage, { fileId })).status).toBe(200);
  });

  it('are kept as templates whose days move with the campaign they are used for', async () => {
    const { campaignId } = await campaignOf(1);
    const kept = await client.call(api.saveBriefTemplate, { campaignId, name: 'Oat drinks' });
    await expect(client.call(api.saveBriefTemplate, { campaignId, name: 'oat DRINKS' })).rejects.toMatchObject({
      code: 'campaigns.template_name',
    });
    const later = await client.call(api.createCampaign, {
      name: 'Autumn',
      model: 'sponsored',
      startsOn: '2026-09-01',
      endsOn: '2026-09-30',
    });
    const [own, ...builtIn] = await client.call(api.listBriefTemplates, { model: 'sponsored', campaignId: later.id });
    expect(own).toMatchObject({ id: kept.id, isBuiltIn: false, brief: { deliverables: [{ dueOn: '2026-09-20' }] } });
    expect(builtIn.map((template) => template.isBuiltIn)).toEqual([true, true]);
    for (const model of api.campaignModels) {
      const templates = await client.call(api.listBriefTemplates, { model, campaignId: later.id });
      for (const template of templates.filter((one) => one.isBuiltIn))
        expect(await client.call(api.checkBrief, { brief: template.brief })).toEqual([]);
    }
    await expect(client.call(api.removeBriefTemplate, { templateId: 'built-in.seeding' })).rejects.toMatchObject({
      code: 'campaigns.bad_template',
    });
    await client.call(api.removeBriefTemplate, { templateId: kept.id });
    await expect(client.call(api.renameBriefTemplate, { templateId: kept.id, name: 'x' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('propose a label that passes the rules of its country, and none where no rules are at hand', async () => {
    for (const country of ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'CA', 'AU', 'IN']) {
      const proposed = await client.call(api.proposeDisclosure, { country, model: 'sponsored' });
      const [label = ''] = proposed.labels;
      expect(proposed.text).toContain(label);
      const caption = `${label}: ${country === 'DE' ? 'Mein Morgen mit Haferdrink ist ruhig und schön.' : 'My morning with this oat drink is calm.'}`;
      const verdict = checkDisclosure({
        caption,
        platform: 'instagram',
        country,
        media: { kind: 'image' },
        relation: 'paid',
        platformLabel: true,
      });
      expect([country, verdict.verdict === 'fail' ? verdict.findings : 'no failure']).toEqual([country, 'no failure']);
    }
    expect(await client.call(api.proposeDisclosure, { country: 'AQ' })).toMatchObject({ text: null });
  });
});
