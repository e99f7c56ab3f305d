import { z } from 'zod';

/** Counted clicks reached the database: totals of these links moved. At most `idsPerEventMax` ids an event. */
export const clicksDrained = 'tracking.clicks_drained';
/** An order came, changed, was refunded or cancelled, or something its credit rests on arrived late: decide its credit anew. */
export const conversionChanged = 'tracking.conversion_changed';

/** Links and codes of these persons belong to others now: what was credited to them is decided anew. */
export const ownersChanged = 'tracking.owners_changed';

export const idsPerEventMax = 500;

/** Of one batch the live view shows at most so many clicks: a person reads no more. */
export const newestClicksMax = 20;

export const clicksDrainedPayload = z.object({
  linkIds: z.array(z.string()).max(idsPerEventMax),
  /** The newest clicks of the batch and how many it had, in the first event of a batch only. */
  newest: z.array(z.string()).max(newestClicksMax).default([]),
  hits: z.number().int().default(0),
});
export const ownersChangedPayload = z.object({ personIds: z.array(z.string()).max(idsPerEventMax) });
export const conversionChangedPayload = z.object({ conversionIds: z.array(z.string()).max(idsPerEventMax) });

/** A page told of a lead, such as a sign-up; attribution keeps and credits it. */
export const leadTold = 'tracking.lead_told';

export const leadToldPayload = z.object({
  id: z.string(),
  event: z.string(),
  happenedAt: z.string(),
  clickIds: z.array(z.string()),
  codes: z.array(z.string()),
});
