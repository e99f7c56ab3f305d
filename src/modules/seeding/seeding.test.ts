import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import {
  addDeliverables,
  addToRoster,
  changeDeliverableState,
  createCampaign,
  getCampaign,
  getEnrolment,
} from '#modules/campaigns/api.ts';
import { eraseCreators, mergeCreators } from '#modules/creators/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import * as api from './api.ts';
import { openWork, portalTasks, runNudges } from './index.ts';

const start = new Date('2026-05-04T09:00:00Z');
const dayMs = 86_400_000;
const eur = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency: 'EUR' });
const home: api.PostalAddress = {
  name: 'Nell Byrne',
  line1: 'Hauptstr. 5',
  line2: '',
  city: 'Berlin',
  region: '',
  postcode: '10115',
  country: 'DE',
  phone: '',
};

describe('seeding', () => {
  let test: TestCore;
  let admin: pg.Client;
  let now = start;
  let workspaceId = '';
  let client: Client;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    admin = new pg.Client({ connectionString: test.database.adminUrl });
    await admin.connect();
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    await admin.query(`update workspace set currency = 'EUR'`);
    client = test.client('mine');
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await test?.close();
  });

  let round = 0;
  /** A product with one variant, and a campaign that offers it to these creators, who were all asked. */
  const offer = async (
    handles: string[],
    given: { stock?: number | null; plan?: object; cost?: number | null; shipsTo?: string[] | null } = {},
  ) => {
    round += 1;
    const { stock = 10, cost = 650, shipsTo = null } = given;
    const product = await client.call(api.createProduct, {
      name: `Oat drink ${round}`,
      category: 'Drinks',
      shipsTo,
      variants: [
        {
          sku: `OAT-${round}`,
          options: { Colour: 'Sand', Size: 'M' },
          cost: cost === null ? null : eur(cost),
          price: eur(1990),
          stock,
          weightGrams: 1250,
        },
      ],
    });
    const roster = await aCampaign(
      test.database,
      workspaceId,
      handles.map((handle) => `${handle}${round}`),
    );
    await client.call(api.saveSeedingPlan, {
      campaignId: roster.campaignId,
      sender: 'Oat Whistle\n1 Mill Lane, Cork',
      shippingCost: eur(400),
      ...given.plan,
      choices: [{ productId: product.id, eachMax: 5 }],
    });
    await client.call(api.askCreators, {
      campaignId: roster.campaignId,
      enrolmentIds: roster.enrolments.map((one) => one.id),
      kind: 'pick',
    });
    return { product, variantId: product.variants[0]?.id ?? '', roster, campaignId: roster.campaignId };
  };
  const who = (roster: TestRoster, at = 0) => {
    const enrolment = roster.enrolments[at];
    if (enrolment === undefined) throw new Error('No such creator in the test');
    return enrolment;
  };
  const portal = (roster: TestRoster, at = 0) => test.portal('mine', who(roster, at).personId);
  const rowOf = async (roster: TestRoster, at = 0) => {
    const { rows } = await client.call(api.listSeeding, { campaignId: roster.campaignId });
    const row = rows.find((one) => one.enrolmentId === who(roster, at).id);
    if (row === undefined) throw new Error('No row');
    return row;
  };
  const stockOf = async (productId: string) => (await client.call(api.getProduct, { productId })).variants[0];
  /** Chosen, approved and on the packing list. */
  const sent = async (roster: TestRoster, of: { variantId: string; at?: number; quantity?: number }) => {
    const creator = await portal(roster, of.at);
    const enrolmentId = who(roster, of.at).id;
    const picked = await creator.call(api.portalPick, {
      enrolmentId,
      lines: [{ variantId: of.variantId, quantity: of.quantity ?? 1 }],
    });
    await creator.call(api.portalSaveAddress, { address: home, agrees: true });
    const pickIds = [picked.pick?.id ?? ''];
    await client.call(api.approvePicks, { pickIds });
    expect(await client.call(api.sendPicks, { campaignId: roster.campaignId, pickIds })).toMatchObject({ done: 1 });
    return { creator, enrolmentId, pickIds, shipmentId: (await rowOf(roster, of.at)).shipment?.id ?? '' };
  };

  it('goes from a creator’s choice by approval, address and packing list to delivery, and costs what the goods cost', async () => {
    const { roster, variantId, product, campaignId } = await offer(['nell']);
    const enrolmentId = who(roster).id;
    const creator = await portal(roster);
    const before = await creator.call(api.portalGetOffer, { enrolmentId });
    expect(before).toMatchObject({
      canPick: true,
      pick: null,
      address: null,
      disclosure: expect.stringContaining('for free'),
    });
    expect(JSON.stringify(before)).not.toContain('650');
    const picked = await creator.call(api.portalPick, {
      enrolmentId,
      lines: [{ variantId, quantity: 1 }],
      note: 'Thank you!',
    });
    expect(picked.pick).toMatchObject({ state: 'submitted', lines: [{ variantTitle: 'Sand / M', quantity: 1 }] });
    expect(await stockOf(product.id)).toMatchObject({ stock: 10, held: 1, available: 9 });
    expect((await rowOf(roster)).step).toBe('to_decide');
    expect((await client.call(getEnrolment, { enrolmentId })).productCost).toBeNull();

    const pickIds = [picked.pick?.id ?? ''];
    expect(await client.call(api.approvePicks, { pickIds })).toMatchObject({ done: 1, refused: [] });
    expect(await client.call(api.approvePicks, { pickIds })).toMatchObject({ done: 0, unchanged: 1 });
    expect((await client.call(getEnrolment, { enrolmentId })).productCost).toEqual(eur(650));
    expect((await rowOf(roster)).step).toBe('address_missing');
    expect(await client.call(api.sendPicks, { campaignId, pickIds })).toMatchObject({
      done: 0,
      refused: [{ message: expect.stringContaining('no address') }],
    });
    await expect(
      creator.call(api.portalSaveAddress, { address: { ...home, postcode: '1011', city: '' }, agrees: true }),
    ).rejects.toMatchObject({
      code: 'seeding.bad_address',
      details: [{ field: 'address.city' }, { field: 'address.postcode' }],
    });
    await creator.call(api.portalSaveAddress, { address: home, agrees: true });

    expect(await client.call(api.sendPicks, { campaignId, pickIds })).toMatchObject({ done: 1 });
    expect(await client.call(api.sendPicks, { campaignId, pickIds })).toMatchObject({ done: 0, unchanged: 1 });
    expect(await stockOf(product.id)).toMatchObject({ stock: 9, held: 0, available: 9 });
    const shipmentId = (await rowOf(roster)).shipment?.id ?? '';
    const shipmentIds = [shipmentId];
    await client.call(api.recordShipment, { shipmentIds, kind: 'shipped', carrier: 'DHL', trackingNumber: '00340' });
    expect((await creator.call(api.portalGetOffer, { enrolmentId })).shipment).toMatchObject({
      state: 'shipped',
      trackingNumber: '00340',
    });
    await creator.call(api.portalParcelArrived, { enrolmentId });
    await creator.call(api.portalParcelArrived, { enrolmentId });
    const { shipment, events } = await client.call(api.getShipment, { shipmentId });
    expect(shipment).toMatchObject({
      state: 'delivered',
      postExpectedBy: new Date(now.getTime() + 21 * dayMs).toISOString(),
    });
    expect(events.map((event) => event.kind)).toEqual(['ordered', 'shipped', 'delivered']);
    const wrong = events.find((event) => event.kind === 'delivered');
    const back = await client.call(api.withdrawShipmentEvent, { shipmentId, eventId: wrong?.id ?? '' });
    expect(back.state).toBe('shipped');
  });

  it('gives the last piece to one of many who choose it at once', async () => {
    const { roster, variantId, product } = await offer(['ada', 'bo', 'cy', 'di', 'ed'], { stock: 2 });
    const tries = await Promise.allSettled(
      roster.enrolments.map(async (enrolment, at) =>
        (await portal(roster, at)).call(api.portalPick, {
          enrolmentId: enrolment.id,
          lines: [{ variantId, quantity: 1 }],
        }),
      ),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
    for (const one of tries)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'seeding.no_stock', message: expect.stringContaining('sold out') });
    expect(await stockOf(product.id)).toMatchObject({ stock: 2, held: 2, available: 0 });
  });

  it('holds all limits of a campaign: pieces, value at cost, what all may have, and the day', async () => {
    const { roster, variantId, campaignId } = await offer(['finn', 'gus'], {
      plan: { itemsMax: 3, valueMax: eur(1300), unitsMax: 3, pickUntil: '2026-05-20' },
    });
    const enrolmentId = who(roster).id;
    const creator = await portal(roster);
    const pick = (quantity: number) => creator.call(api.portalPick, { enrolmentId, lines: [{ variantId, quantity }] });
    await expect(pick(4)).rejects.toMatchObject({ code: 'seeding.over_limit' });
    await expect(pick(3)).rejects.toMatchObject({
      code: 'seeding.over_limit',
      message: expect.stringContaining('more than the campaign gives'),
    });
    await pick(2);
    // Changing one's own choice does not count against itself.
    expect((await pick(1)).pick?.lines[0]?.quantity).toBe(1);
    await pick(2);
    const other = await portal(roster, 1);
    await expect(
      other.call(api.portalPick, { enrolmentId: who(roster, 1).id, lines: [{ variantId, quantity: 2 }] }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('Only one piece'),
    });
    expect(await client.call(api.getSeedingPlan, { campaignId })).toMatchObject({ unitsChosen: 2 });
    now = new Date('2026-05-21T09:00:00Z');
    await expect(pick(1)).rejects.toMatchObject({
      code: 'seeding.not_open',
      message: expect.stringContaining('2026-05-20'),
    });
    now = start;
  });

  it('lets a rejected creator read why and choose again, and frees what was held', async () => {
    const { roster, variantId, product } = await offer(['hal']);
    const enrolmentId = who(roster).id;
    const creator = await portal(roster);
    const first = await creator.call(api.portalPick, { enrolmentId, lines: [{ variantId, quantity: 1 }] });
    const pickId = first.pick?.id ?? '';
    expect(await client.call(api.rejectPicks, { pickIds: [pickId], reason: 'This one is for spring' })).toMatchObject({
      done: 1,
    });
    expect((await stockOf(product.id))?.held).toBe(0);
    expect((await rowOf(roster)).step).toBe('choosing_again');
    expect((await creator.call(api.portalGetOffer, { enrolmentId })).pick).toMatchObject({
      state: 'rejected',
      reason: 'This one is for spring',
    });
    const tasks = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      portalTasks(test.core.infra, tx, { workspaceId, personId: who(roster).personId }),
    );
    expect(tasks).toMatchObject([{ kind: 'pick.choose', isUrgent: true, path: `/seeding/${enrolmentId}` }]);
    const again = await creator.call(api.portalPick, { enrolmentId, lines: [{ variantId, quantity: 1 }] });
    expect((await client.call(api.listPicks, { enrolmentId })).map((pick) => [pick.round, pick.state])).toEqual([
      [2, 'submitted'],
      [1, 'rejected'],
    ]);
    expect(await client.call(api.approvePicks, { pickIds: [pickId] })).toMatchObject({
      done: 0,
      refused: [{ id: pickId }],
    });
    const edited = await client.call(api.editPick, {
      pickId: again.pick?.id ?? '',
      lines: [{ variantId, quantity: 2 }],
    });
    expect(edited.cost).toEqual(eur(1300));
    await client.call(api.approvePicks, { pickIds: [edited.id] });
    await expect(
      creator.call(api.portalPick, { enrolmentId, lines: [{ variantId, quantity: 1 }] }),
    ).rejects.toMatchObject({ code: 'seeding.decided_already' });
    expect(await client.call(api.cancelPick, { pickId: edited.id })).toMatchObject({ state: 'cancelled' });
    expect((await client.call(getEnrolment, { enrolmentId })).productCost).toBeNull();
  });

  it('shows a creator nothing of another one, and another workspace nothing at all', async () => {
    const { roster, campaignId, product } = await offer(['ida', 'jo']);
    const other = await portal(roster, 1);
    const missing = await other
      .call(api.portalGetOffer, { enrolmentId: 'enr_none' })
      .catch((error: Error) => error.message);
    expect(
      await other.call(api.portalGetOffer, { enrolmentId: who(roster).id }).catch((error: Error) => error.message),
    ).toBe(missing);
    const theirs = test.client('theirs');
    const tries = await Promise.allSettled([
      theirs.call(api.getSeedingPlan, { campaignId }),
      theirs.call(api.getProduct, { productId: product.id }),
      theirs.call(api.getAddress, { personId: who(roster).personId }),
      theirs.call(api.addDoNotGift, { personId: who(roster).personId, reason: 'other' }),
    ]);
    for (const one of tries) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  });

  it('keeps those on the do-not-gift list from being asked, choosing or being sent anything', async () => {
    const { roster, campaignId, variantId } = await offer(['kim']);
    const { personId, id: enrolmentId } = who(roster);
    await client.call(api.addDoNotGift, { personId, reason: 'never_posts', note: 'Three parcels, no post' });
    expect((await rowOf(roster)).step).toBe('barred');
    expect(await client.call(api.askCreators, { campaignId, enrolmentIds: [enrolmentId], kind: 'pick' })).toMatchObject(
      {
        asked: [],
        refused: [{ message: expect.stringContaining('did not post') }],
      },
    );
    const creator = await portal(roster);
    expect((await creator.call(api.portalGetOffer, { enrolmentId })).canPick).toBe(false);
    await expect(
      creator.call(api.portalPick, { enrolmentId, lines: [{ variantId, quantity: 1 }] }),
    ).rejects.toMatchObject({ code: 'seeding.not_open' });
    await expect(
      client.call(api.choosePick, { enrolmentId, lines: [{ variantId, quantity: 1 }] }),
    ).rejects.toMatchObject({ code: 'seeding.do_not_gift' });
    const fact = () =>
      admin.query(`select value->>'reason' as reason from person_fact where person_id = $1 and name = 'do_not_gift'`, [
        personId,
      ]);
    expect((await fact()).rows).toEqual([{ reason: 'never_posts' }]);
    expect(await client.call(api.listDoNotGift, { personIds: [personId] })).toMatchObject([
      { reason: 'never_posts', record: { parcels: 0 } },
    ]);
    await client.call(api.removeDoNotGift, { personId });
    expect((await fact()).rows).toEqual([]);
    expect((await client.call(api.choosePick, { enrolmentId, lines: [{ variantId, quantity: 1 }] })).state).toBe(
      'approved',
    );
  });

  it('lets nobody on the do-not-gift list into a seeding campaign, by name, until they are taken off', async () => {
    const { roster } = await offer(['ivy', 'joe']);
    const [barred, welcome] = [who(roster).personId, who(roster, 1).personId];
    await client.call(api.addDoNotGift, { personId: barred, reason: 'never_posts' });
    const create = (model: 'product_seeding' | 'sponsored') =>
      client.call(createCampaign, { name: `Gifts ${model}`, model, startsOn: '2026-05-01', endsOn: '2026-05-31' });
    const { id: campaignId } = await create('product_seeding');
    const add = (to: string) => client.call(addToRoster, { campaignId: to, personIds: [barred, welcome] });
    expect(await add(campaignId)).toMatchObject({
      added: 1,
      refused: [{ reason: 'do_not_gift', message: expect.stringContaining('took products and did not post') }],
    });
    // A campaign that pays sends nothing, so it is open to them.
    expect(await add((await create('sponsored')).id)).toMatchObject({ added: 2, refused: [] });
    await client.call(api.removeDoNotGift, { personId: barred });
    expect(await add(campaignId)).toMatchObject({ added: 1, unchanged: 1, refused: [] });
  });

  it('counts postage as a cost of the campaign: entered, else the plan’s rate and said to be so, and unknown when neither is known', async () => {
    const { roster, variantId, campaignId, product } = await offer(['pat', 'quy', 'rob']);
    const own = await Promise.all([0, 1].map((at) => sent(roster, { variantId, at })));
    const costs = async () => {
      const { budget } = await client.call(getCampaign, { campaignId });
      const { postage } = await client.call(getEnrolment, { enrolmentId: own[0]?.enrolmentId ?? '' });
      return {
        spent: budget.byKind.postage.paid.amountMinor,
        assumed: budget.postageAssumed.amountMinor,
        first: postage?.amountMinor ?? null,
      };
    };
    expect(await costs()).toEqual({ spent: '800', assumed: '800', first: '400' });
    await client.call(api.updateShipment, { shipmentId: own[0]?.shipmentId ?? '', shippingCost: eur(735) });
    expect(await costs()).toEqual({ spent: '1135', assumed: '400', first: '735' });
    const plan = (shippingCost: ReturnType<typeof eur> | null) =>
      client.call(api.saveSeedingPlan, { campaignId, shippingCost, choices: [{ productId: product.id }] });
    await plan(eur(500));
    expect(await costs()).toEqual({ spent: '1235', assumed: '500', first: '735' });
    await plan(null);
    expect(await costs()).toEqual({ spent: '735', assumed: '0', first: '735' });
    // A parcel that never left costs nothing to send; taken back, it costs again.
    await client.call(api.recordShipment, { shipmentIds: [own[0]?.shipmentId ?? ''], kind: 'cancelled' });
    expect(await costs()).toEqual({ spent: '0', assumed: '0', first: null });
    const { events } = await client.call(api.getShipment, { shipmentId: own[0]?.shipmentId ?? '' });
    const wrong = events.find((event) => event.kind === 'cancelled')?.id ?? '';
    await client.call(api.withdrawShipmentEvent, { shipmentId: own[0]?.shipmentId ?? '', eventId: wrong });
    expect(await costs()).toEqual({ spent: '735', assumed: '0', first: '735' });
  });

  it('erases addresses with the person, on parcels too, and moves them when persons are merged', async () => {
    const { roster, variantId } = await offer(['lou', 'max', 'nia']);
    await sent(roster, { variantId });
    await sent(roster, { variantId, at: 1 });
    const [gone, kept] = [who(roster).personId, who(roster, 2).personId];
    await client.call(eraseCreators, { personIds: [gone] });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: who(roster, 1).personId });
    await test.core.infra.outbox.settle(20_000);
    const addresses = await admin.query('select person_id from creator_address where person_id = any($1)', [
      roster.enrolments.map((one) => one.personId),
    ]);
    expect(addresses.rows).toEqual([{ person_id: kept }]);
    const parcels = await admin.query(
      'select person_id, address is null as empty from shipment where campaign_id = $1 order by 2',
      [roster.campaignId],
    );
    expect(parcels.rows).toEqual([
      { person_id: kept, empty: false },
      { person_id: gone, empty: true },
    ]);
  });

  it('prints what to pack with labels, reads tracking numbers back, and the same file again changes nothing', async () => {
    const { roster, variantId, campaignId } = await offer(['oz', 'pia']);
    const first = await sent(roster, { variantId, quantity: 1 });
    await sent(roster, { variantId, at: 1 });
    const pdf = await client.open(api.packingListPdf, { campaignId });
    const text = readPdf(new Uint8Array(await pdf.arrayBuffer())).words;
    expect(text).toContain('Hauptstr. 5');
    expect(text).toContain('GERMANY');
    const csv = await (await client.open(api.packingListCsv, { campaignId })).text();
    // Both were ordered at one moment, so either may come first.
    expect(csv.split('\n').filter((line) => line.startsWith(`${first.shipmentId},`))).toHaveLength(1);
    const upload = (file: string, dryRun = false) =>
      client.upload(
        api.importTracking,
        { campaignId, dryRun },
        { body: new TextEncoder().encode(file), fileName: 'tracking.csv' },
      );
    const file = `Order;Tracking number;Carrier;Date;Shipping cost\n${first.shipmentId};JD0001;DHL;2026-05-03;4,90\nshp_unknown;X;DHL;;\n`;
    expect(await upload(file, true)).toMatchObject({ changed: 1, errors: [{ row: 3, field: 'order' }] });
    expect((await rowOf(roster)).step).toBe('to_ship');
    expect(await upload(file)).toMatchObject({ changed: 1, unchanged: 0 });
    expect(await upload(file)).toMatchObject({ changed: 0, unchanged: 1 });
    expect((await rowOf(roster)).shipment).toMatchObject({
      state: 'shipped',
      tracking: { number: 'JD0001' },
      shippingCost: eur(490),
      shippedAt: '2026-05-03T00:00:00.000Z',
    });
    await expect(upload('a,b\n1,2')).rejects.toMatchObject({ code: 'seeding.bad_file' });
  });

  it('reminds once after delivery who has not posted, and reports post rate, cost per post and waste', async () => {
    const handles = ['qi', 'ro', 'sal', 'tam', 'una', 'vic'];
    const { roster, variantId, campaignId } = await offer(handles, {
      plan: { isObliged: true, nudgeAfterDays: 5, postWithinDays: 14 },
    });
    for (const at of handles.keys()) {
      const { shipmentId } = await sent(roster, { variantId, at });
      await client.call(api.recordShipment, { shipmentIds: [shipmentId], kind: 'shipped' });
      await client.call(api.recordShipment, { shipmentIds: [shipmentId], kind: at === 5 ? 'lost' : 'delivered' });
    }
    const personIds = roster.enrolments.map((one) => one.personId);
    await admin.query(`update person set emails = array[id || '@example.com'] where id = any($1)`, [personIds]);
    const posted = await client.call(addDeliverables, {
      campaignId,
      enrolmentIds: [who(roster).id],
      platform: 'instagram',
      format: 'post',
      title: 'Post',
    });
    const live = {
      deliverableId: posted.deliverableIds[0] ?? '',
      from: 'planned' as const,
      to: 'live' as const,
      liveUrl: 'https://instagram.com/p/abc',
    };
    await client.call(changeDeliverableState, live);
    const mails = async () =>
      (await admin.query(`select key from mail_out where key like 'seeding-nudge:%'`)).rows.length;
    await runNudges(test.core.infra);
    expect(await mails()).toBe(0);
    now = new Date(start.getTime() + 6 * dayMs);
    await runNudges(test.core.infra);
    await runNudges(test.core.infra);
    // Four delivered without a post; nothing carries mail here, so that they are kept as off.
    expect(await mails()).toBe(4);
    const young = await client.call(api.getSeedingReport, { campaignId });
    expect(young).toMatchObject({
      delivered: 5,
      posted: 1,
      stillInWindow: 4,
      postRate: { rate: null, n: 0, missing: expect.stringContaining('Not enough data') },
    });
    now = new Date(start.getTime() + 20 * dayMs);
    const report = await client.call(api.getSeedingReport, { campaignId });
    expect(report).toMatchObject({
      shipped: 6,
      lost: 1,
      postRate: { posted: 1, n: 5, rate: 0.2 },
      goodsCost: { value: eur(3900) },
      shippingCost: { value: eur(2400) },
      costPerPost: { value: eur(6300), n: 1 },
      waste: { units: 5, unitsShipped: 6, cost: { value: eur(3250) } },
    });
    expect(report.postRate.low).toBeCloseTo(0.0362, 3);
    expect((await rowOf(roster, 1)).step).toBe('no_post');
    now = start;
  });

  it('keeps why nothing was posted, as the creator or a member says it, asks those no more, and forgets the words of the erased', async () => {
    const { roster, variantId, campaignId } = await offer(['una', 'viv']);
    const [first, second] = [await sent(roster, { variantId }), await sent(roster, { variantId, at: 1 })];
    const say = { enrolmentId: first.enrolmentId, reason: 'damaged' as const, note: 'The lid was broken' };
    await expect(first.creator.call(api.portalSayNoPost, say)).rejects.toMatchObject({ code: 'seeding.not_shipped' });
    await expect(
      first.creator.call(api.portalSayNoPost, { ...say, enrolmentId: second.enrolmentId }),
    ).rejects.toMatchObject({
      kind: 'not_found',
    });
    const shipmentIds = [first.shipmentId, second.shipmentId];
    await client.call(api.recordShipment, { shipmentIds, kind: 'delivered' });
    expect((await first.creator.call(api.portalSayNoPost, say)).noPost).toEqual({ reason: 'damaged', note: say.note });
    const { enrolmentId } = second;
    expect(await client.call(api.sayNoPost, { enrolmentId, reason: 'no_answer' })).toMatchObject({ saidBy: 'member' });
    const start = now;
    now = new Date(start.getTime() + 22 * dayMs);
    try {
      expect(await runNudges(test.core.infra)).toBe(0);
      const why = async () =>
        (await client.call(api.getSeedingReport, { campaignId })).noPost
          .map((one) => one.why?.reason ?? null)
          .toSorted();
      expect(await why()).toEqual(['damaged', 'no_answer']);
      await client.call(eraseCreators, { personIds: [who(roster).personId] });
      await test.core.infra.outbox.settle(20_000);
      const kept = await admin.query('select reason, note from no_post_reason where person_id = $1', [
        who(roster).personId,
      ]);
      expect(kept.rows).toEqual([{ reason: 'damaged', note: null }]);
      expect(await client.call(api.sayNoPost, { enrolmentId, reason: null })).toBeNull();
      expect(await why()).toEqual(['damaged', null]);
    } finally {
      now = start;
    }
  });

  it('imports a catalogue by rows, says what it cannot take, and changes nothing the second time', async () => {
    const file = [
      'Product,SKU,Category,Color,Size,Cost,Price,Currency,Stock,Weight grams,Ships to,Colour code',
      'Café mug,MUG-S,Mugs,Sand,S,4.50,19.90,EUR,12,350,DE FR,#fff',
      'Café mug,MUG-L,Mugs,Sand,L,"5,50",24.90,EUR,0,450,DE FR,#fff',
      'Café mug,mug-l,Mugs,Blue,L,5.50,24.90,EUR,3,450,DE,#00f',
      ',X-1,Mugs,,,1,1,EUR,1,1,,',
      'Spoon,SP-1,,,,abc,3.00,EUR,5,20,Mars,',
    ].join('\n');
    const upload = (dryRun: boolean) =>
      client.upload(api.importProducts, { dryRun }, { body: new TextEncoder().encode(file), fileName: 'products.csv' });
    const tried = await upload(true);
    expect(tried).toMatchObject({
      read: 5,
      products: { created: 1 },
      variants: { created: 2 },
      ignoredColumns: ['Colour code'],
    });
    expect(tried.errors.map((error) => [error.row, error.field])).toEqual([
      [4, 'sku'],
      [5, 'name'],
      [6, 'shipsTo'],
      [6, 'cost'],
    ]);
    expect((await client.call(api.listProducts, { q: 'café' })).total).toBe(0);
    await upload(false);
    expect(await upload(false)).toMatchObject({
      products: { created: 0, updated: 0 },
      variants: { created: 0, updated: 0, unchanged: 2 },
    });
    const { rows } = await client.call(api.listProducts, { q: 'mug-l' });
    expect(rows).toMatchObject([
      { name: 'Café mug', shipsTo: ['DE', 'FR'], variants: [{ title: 'Sand / S', cost: eur(450) }, { stock: 0 }] },
    ]);
    const exported = await (await client.open(api.exportProducts, {})).text();
    const again = await client.upload(
      api.importProducts,
      {},
      { body: new TextEncoder().encode(exported), fileName: 'again.csv' },
    );
    expect(again).toMatchObject({
      products: { created: 0, updated: 0 },
      variants: { created: 0, updated: 0 },
      errors: [],
    });
  });

  it('tells members what waits for them, one line a campaign', async () => {
    const { roster, variantId, campaignId } = await offer(['wim', 'xia', 'yas']);
    for (const at of [0, 1]) {
      const creator = await portal(roster, at);
      await creator.call(api.portalPick, { enrolmentId: who(roster, at).id, lines: [{ variantId, quantity: 1 }] });
    }
    await sent(roster, { variantId, at: 2 });
    const work = await test.core.infra.db.inWorkspace(workspaceId, (tx) => openWork(tx, workspaceId));
    expect(work.filter((one) => one.campaignId === campaignId).map((one) => one.title)).toEqual([
      'Decide on 2 product choices',
      'Pack and ship 1 parcel',
    ]);
  });

  it('does not send a product to a country it is not sent to', async () => {
    const { roster, variantId } = await offer(['zoe'], { shipsTo: ['FR'] });
    const creator = await portal(roster);
    await creator.call(api.portalSaveAddress, { address: home, agrees: true });
    expect((await creator.call(api.portalGetOffer, { enrolmentId: who(roster).id })).products[0]?.shipsToMe).toBe(
      false,
    );
    await expect(
      creator.call(api.portalPick, { enrolmentId: who(roster).id, lines: [{ variantId, quantity: 1 }] }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('not sent to Germany'),
    });
  });
});
