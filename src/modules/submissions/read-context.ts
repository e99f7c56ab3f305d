import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { type DaysOff, saturdayAndSunday } from '#kernel/business-days.ts';
import { notFound } from '#kernel/errors.ts';
import type { Brief, Deliverable, Enrolment } from '#modules/campaigns/api.ts';
import {
  type CampaignFacts,
  findDeliverables,
  getCampaign,
  getEnrolment,
  readBriefOf,
} from '#modules/campaigns/index.ts';
import { type TermsInForce, termsOf } from '#modules/contracts/index.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { type HouseRules, houseRules } from '#modules/disclosure/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { businessCalendarSchema, type PostExpectation, type ReviewSetting } from './api.ts';
import { type ExpectationRow, selectExpectations } from './queries/live.ts';
import { selectCalendar, selectReviewers, selectSettings } from './queries/settings.ts';
import { joinExpectations } from './rules/find-in-caption.ts';

/** All that decides about a draft beside the draft itself. */
export interface DraftContext {
  deliverable: Deliverable;
  campaign: CampaignFacts;
  enrolment: Enrolment;
  card: PersonCard | undefined;
  brief: { version: number; brief: Brief };
  terms: TermsInForce | null;
  setting: ReviewSetting;
  expectations: Expectations;
  workspace: { name: string; timeZone: string };
  house: HouseRules;
}

export interface Expectations {
  brief: PostExpectation;
  creator: PostExpectation | null;
  deliverable: PostExpectation | null;
  counts: PostExpectation;
}

/** Reads it for one deliverable. Error: not_found. */
export async function readContext(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; deliverableId: string; briefVersion?: number },
): Promise<DraftContext> {
  const { workspaceId } = of;
  const deliverable = await readDeliverable(infra, tx, of);
  const campaign = await getCampaign(tx, workspaceId, deliverable.campaignId);
  const enrolment = await getEnrolment(tx, workspaceId, { id: deliverable.enrolmentId, clock: infra.clock });
  const cards = await readPersonCards(tx, workspaceId, [deliverable.person.id]);
  const version = of.briefVersion === undefined ? {} : { version: of.briefVersion };
  const brief = await readBriefOf(tx, workspaceId, { campaignId: campaign.id, ...version });
  const { name, timeZone } = await getWorkspace(tx, workspaceId);
  return {
    deliverable,
    campaign,
    enrolment,
    card: cards.get(deliverable.person.id),
    brief,
    terms: await termsOf(tx, workspaceId, deliverable.enrolmentId),
    setting: await readSetting(tx, workspaceId, campaign.id),
    expectations: await readExpectations(tx, workspaceId, { deliverable, brief: brief.brief }),
    workspace: { name, timeZone },
    house: await houseRules(tx, workspaceId),
  };
}

/** One deliverable. Error: not_found. */
export async function readDeliverable(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; deliverableId: string },
): Promise<Deliverable> {
  const [found] = await findDeliverables(tx, of.workspaceId, { ids: [of.deliverableId], clock: infra.clock });
  if (found === undefined) throw notFound('deliverable');
  return found;
}

export const usualSetting: ReviewSetting = {
  requiredRoles: ['manager'],
  reviewers: [],
  autoApproveDays: null,
  revisionsMax: null,
  looksAtAddress: false,
};

/** How the drafts of a campaign are reviewed; the usual way while nothing was set. */
export async function readSetting(tx: Tx, workspaceId: string, campaignId: string): Promise<ReviewSetting> {
  const [row] = await selectSettings(tx, workspaceId, [campaignId]);
  if (row === undefined) return usualSetting;
  const reviewers = await selectReviewers(tx, workspaceId, [campaignId]);
  return {
    requiredRoles: row.required_roles,
    reviewers: reviewers.map((one) => ({ role: one.role, userId: one.user_id, name: one.name })),
    autoApproveDays: row.auto_approve_days,
    revisionsMax: row.revisions_max,
    looksAtAddress: row.looks_at_address,
  };
}

/** The days a workspace does not work; Saturday and Sunday while nothing was set. */
export async function readDaysOff(tx: Tx, workspaceId: string): Promise<DaysOff> {
  const row = await selectCalendar(tx, workspaceId);
  if (row === undefined) return { weekdays: saturdayAndSunday, holidays: new Set() };
  const holidays = businessCalendarSchema.shape.holidays.parse(row.holidays);
  return { weekdays: row.weekdays_off, holidays: new Set(holidays.map((one) => one.day)) };
}

/** What the post of a deliverable has to carry. */
export async function readExpectations(
  tx: Tx,
  workspaceId: string,
  of: { deliverable: Deliverable; brief: Brief },
): Promise<Expectations> {
  const { deliverable, brief } = of;
  const rows = await selectExpectations(tx, workspaceId, [deliverable.enrolmentId]);
  const toPart = (id: string) => {
    const row = rows.find((one) => one.deliverable_id === id);
    return row === undefined ? null : toExpectation(row);
  };
  const parts = {
    brief: {
      links: brief.links.map((link) => link.url),
      codes: [],
      hashtags: brief.hashtags.map((tag) => `#${tag.replace(/^#/, '')}`),
      mentions: [],
      liveFrom: brief.dates.liveFrom,
      liveUntil: brief.dates.liveUntil,
    },
    creator: toPart(''),
    deliverable: toPart(deliverable.id),
  };
  return { ...parts, counts: joinExpectations([parts.brief, parts.creator, parts.deliverable]) };
}

function toExpectation(row: ExpectationRow): PostExpectation {
  const { links, codes, hashtags, mentions } = row;
  return { links, codes, hashtags, mentions, liveFrom: row.live_from, liveUntil: row.live_until };
}
