import { sql } from 'kysely';
import type { Client } from '#client/client.ts';
import * as content from '#modules/content/api.ts';
import * as fraud from '#modules/fraud/api.ts';
import * as portal from '#modules/portal/api.ts';
import * as seeding from '#modules/seeding/api.ts';
import * as submissions from '#modules/submissions/api.ts';
import { createCode, createOrder } from '#modules/tracking/api.ts';
import type { TestRoster } from './campaign.ts';
import type { TestCore } from './core.ts';

export type Deeds = Record<string, { fires: string[]; act: () => Promise<unknown> }>;

/** What the deeds of trigger-deeds.test.ts share. */
export interface DeedTools {
  test: () => TestCore;
  client: () => Client;
  roster: () => TestRoster;
  who(at: number): { id: string; personId: string; handle: string };
  enrolled(title: string, at: number): Promise<{ campaignId: string; enrolmentId: string }>;
  handedIn(title: string): Promise<{ submissionId: string; deliverableId: string }>;
  uploaded(title: string): Promise<{ id: string }>;
  /** Moves the clock on. */
  setNow(instant: string): void;
}

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const name = 'Nell Baker';
const address = {
  name,
  line1: 'Hauptstr. 5',
  line2: '',
  city: 'Berlin',
  region: '',
  postcode: '10115',
  country: 'DE',
  phone: '',
};
const png = () =>
  new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    ),
  );

/** Drafts, posts and rights. */
export function deedsOfContent(of: DeedTools): Deeds {
  const { client } = of;
  return {
    'a creator names another price for a right': {
      fires: ['right.countered'],
      act: async () => {
        const { id } = await of.uploaded('Another price');
        const price = eur('10000');
        await client().call(content.requestRights, { assetIds: [id], channels: ['email'], price });
        const creator = await of.test().portal('mine', of.who(3).personId);
        const rights = await creator.call(content.listPortalRights, {});
        const rightIds = rights.flatMap((one) => (one.content.title === 'Another price' ? [one.id] : []));
        await creator.call(content.counterRights, { rightIds, price: eur('18000'), note: 'Half a year', name });
      },
    },
    'the first of two roles approves a draft': {
      fires: ['submission.reviewed'],
      act: async () => {
        const { campaignId } = of.roster();
        const usual = { campaignId, reviewers: [], autoApproveDays: null, revisionsMax: null };
        const both: ('manager' | 'client')[] = ['manager', 'client'];
        await client().call(submissions.putReviewSetting, { ...usual, requiredRoles: both });
        const { submissionId } = await of.handedIn('For two');
        await client().call(submissions.approveDraft, { submissionId, round: 1 });
        await client().call(submissions.putReviewSetting, { ...usual, requiredRoles: ['manager'] });
      },
    },
    'a live post is gone': {
      fires: ['live_post.gone'],
      act: async () => {
        const { submissionId, deliverableId } = await of.handedIn('Gone later');
        await client().call(submissions.approveDraft, { submissionId, round: 1 });
        const url = 'https://www.instagram.com/p/gonelater1/';
        await client().call(submissions.giveLivePost, { deliverableId, url });
        await client().call(submissions.enterSeenPost, { submissionId, isGone: true });
      },
    },
  };
}

