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

/** The rules put an ambassador into another tier: somebody has to confirm or overrule it. */
export const tierProposed = 'ambassador.move_proposed';
/** An ambassador stands in another tier from now on. */
export const tierChanged = 'ambassador.tier_changed';

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
export const tierPayload = z.object({
  ...who,
  campaignId: z.string(),
  enrolmentId: z.string(),
  fromTier: z.string(),
  toTier: z.string(),
  /** `up` or `down`. */
  outcome: z.enum(['up', 'down']),
  reason: z.string(),
  /** Percent off by the code of the tier; left out where it gives none. */
  codePercent: z.string().optional(),
});
