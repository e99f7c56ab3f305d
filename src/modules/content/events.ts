import { z } from 'zod';

/** A piece of content came into the library. */
export const assetCaptured = 'content.captured';
export const rightRequested = 'right.requested';
export const rightGranted = 'right.granted';
/** A creator named another price for a right. */
export const rightCountered = 'right.countered';
export const rightDeclined = 'right.declined';
/** A right ends in 30 days, 7 days or tomorrow; `daysLeft` says which. */
export const rightEnding = 'right.ending';
export const rightEnded = 'right.ended';
export const placementAdded = 'placement.added';

export const contentEventPayload = z.object({
  assetId: z.string(),
  campaignId: z.string().optional(),
  personId: z.string().optional(),
  rightId: z.string().optional(),
  daysLeft: z.string().optional(),
  how: z.string().optional(),
  actorName: z.string(),
});
export type ContentEventPayload = z.infer<typeof contentEventPayload>;
