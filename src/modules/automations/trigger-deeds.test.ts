import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import * as campaigns from '#modules/campaigns/api.ts';
import * as content from '#modules/content/api.ts';
import * as contracts from '#modules/contracts/api.ts';
import * as creators from '#modules/creators/api.ts';
import * as portal from '#modules/portal/api.ts';
import * as relationships from '#modules/relationships/api.ts';
import * as submissions from '#modules/submissions/api.ts';
import { listCodes } from '#modules/tracking/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { deedsOfTime } from '#tests/support/deeds-of-time.ts';
import {
  type Deeds,
  type DeedTools,
  deedsFromOutside,
  deedsOfContent,
  deedsOfSeeding,
} from '#tests/support/more-deeds.ts';
import { offerContract } from '#tests/support/sign-contract.ts';
import { createAutomation, switchAutomation } from './api.ts';
import { triggerEvents } from './rules/triggers.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
let roster: TestRoster;
let nowMs = Date.parse('2026-05-14T09:00:00Z');
const name = 'Nell Baker';
const triesMax = 200;

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => new Date(nowMs) } });
  workspaceId = await test.database.createWorkspace('mine');
  client = test.client('mine');
  roster = await aCampaign(test.database, workspaceId, [
    'one.test',
    'two.test',
    'three.test',
    'four.test',
    'five.test',
  ]);
  for (const event of triggerEvents) {
    const actions = [{ action: 'task.add', settings: { title: `Seen ${event}` } }];
    const { id } = await client.call(createAutomation, { name: `On ${event}`, trigger: event, actions });
    await client.call(switchAutomation, { automationId: id, isOn: true });
  }
}, 60_000);
afterAll(() => test.close());

const who = (at: number) => {
  const found = roster.enrolments[at];
  if (found === undefined) throw new Error('The test has no creator left');
  return found;
};
const campaignOf = async (title: string) => {
  const plan = { name: title, model: 'sponsored' as const, startsOn: '2026-05-01', endsOn: '2026-06-30' };
  const { id } = await client.call(campaigns.createCampaign, plan);
  return id;
};
const enrolled = async (title: string, at: number) => {
  const campaignId = await campaignOf(title);
  const added = await client.call(campaigns.addToRoster, { campaignId, personIds: [who(at).personId] });
  return { campaignId, enrolmentId: added.enrolmentIds[0] ?? '' };
};
const pieceOf = async (title: string, at = 0) => {
  const made = await client.call(campaigns.addDeliverables, {
    campaignId: roster.campaignId,
    enrolmentIds: [who(at).id],
    platform: 'instagram',
    format: 'post',
    title,
    dueOn: '2026-05-30',
  });
  return made.deliverableIds[0] ?? '';
};
const handedIn = async (title: string) => {
  const deliverableId = await pieceOf(title);
  const { id } = await client.call(submissions.startDraft, { deliverableId });
  await client.call(submissions.writeDraft, { submissionId: id, caption: 'Ad. A cocoa that holds.' });
  await client.call(submissions.submitDraft, { submissionId: id, round: 1 });
  return { submissionId: id, deliverableId };
};
const offered = async (title: string, at: number) => {
  const { campaignId, enrolmentId } = await enrolled(title, at);
  const templateId = 'sponsored-de';
  const made = await client.call(contracts.createContracts, { campaignId, templateId, enrolmentIds: [enrolmentId] });
  const contractId = made.created[0]?.contractId ?? '';
  const fee = { amountMinor: '30000', currency: 'EUR' };
  await offerContract(client, { contractId, terms: { fee, deliverables: [] }, expiresOn: '2026-06-10' });
  return { contractId, creator: await test.portal('mine', who(at).personId) };
};
const sign = async (contractId: string, creator: Client) => {
  const { version, documentHash } = await creator.call(contracts.getPortalContract, { contractId });
  const signature = { contractId, version, documentHash, method: 'typed' as const, agrees: true as const };
  await creator.open(contracts.getPortalDocument, { contractId, version });
  await creator.call(contracts.signPortalContract, { ...signature, name });
  await client.open(contracts.getDocument, { contractId, version });
  await client.call(contracts.signContract, { ...signature, name: 'Ann Oat' });
};
const incident = (share: boolean) =>
  client.call(relationships.openIncident, {
    personId: who(2).personId,
    about: 'creator',
    kind: 'late',
    summary: 'Came a week late',
    occurredOn: '2026-05-10',
    share,
  });
const uploaded = async (title: string) => {
  const image = sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } });
  const body = new Uint8Array(await image.png().toBuffer());
  const about = { title, personId: who(3).personId, campaignId: roster.campaignId };
  return client.upload(content.uploadAsset, about, { body, fileName: 'a.png' });
};
const channels: content.ContentChannel[] = ['brand_social'];
const askedRight = async (title: string) => {
  const { id } = await uploaded(title);
  await client.call(content.requestRights, { assetIds: [id], channels });
  const creator = await test.portal('mine', who(3).personId);
  const right = (await creator.call(content.listPortalRights, {})).find((one) => one.content.title === title);
  return { creator, rightIds: [right?.id ?? ''] };
};

