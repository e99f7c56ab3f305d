import { z } from 'zod';

/** A creator was asked onto a campaign, and what they answered. */
export const invitationSent = 'invitation.sent';
export const invitationAccepted = 'invitation.accepted';
export const invitationDeclined = 'invitation.declined';
/** Somebody applied on an application page, and what became of it: by a person, or by the page's own rules. */
export const applicationReceived = 'application.received';
export const applicationApproved = 'application.approved';
export const applicationRejected = 'application.rejected';
/** A creator opened a link into the portal for the first time. */
export const portalOpened = 'portal.opened';
/** A creator sent figures of their own, or asks for deletion. */
export const proofReceived = 'portal_proof.received';
export const deletionAsked = 'portal.deletion_asked';

export const portalEventPayload = z.object({
  actorName: z.string(),
  campaignId: z.string().optional(),
  enrolmentId: z.string().optional(),
  personId: z.string().optional(),
  applicationId: z.string().optional(),
  pageId: z.string().optional(),
  proofId: z.string().optional(),
  reason: z.string().optional(),
});
export type PortalEventPayload = z.infer<typeof portalEventPayload>;
