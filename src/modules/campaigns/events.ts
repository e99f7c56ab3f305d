import { z } from 'zod';

/** Name, state, dates, goals, stages, budget, costs or brief of a campaign changed; `deleted` when it is gone. */
export const campaignsChanged = 'campaigns.changed';
/** Creators came on, moved, changed or left. At most `idsPerEventMax` ids an event. */
export const enrolmentsChanged = 'enrolments.changed';
/** Deliverables or their results changed. At most `idsPerEventMax` ids an event. */
export const contentRecorded = 'content.recorded';

export const idsPerEventMax = 2000;
const ids = z.array(z.string()).max(idsPerEventMax);

export const campaignChangedPayload = z.object({
  campaignId: z.string(),
  what: z.enum(['created', 'changed', 'state', 'goals', 'stages', 'brief', 'costs', 'deleted']),
});
export const enrolmentsChangedPayload = z.object({
  campaignId: z.string(),
  what: z.enum(['added', 'moved', 'changed', 'removed', 'restored', 'joined', 'parted']),
  enrolmentIds: ids,
  personIds: ids,
});
export const contentRecordedPayload = z.object({
  campaignId: z.string(),
  what: z.enum(['planned', 'changed', 'live', 'results']),
  deliverableIds: ids,
});

/** A brief was sent to a creator, or they were reminded of it. */
export const briefSent = 'brief.sent';
/** A new version of a brief was saved. */
export const briefChanged = 'brief.changed';
/** A creator agreed to the brief that was sent to them. */
export const briefAcknowledged = 'brief.acknowledged';

export const briefSentPayload = z.object({
  campaignId: z.string(),
  enrolmentId: z.string(),
  personId: z.string(),
  version: z.string(),
  what: z.enum(['first', 'changed', 'reminder']),
  actorName: z.string(),
});
export const briefChangedPayload = z.object({ campaignId: z.string(), version: z.string(), actorName: z.string() });
export const briefAcknowledgedPayload = z.object({
  campaignId: z.string(),
  enrolmentId: z.string(),
  personId: z.string(),
  version: z.string(),
  actorName: z.string(),
});

/**
 * One event a creator, for those who react to single ones: `enrolment.added`, `.moved`, `.changed`, `.removed`, `.restored`; `.joined` when an enrolment followed a
 * merge of its creator, `.parted` when the merge was undone (`joinedEnrolmentId` is the kept one itself where it only came under another person).
 */
export const enrolmentEvents = {
  added: 'enrolment.added',
  moved: 'enrolment.moved',
  changed: 'enrolment.changed',
  removed: 'enrolment.removed',
  restored: 'enrolment.restored',
  joined: 'enrolment.joined',
  parted: 'enrolment.parted',
} as const;
export const enrolmentEventPayload = z.object({
  campaignId: z.string(),
  enrolmentId: z.string(),
  personId: z.string(),
  fromStage: z.string().optional(),
  toStage: z.string().optional(),
  joinedEnrolmentId: z.string().optional(),
  joinedPersonId: z.string().optional(),
  actorName: z.string(),
});

/** Something happened to a creator on a campaign, the first time: `happening` is one of those stages follow. */
export const enrolmentHappened = 'enrolment.happened';
export const enrolmentHappenedPayload = enrolmentEventPayload
  .omit({ fromStage: true, toStage: true, joinedEnrolmentId: true, joinedPersonId: true })
  .extend({ happening: z.string() });

/** A deliverable came into a state: `deliverable.drafted`, `.approved`, `.live`, `.cancelled`, `.planned` (again). */
export const deliverableEvents = {
  planned: 'deliverable.planned',
  drafted: 'deliverable.drafted',
  approved: 'deliverable.approved',
  live: 'deliverable.live',
  cancelled: 'deliverable.cancelled',
} as const;
export const deliverableEventPayload = z.object({
  campaignId: z.string(),
  enrolmentId: z.string(),
  personId: z.string(),
  deliverableId: z.string(),
  actorName: z.string(),
});

/** `campaign.live`, `campaign.ended`, `campaign.archived`, `campaign.draft`: the state it came into. */
export const campaignStateEvents = {
  draft: 'campaign.draft',
  live: 'campaign.live',
  ended: 'campaign.ended',
  archived: 'campaign.archived',
} as const;
export const campaignStatePayload = z.object({ campaignId: z.string(), actorName: z.string() });

/** A deadline comes up, is today or has gone by: once for each of the days a campaign reminds on. */
export const deadlineReminded = 'deadline.reminded';
export const deadlineRemindedPayload = z.object({
  campaignId: z.string(),
  enrolmentId: z.string().optional(),
  personId: z.string().optional(),
  deliverableId: z.string().optional(),
  reminderId: z.string(),
  kind: z.string(),
  dueOn: z.string(),
  daysLeft: z.string().describe('Whole number as text, negative once it has gone by'),
});

/** A task written down by hand was added, changed, ticked off, opened again or dropped. */
export const taskChanged = {
  added: 'task.added',
  changed: 'task.changed',
  done: 'task.done',
  reopened: 'task.reopened',
  removed: 'task.removed',
} as const;
export const taskChangedPayload = z.object({
  taskId: z.string(),
  campaignId: z.string().optional(),
  enrolmentId: z.string().optional(),
  personId: z.string().optional(),
  actorName: z.string(),
});
