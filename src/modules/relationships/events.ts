import { z } from 'zod';

/** An incident was written down, by either side. */
export const incidentOpened = 'incident.opened';
/** The other side gave its answer. */
export const incidentAnswered = 'incident.answered';
/** An incident was decided. */
export const incidentClosed = 'incident.closed';
/** A creator is not to be worked with from now on. */
export const doNotWorkSet = 'do_not_work.set';
/** A creator may be worked with again. */
export const doNotWorkLifted = 'do_not_work.lifted';
/** Somebody said whether they would work with a creator again. */
export const opinionSaved = 'opinion.saved';

const who = { personId: z.string(), actorName: z.string() };
export const incidentPayload = z.object({
  ...who,
  incidentId: z.string(),
  campaignId: z.string().optional(),
  about: z.enum(['creator', 'brand']),
  kind: z.string(),
  outcome: z.enum(['upheld', 'dismissed']).optional(),
});
export const doNotWorkPayload = z.object({ ...who, reason: z.string() });
export const opinionPayload = z.object({ ...who, campaignId: z.string().optional(), again: z.string() });
