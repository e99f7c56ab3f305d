import { z } from 'zod';

/** Steps of a draft a manager cares for; each carries `submissionEventPayload`. */
export const submissionSubmitted = 'submission.submitted';
export const submissionChangesRequested = 'submission.changes_requested';
/** Approved by everybody who has to, or by silence (`isAutomatic`). */
export const submissionApproved = 'submission.approved';
export const submissionScheduled = 'submission.scheduled';
export const submissionWithdrawn = 'submission.withdrawn';
/** One of several reviewers decided; the draft itself still waits. */
export const submissionReviewed = 'submission.reviewed';
export const submissionCommented = 'submission.commented';
/** A creator, a member or an import said where the post is. */
export const submissionLive = 'submission.live';
/** What is live is what was approved. */
export const submissionVerified = 'submission.verified';
/** A look at a live post found something else than before: `result` says what. */
export const livePostChanged = 'live_post.changed';
/** A post that was live cannot be found any more. */
export const livePostGone = 'live_post.gone';

export const submissionEventPayload = z.object({
  campaignId: z.string(),
  enrolmentId: z.string(),
  personId: z.string(),
  deliverableId: z.string(),
  submissionId: z.string(),
  actorName: z.string(),
  round: z.string(),
  state: z.string(),
  /** `true` when silence approved. */
  isAutomatic: z.string().optional(),
  /** Of live posts: ok, differs, missing, unknown. */
  result: z.string().optional(),
});
export type SubmissionEventPayload = z.infer<typeof submissionEventPayload>;
