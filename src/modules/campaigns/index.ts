import type { Infra, Module } from '#infra/module.ts';
import { defineBriefJobs } from './briefs/keep-images.ts';
import type { CalendarSource } from './calendar-items.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { followMerges } from './follow-merges.ts';
import { defineDeadlineJobs } from './jobs.ts';
import { campaignRoutes } from './routes.ts';
import { stateDueRelations } from './state-relations.ts';

export { addToRoster } from './add-to-roster.ts';
export { advanceEnrolment } from './advance-enrolment.ts';
export { type AgreedWork, agreeWork } from './agree-work.ts';
export { briefOpenWork } from './briefs/open-work.ts';
export { briefPortalTasks as portalTasks } from './briefs/portal-brief.ts';
export type { CalendarSource } from './calendar-items.ts';
export {
  briefAcknowledged,
  briefAcknowledgedPayload,
  briefChanged,
  briefChangedPayload,
  briefSent,
  briefSentPayload,
  campaignChangedPayload,
  campaignStateEvents,
  campaignStatePayload,
  campaignsChanged,
  contentRecorded,
  contentRecordedPayload,
  deadlineReminded,
  deadlineRemindedPayload,
  deliverableEventPayload,
  deliverableEvents,
  enrolmentEventPayload,
  enrolmentEvents,
  enrolmentHappened,
  enrolmentHappenedPayload,
  enrolmentsChanged,
  enrolmentsChangedPayload,
  taskChanged,
  taskChangedPayload,
} from './events.ts';
export type { CampaignFacts } from './facts.ts';
export {
  findCampaign,
  findEnrolment,
  findEnrolments,
  getBudget,
  getCampaign,
  getEnrolment,
  listCampaignNames,
  listContent,
  listEnrolments,
  listEnrolmentsOfPerson,
  listGoals,
} from './facts.ts';
export { contractsOfPieces, findDeliverables, listDeliverablesOfPerson, readBriefOf } from './find-deliverables.ts';
export { type FollowedJoin, followJoins } from './follow-merges.ts';
export { putCost } from './keep-costs.ts';
export { listWorkOfPerson, type WorkOnCampaign } from './list-work-of-person.ts';
export { openWork } from './open-work.ts';
export { type Enrolled, selectEnrolled as findEnrolled } from './queries/find-enrolled.ts';
export { type LivePost, listLivePosts } from './queries/live-posts.ts';
export type { ChangeFrame } from './record-change.ts';
export { remindDeadlines } from './remind-deadlines.ts';
export { feeStanding, goodsStanding, type Standing } from './rules/sum-budget.ts';
export { urlKey } from './rules/url-key.ts';
export { setDeliverableState } from './set-deliverable-state.ts';
export { setPostage } from './set-postage.ts';
export { setProductCost } from './set-product-cost.ts';
export { stateContractEnd } from './state-contract-end.ts';
export { statePostFault } from './state-post-fault.ts';
export { takeFoundPost } from './take-found-post.ts';
export { takeReadings } from './take-readings.ts';
export { campaignsOfSplit, splitSource } from './tell-split.ts';
export { getDeliverable } from './update-deliverable.ts';

export function createCampaigns(infra: Infra, of: { calendarSources: readonly CalendarSource[] }): Module {
  defineBriefJobs(infra);
  defineDeadlineJobs(infra);
  return {
    name: 'campaigns',
    routes: [...campaignRoutes(infra), ...calendarRoutes(infra, of.calendarSources)],
    consumers: [followMerges(infra)],
    start: () => stateDueRelations(infra),
  };
}