/** Products: chosen, approved, sent, and what becomes of a parcel. */
export function deedsOfSeeding(of: DeedTools): Deeds {
  const { client } = of;
  return {
    'creators choose products: parcels go out and arrive, come back or are lost; a choice is turned down, another cancelled':
      {
        fires: [
          'pick.submitted',
          'pick.approved',
          'pick.rejected',
          'pick.cancelled',
          'address.given',
          'shipment.ordered',
          'shipment.packed',
          'shipment.shipped',
          'shipment.delivered',
          'shipment.returned',
          'shipment.lost',
        ],
        act: async () => {
          const variants = [
            { sku: 'OAT', options: {}, cost: eur('650'), price: eur('1990'), stock: 20, weightGrams: 900 },
          ];
          const product = await client().call(seeding.createProduct, { name: 'Oat drink', variants });
          const lines = [{ variantId: product.variants[0]?.id ?? '', quantity: 1 }];
          const { campaignId } = of.roster();
          await client().call(seeding.saveSeedingPlan, {
            campaignId,
            sender: 'Oat Whistle\n1 Mill Lane, Cork',
            choices: [{ productId: product.id, eachMax: 5 }],
          });
          const enrolmentIds = [0, 1, 2, 3].map((at) => of.who(at).id);
          await client().call(seeding.askCreators, { campaignId, enrolmentIds, kind: 'pick' });
          const choose = async (at: number) => {
            const creator = await of.test().portal('mine', of.who(at).personId);
            const { pick } = await creator.call(seeding.portalPick, { enrolmentId: of.who(at).id, lines });
            return { creator, pickId: pick?.id ?? '' };
          };
          for (const [at, end] of (['delivered', 'returned', 'lost'] as const).entries()) {
            const { creator, pickId } = await choose(at);
            await creator.call(seeding.portalSaveAddress, { address, agrees: true });
            await client().call(seeding.approvePicks, { pickIds: [pickId] });
            await client().call(seeding.sendPicks, { campaignId, pickIds: [pickId] });
            const { rows } = await client().call(seeding.listSeeding, { campaignId });
            const row = rows.find((one) => one.enrolmentId === of.who(at).id);
            const shipmentIds = [row?.shipment?.id ?? ''];
            for (const kind of ['packed', 'shipped', end] as const)
              await client().call(seeding.recordShipment, { shipmentIds, kind });
          }
          const { pickId } = await choose(3);
          await client().call(seeding.rejectPicks, { pickIds: [pickId], reason: 'This one is for spring' });
          const again = await choose(3);
          await client().call(seeding.cancelPick, { pickId: again.pickId });
        },
      },
  };
}

/** What comes from outside: applications, the portal, orders that the creators bought themselves. */
export function deedsFromOutside(of: DeedTools): Deeds {
  const { client } = of;
  return {
    'somebody applies and is taken, another is not; who was taken comes into the portal': {
      fires: ['application.received', 'application.approved', 'application.rejected', 'portal.opened'],
      act: async () => {
        const page = await client().call(portal.createApplicationPage, {
          title: 'Bakers',
          slug: 'bakers',
          state: 'open',
        });
        for (const handle of ['taken.test', 'turned.down.test'])
          await client().call(portal.sendApplication, {
            workspaceSlug: 'mine',
            pageSlug: 'bakers',
            name: handle,
            email: `${handle}@example.com`,
            profiles: [{ platform: 'instagram', handle, followers: 12_000 }],
            hasConsented: true,
          });
        const { rows } = await client().call(portal.listApplications, { pageId: page.id });
        const idOf = (handle: string) => rows.find((one) => one.name === handle)?.id ?? '';
        const taken = await client().call(portal.approveApplication, { applicationId: idOf('taken.test') });
        const reason = 'We look for bakers';
        await client().call(portal.rejectApplication, { applicationId: idOf('turned.down.test'), reason });
        const token = new URL(taken.portalLink ?? '').hash.slice(1);
        await client().call(portal.enterPortal, { token });
      },
    },
    'a creator hands in figures of their own': {
      fires: ['portal_proof.received'],
      act: async () => {
        const creator = await of.test().portal('mine', of.who(3).personId);
        const { handle } = of.who(3);
        const about = { platform: 'instagram' as const, handle, takenOn: '2026-05-13', figures: { followers: 12_345 } };
        await creator.upload(portal.sendProof, about, { body: png(), fileName: 'insights.png' });
      },
    },
    'a creator buys by their own code: an order is held, and the findings are decided': {
      fires: ['fraud.flagged', 'fraud.resolved'],
      act: async () => {
        const { infra } = of.test().core;
        const { personId, id: enrolmentId } = of.who(3);
        await infra.db.asSystem((tx) =>
          sql`update person set emails = array['nell.baker@gmail.com'] where id = ${personId}`.execute(tx),
        );
        await client().call(createCode, { code: 'OWN10', percent: 10, enrolmentId });
        await client().call(createOrder, {
          id: 'own',
          orderedAt: infra.clock.now().toISOString(),
          amount: eur('5000'),
          codes: ['OWN10'],
          customer: { email: 'nellbaker+shop@googlemail.com', isNew: true },
        });
        await infra.outbox.settle();
        const { rows } = await client().call(fraud.listFraudGroups, {});
        await client().call(fraud.resolveFraudGroups, {
          groupIds: rows.map((one) => one.id),
          outcome: 'cleared',
          reason: 'A gift for her mother',
        });
      },
    },
  };
}
