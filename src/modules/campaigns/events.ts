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
  what: z.enum(['added', 'moved', 'changed', 'removed', 'restored']),
  enrolmentIds: ids,
  personIds: ids,
});
export const contentRecordedPayload = z.object({
  campaignId: z.string(),
  what: z.enum(['planned', 'changed', 'live', 'results']),
  deliverableIds: ids,
});