/** What people really do, and the triggers each of these deeds has to pull. */
const deeds: Deeds = {
  'a creator comes onto a roster, moves, changes, leaves and comes back': {
    fires: ['enrolment.added', 'enrolment.moved', 'enrolment.changed', 'enrolment.removed', 'enrolment.restored'],
    act: async () => {
      const { campaignId, enrolmentId } = await enrolled('Roster', 0);
      const enrolments = [{ id: enrolmentId, from: 'shortlisted' }];
      await client.call(campaigns.moveOnRoster, { campaignId, to: 'invited', enrolments });
      await client.call(campaigns.updateEnrolment, { enrolmentId, note: 'Answers in the evening' });
      await client.call(campaigns.removeFromRoster, { campaignId, enrolmentIds: [enrolmentId], reason: 'No time' });
      await client.call(campaigns.addToRoster, { campaignId, personIds: [who(0).personId] });
    },
  },
  'a step is said by hand': {
    fires: ['enrolment.happened'],
    act: async () => {
      const { enrolmentId } = await enrolled('By hand', 1);
      await client.call(campaigns.tellHappening, { enrolmentId, happening: 'accepted' });
    },
  },
  'a campaign goes live, ends and is archived': {
    fires: ['campaign.live', 'campaign.ended', 'campaign.archived'],
    act: async () => {
      const campaignId = await campaignOf('Its whole life');
      await client.call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
      await client.call(campaigns.changeCampaignState, { campaignId, from: 'live', to: 'ended' });
      await client.call(campaigns.changeCampaignState, { campaignId, from: 'ended', to: 'archived' });
    },
  },
  'a brief is saved, sent and agreed to': {
    fires: ['brief.changed', 'brief.sent', 'brief.acknowledged'],
    act: async () => {
      const { campaignId, enrolmentId } = await enrolled('Briefed', 0);
      const brief = campaigns.briefSchema.parse({ background: 'Cocoa for slow mornings.' });
      await client.call(campaigns.saveBrief, { campaignId, basedOn: 0, brief });
      await client.call(campaigns.sendBrief, { campaignId, enrolmentIds: [enrolmentId] });
      const creator = await test.portal('mine', who(0).personId);
      const { partHash } = await creator.call(campaigns.getPortalBrief, { enrolmentId });
      await creator.call(campaigns.acknowledgeBrief, { enrolmentId, partHash });
    },
  },
  'a task is written down, done and opened again': {
    fires: ['task.added', 'task.done', 'task.reopened'],
    act: async () => {
      const { id: taskId } = await client.call(campaigns.addTask, { title: 'Call the press' });
      await client.call(campaigns.updateTask, { taskId, isDone: true });
      await client.call(campaigns.updateTask, { taskId, isDone: false });
    },
  },
  'a deliverable goes through all its states': {
    fires: [
      'deliverable.drafted',
      'deliverable.approved',
      'deliverable.live',
      'deliverable.cancelled',
      'deliverable.planned',
    ],
    act: async () => {
      const deliverableId = await pieceOf('By hand');
      const liveUrl = 'https://www.instagram.com/p/byhand/';
      let from: campaigns.DeliverableState = 'planned';
      for (const to of ['drafted', 'approved', 'live', 'cancelled', 'planned'] as const) {
        await client.call(campaigns.changeDeliverableState, {
          deliverableId,
          from,
          to,
          ...(to === 'live' ? { liveUrl } : {}),
        });
        from = to;
      }
    },
  },
  'a draft is handed in, commented on and sent back': {
    fires: ['submission.submitted', 'submission.commented', 'submission.changes_requested'],
    act: async () => {
      const { submissionId } = await handedIn('Sent back');
      await client.call(submissions.addComment, { submissionId, round: 1, body: 'A little brighter?' });
      await client.call(submissions.requestChanges, { submissionId, round: 1, note: 'A little brighter, please' });
    },
  },
  'a draft is approved, given a time, goes live, is looked at and accepted': {
    fires: [
      'submission.approved',
      'submission.scheduled',
      'submission.live',
      'submission.verified',
      'disclosure.passed',
    ],
    act: async () => {
      const { submissionId, deliverableId } = await handedIn('Approved');
      await client.call(submissions.approveDraft, { submissionId, round: 1 });
      await client.call(submissions.scheduleDraft, { submissionId, at: '2026-05-20T10:00:00Z' });
      await client.call(submissions.giveLivePost, { deliverableId, url: 'https://www.instagram.com/p/approved1/' });
      await client.call(submissions.enterSeenPost, {
        submissionId,
        caption: 'Ad. A cocoa that holds.',
        handle: 'one.test',
        postedAt: '2026-05-14T08:00:00Z',
      });
      await client.call(submissions.acceptLivePost, { submissionId, reason: 'Seen on the phone, all is there' });
    },
  },
  'a live post loses its label': {
    fires: ['live_post.changed', 'disclosure.failed'],
    act: async () => {
      const { submissionId, deliverableId } = await handedIn('Changed later');
      await client.call(submissions.approveDraft, { submissionId, round: 1 });
      await client.call(submissions.giveLivePost, { deliverableId, url: 'https://www.instagram.com/p/changed1/' });
      await client.call(submissions.enterSeenPost, {
        submissionId,
        caption: 'A cocoa that holds.',
        handle: 'one.test',
      });
    },
  },
  'a draft is taken back': {
    fires: ['submission.withdrawn'],
    act: async () => {
      const { submissionId } = await handedIn('Taken back');
      await client.call(submissions.withdrawDraft, { submissionId, round: 1 });
    },
  },
  'two entries of one creator are brought together and parted': {
    fires: ['enrolment.joined', 'enrolment.parted'],
    act: async () => {
      const [kept, absorbed] = [who(1).personId, who(4).personId];
      await client.call(creators.mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed });
      await test.core.infra.outbox.settle();
      const { rows } = await client.call(creators.listMerges, { personId: kept });
      await client.call(creators.splitCreators, { mergeId: rows[0]?.id ?? '' });
    },
  },
  'an ambassador comes into another tier, and has the code of it': {
    fires: ['ambassador.tier_changed'],
    act: async () => {
      const plan = { name: 'Year', model: 'ambassadorship' as const, startsOn: '2026-05-01', endsOn: '2026-12-31' };
      const { id: campaignId } = await client.call(campaigns.createCampaign, plan);
      const added = await client.call(campaigns.addToRoster, {
        campaignId,
        personIds: [who(0).personId],
        stage: 'active',
      });
      await client.call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
      const gives = (codePercent: number) => ({ codePercent, monthlyFee: null, gift: '' });
      const tiers = [
        { id: 'bronze', name: 'Bronze', needs: [], gives: gives(10) },
        { id: 'gold', name: 'Gold', needs: [{ metric: 'on_time' as const, atLeast: 100 }], gives: gives(20) },
      ];
      await client.call(relationships.saveProgram, {
        campaignId,
        basedOn: 0,
        isOn: true,
        windowMonths: 1,
        judgeDay: 31,
        tiers,
      });
      const actions = [{ action: 'code.tier', settings: {} }];
      const made = { name: 'Codes of tiers', trigger: 'ambassador.tier_changed', actions };
      const { id: automationId } = await client.call(createAutomation, made);
      await client.call(switchAutomation, { automationId, isOn: true });
      const enrolmentId = added.enrolmentIds[0] ?? '';
      await client.call(relationships.setTier, { enrolmentId, tierId: 'gold', reason: 'She brought the press' });
      await seen();
      const { rows } = await client.call(listCodes, { enrolmentId });
      expect(rows).toMatchObject([{ kind: 'percent', percent: 20 }]);
    },
  },
  'a contract is offered, signed by both and ended early': {
    fires: ['contract.sent', 'contract.party_signed', 'contract.signed', 'contract.ended'],
    act: async () => {
      const { contractId, creator } = await offered('Signed', 0);
      await sign(contractId, creator);
      await client.call(contracts.endContract, { contractId, reason: 'Moved abroad' });
    },
  },
  'a creator asks for other terms, which are accepted': {
    fires: ['contract.countered', 'contract.accepted'],
    act: async () => {
      const { contractId, creator } = await offered('Countered', 1);
      const { version, terms } = await creator.call(contracts.getPortalContract, { contractId });
      const fee = { amountMinor: '40000', currency: 'EUR' };
      const other = { terms: { ...terms, fee }, note: 'More work', expiresOn: '2026-06-09' };
      await creator.call(contracts.counterPortalContract, { contractId, version, ...other });
      await client.call(contracts.acceptCounter, { contractId, version: version + 1 });
    },
  },
  'a contract is declined, another withdrawn': {
    fires: ['contract.declined', 'contract.withdrawn'],
    act: async () => {
      const one = await offered('Declined', 2);
      await one.creator.call(contracts.declinePortalContract, {
        contractId: one.contractId,
        version: 1,
        reason: 'Busy',
      });
      const other = await offered('Withdrawn', 3);
      await client.call(contracts.withdrawContract, { contractId: other.contractId, reason: 'Budget is gone' });
    },
  },
  'a creator is invited and says yes, another says no': {
    fires: ['invitation.sent', 'invitation.accepted', 'invitation.declined'],
    act: async () => {
      for (const at of [0, 1]) {
        const { campaignId, enrolmentId } = await enrolled(`Invited ${at}`, at);
        await client.call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
        await client.call(portal.sendInvitations, { campaignId, enrolmentIds: [enrolmentId] });
        const creator = await test.portal('mine', who(at).personId);
        if (at === 0) await creator.call(portal.acceptInvitation, { enrolmentId });
        else await creator.call(portal.declineInvitation, { enrolmentId, reason: 'Away' });
      }
    },
  },
  'an incident is written down, answered and decided': {
    fires: ['incident.opened', 'incident.answered', 'incident.closed'],
    act: async () => {
      const { id: incidentId } = await incident(true);
      const creator = await test.portal('mine', who(2).personId);
      await creator.call(relationships.answerPortalIncident, { incidentId, text: 'The parcel came late' });
      await client.call(relationships.closeIncident, {
        incidentId,
        outcome: 'dismissed',
        reason: 'The parcel was late',
      });
    },
  },
  'a creator is not to be worked with, and is again': {
    fires: ['do_not_work.set', 'do_not_work.lifted', 'opinion.saved'],
    act: async () => {
      const { personId } = who(2);
      await client.call(relationships.saveOpinion, { personId, again: 'maybe', reason: 'Kind, but late' });
      await client.call(relationships.setFlag, { personId, reason: 'Sold the product' });
      await client.call(relationships.liftFlag, { personId, reason: 'It was somebody else' });
    },
  },
  'content comes into the library and is placed': {
    fires: ['content.captured', 'placement.added'],
    act: async () => {
      const { id: assetId } = await uploaded('Placed');
      await client.call(content.addPlacement, {
        assetId,
        channel: 'email',
        place: 'The May letter',
        reason: 'Agreed on the phone',
      });
    },
  },
  'rights are asked for, granted, ended, and declined': {
    fires: ['right.requested', 'right.granted', 'right.ended', 'right.declined'],
    act: async () => {
      const yes = await askedRight('Asked, yes');
      await yes.creator.call(content.answerRights, { rightIds: yes.rightIds, answer: 'grant', name });
      await client.call(content.endRight, { rightId: yes.rightIds[0] ?? '', reason: 'Not used' });
      const no = await askedRight('Asked, no');
      await no.creator.call(content.answerRights, { rightIds: no.rightIds, answer: 'decline', name });
    },
  },
};

