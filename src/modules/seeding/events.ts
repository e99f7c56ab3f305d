import { z } from 'zod';

/** A creator chose products, or changed the choice before it was decided. */
export const pickSubmitted = 'pick.submitted';
export const pickApproved = 'pick.approved';
export const pickRejected = 'pick.rejected';
export const pickCancelled = 'pick.cancelled';
/** A creator said where parcels should go. */
export const addressGiven = 'address.given';
/** A parcel could not be ordered or delivered, and somebody must act. */
export const shipmentFailed = 'shipment.failed';
/** `shipment.ordered`, `.packed`, `.shipped`, `.delivered`, `.returned`, `.lost`, `.cancelled`: the parcel stands there now. */
export const shipmentEventName = (state: string) => `shipment.${state}`;
/** A creator was reminded that a post is expected. */
export const shipmentNudged = 'shipment.nudged';

export const seedingPayload = z.object({
  campaignId: z.string().optional(),
  enrolmentId: z.string().optional(),
  personId: z.string(),
  pickId: z.string().optional(),
  shipmentId: z.string().optional(),
  problem: z.string().optional(),
  actorName: z.string(),
});
export type SeedingPayload = z.infer<typeof seedingPayload>;
