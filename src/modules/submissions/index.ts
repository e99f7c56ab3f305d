import type { Infra, Module } from '#infra/module.ts';
import { followJoins } from './follow-joins.ts';
import { followDeliverables, followMerges, followPosts } from './follow-posts.ts';
import { defineSubmissionJobs } from './jobs.ts';
import { submissionRoutes } from './routes.ts';

export { approveUnanswered } from './approve-by-silence.ts';
export * from './events.ts';
export { runDueLooks } from './live-posts.ts';
export { type AcceptedRight, selectAcceptedRights as acceptedRightsOf } from './queries/accepted-rights.ts';
export { type ApprovedDraft, selectApprovedDrafts as readApprovedDrafts } from './queries/approved.ts';
export { readApprovedRounds } from './queries/rounds-of-person.ts';
export { openWork, portalTasks } from './tell-work.ts';

/** Drafts of creators, who decides on them, and whether what went live is what was approved. */
export function createSubmissions(infra: Infra): Module {
  defineSubmissionJobs(infra);
  return {
    name: 'submissions',
    routes: submissionRoutes(infra),
    consumers: [followPosts(infra), followDeliverables(infra), followMerges(infra), followJoins(infra)],
  };
}