const tools: DeedTools = {
  test: () => test,
  client: () => client,
  roster: () => roster,
  who,
  enrolled,
  handedIn,
  uploaded,
  setNow: (instant) => {
    nowMs = Date.parse(instant);
  },
};
Object.assign(deeds, deedsOfContent(tools), deedsOfSeeding(tools), deedsFromOutside(tools), deedsOfTime(tools));

const seen = async (): Promise<Set<string>> => {
  const { infra, modules } = test.core;
  await infra.outbox.settle();
  // The jobs of the program take runs too; what they took has to be done before it is looked for.
  for (let tries = 0; tries < triesMax; tries += 1) {
    await modules.automations.runDue();
    const open = await infra.db.asSystem((tx) =>
      sql`select 1 from automation_run where workspace_id = ${workspaceId} and state in ('waiting', 'running') limit 1`.execute(
        tx,
      ),
    );
    if (open.rows.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { rows } = await infra.db.asSystem((tx) =>
    sql<{ title: string }>`
      select distinct title from task where workspace_id = ${workspaceId} and title like 'Seen %' order by title`.execute(
      tx,
    ),
  );
  return new Set(rows.map((row) => row.title.slice('Seen '.length)));
};

/** What earlier deeds pulled already. */
let known: Set<string> = new Set();

describe('a deed', () => {
  it.each(Object.entries(deeds))('%s: its automations did what they were made for', async (_, deed) => {
    const before = known;
    await deed.act();
    nowMs += 1000;
    const after = await seen();
    known = after;
    expect(deed.fires.filter((event) => !after.has(event))).toEqual([]);
    // Each of them by this deed, unless one before it did the same.
    expect(deed.fires.some((event) => !before.has(event))).toBe(true);
  });

  it('is known for all triggers but these, which are tried by their name in automations.test.ts', () => {
    const fired = Object.values(deeds).flatMap((deed) => deed.fires);
    expect(new Set(fired).size).toBe(fired.length);
    expect(fired.filter((event) => !triggerEvents.includes(event))).toEqual([]);
    // They need a mail server, a shop that refuses, or an account of the portal; each module tries its own.
    expect(triggerEvents.filter((event) => !fired.includes(event))).toEqual([
      'shipment.failed',
      'shipment.nudged',
      'mail.sent',
      'mail.replied',
      'mail.bounced',
      'mail.unsubscribed',
      'portal.deletion_asked',
    ]);
  });
});
