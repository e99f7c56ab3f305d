import { z } from 'zod';

/** Counted clicks reached the database: totals of these links moved. At most `idsPerEventMax` ids an event. */
export const clicksDrained = 'tracking.clicks_drained';
/** An order came, changed, was refunded or cancelled, or something its credit rests on arrived late: decide its credit anew. */
export const conversionChanged = 'tracking.conversion_changed';

export const idsPerEventMax = 500;

export const clicksDrainedPayload = z.object({ linkIds: z.array(z.string()).max(idsPerEventMax) });
export const conversionChangedPayload = z.object({ conversionIds: z.array(z.string()).max(idsPerEventMax) });
