import { sql } from 'kysely';
import type { Client } from '#client/client.ts';
import * as campaigns from '#modules/campaigns/api.ts';
import { remindDeadlines } from '#modules/campaigns/index.ts';
import * as content from '#modules/content/api.ts';
import { tellEndingRights } from '#modules/content/index.ts';
import * as contracts from '#modules/contracts/api.ts';
import { runContractWatch } from '#modules/contracts/index.ts';
import * as fraud from '#modules/fraud/api.ts';
import * as portal from '#modules/portal/api.ts';
import * as relationships from '#modules/relationships/api.ts';
import { judgeDueTiers } from '#modules/relationships/index.ts';
import * as seeding from '#modules/seeding/api.ts';
import * as submissions from '#modules/submissions/api.ts';
import { createCode, createOrder } from '#modules/tracking/api.ts';
import type { TestRoster } from './campaign.ts';
import type { TestCore } from './core.ts';
import { offerContract, signContract } from './sign-contract.ts';

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

/** What time alone does; the clock only moves on, so these come last and in this order. */
export function deedsOfTime(of: DeedTools): Deeds {
  const { client } = of;
  let renewedId = '';
  const infra = () => of.test().core.infra;
  const contractOf = async (title: string, of2: { at: number; endsOn: string | null; dueOn: string | null }) => {
    const { campaignId, enrolmentId } = await of.enrolled(title, of2.at);
    const made = await client().call(contracts.createContracts, {
      campaignId,
      templateId: 'sponsored-de',
      enrolmentIds: [enrolmentId],
    });
    const contractId = made.created[0]?.contractId ?? '';
    const { dueOn, endsOn } = of2;
    const deliverables = dueOn === null ? [] : [{ platform: 'instagram' as const, format: 'post' as const, dueOn }];
    const terms = { fee: eur('30000'), startsOn: '2026-05-15', endsOn, deliverables };
    return { contractId, terms, personId: of.who(of2.at).personId, workspace: 'mine', expiresOn: '2026-06-10' };
  };
  return {
    'a creator has three days left to answer': {
      fires: ['deadline.reminded'],
      act: async () => {
        const { campaignId, enrolmentId } = await of.enrolled('Waits for an answer', 0);
        await client().call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
        const enrolments = [{ id: enrolmentId, from: 'shortlisted' }];
        await client().call(campaigns.moveOnRoster, { campaignId, to: 'invited', enrolments });
        await client().call(campaigns.updateEnrolment, { enrolmentId, respondBy: '2026-05-20' });
        of.setNow('2026-05-17T12:00:00Z');
        await remindDeadlines(infra());
      },
    },
    'a right has a week left': {
      fires: ['right.ending'],
      act: async () => {
        const { id } = await of.uploaded('Ends soon');
        const days = { startsOn: '2026-05-17', endsOn: '2026-05-24' };
        await client().call(content.requestRights, { assetIds: [id], channels: ['email'], ...days });
        const creator = await of.test().portal('mine', of.who(3).personId);
        const rights = await creator.call(content.listPortalRights, {});
        const rightIds = rights.flatMap((one) => (one.content.title === 'Ends soon' ? [one.id] : []));
        await creator.call(content.answerRights, { rightIds, answer: 'grant', name });
        of.setNow('2026-05-18T12:00:00Z');
        await tellEndingRights(infra());
      },
    },
    'an offer lapses while another contract nears its end and what it owes is due': {
      fires: ['contract.expiring', 'contract.expired', 'contract.running_out', 'contract.obligation_due'],
      act: async () => {
        const running = await contractOf('Runs out', { at: 1, endsOn: '2026-06-30', dueOn: '2026-06-12' });
        await signContract(of.test(), running);
        const renewed = await contractOf('Is renewed', { at: 2, endsOn: '2026-06-30', dueOn: null });
        await signContract(of.test(), renewed);
        const lapsing = await contractOf('Lapses', { at: 3, endsOn: null, dueOn: null });
        const { contractId, terms, expiresOn } = lapsing;
        await offerContract(client(), { contractId, terms, expiresOn });
        renewedId = renewed.contractId;
        await infra().outbox.settle();
        for (const day of ['08', '11', '12']) {
          of.setNow(`2026-06-${day}T12:00:00Z`);
          await runContractWatch(infra());
        }
      },
    },
    'a contract runs out, another is renewed': {
      fires: ['contract.ran_out', 'contract.renewed'],
      act: async () => {
        const made = await client().call(contracts.renewContracts, { contractIds: [renewedId] });
        const contractId = made.created[0]?.contractId ?? '';
        await client().call(contracts.sendContracts, { contractIds: [contractId], expiresOn: '2026-06-30' });
        const creator = await of.test().portal('mine', of.who(2).personId);
        const { version, documentHash } = await creator.call(contracts.getPortalContract, { contractId });
        const signature = { contractId, version, documentHash, method: 'typed' as const, agrees: true as const };
        await creator.open(contracts.getPortalDocument, { contractId, version });
        await creator.call(contracts.signPortalContract, { ...signature, name });
        await client().open(contracts.getDocument, { contractId, version });
        await client().call(contracts.signContract, { ...signature, name: 'Ann Oat' });
        of.setNow('2026-07-01T12:00:00Z');
        await runContractWatch(infra());
      },
    },
    'a month ends, and the rules put an ambassador into another tier': {
      fires: ['ambassador.move_proposed'],
      act: async () => {
        const plan = { name: 'Judged', model: 'ambassadorship' as const, startsOn: '2026-07-01', endsOn: '2026-12-31' };
        const { id: campaignId } = await client().call(campaigns.createCampaign, plan);
        const personIds = [of.who(0).personId];
        const added = await client().call(campaigns.addToRoster, { campaignId, personIds, stage: 'active' });
        await client().call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
        const gives = (codePercent: number) => ({ codePercent, monthlyFee: null, gift: '' });
        const tiers = [
          { id: 'bronze', name: 'Bronze', needs: [], gives: gives(10) },
          { id: 'gold', name: 'Gold', needs: [{ metric: 'on_time' as const, atLeast: 100 }], gives: gives(20) },
        ];
        const rules = { isOn: true, windowMonths: 1, judgeDay: 31, tiers };
        await client().call(relationships.saveProgram, { campaignId, basedOn: 0, ...rules });
        const piece = { platform: 'instagram' as const, format: 'reel' as const, title: 'Reel', dueOn: '2026-07-15' };
        const made = await client().call(campaigns.addDeliverables, {
          campaignId,
          enrolmentIds: [...added.enrolmentIds],
          ...piece,
        });
        of.setNow('2026-07-14T10:00:00Z');
        await client().call(campaigns.changeDeliverableState, {
          deliverableId: made.deliverableIds[0] ?? '',
          from: 'planned',
          to: 'live',
          liveUrl: 'https://www.instagram.com/p/judged1/',
        });
        of.setNow('2026-07-31T12:00:00Z');
        await judgeDueTiers(infra());
      },
    },
  };
}
