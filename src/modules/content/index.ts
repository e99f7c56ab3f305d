import type { Infra, Module } from '#infra/module.ts';
import { followAmendments, followContracts, followMerges, followPosts } from './follow-events.ts';
import { followJoins } from './follow-joins.ts';
import { followApprovals } from './keep-approved.ts';
import { contentRoutes } from './routes.ts';
import { defineContentJobs } from './watch-rights.ts';

export { portalTasks } from './answer-rights.ts';
export { rightsDays } from './calendar-days.ts';
export * from './events.ts';
export { openWork, tellEndingRights } from './watch-rights.ts';

/** The content library: what creators posted and sent, what may be done with it, where it runs, and why a post is missing. */
export function createContent(infra: Infra): Module {
  defineContentJobs(infra);
  return {
    name: 'content',
    routes: contentRoutes(infra),
    consumers: [
      followPosts(infra),
      followApprovals(infra),
      followContracts(infra),
      followAmendments(infra),
      followMerges(infra),
      followJoins(infra),
    ],
  };
}
