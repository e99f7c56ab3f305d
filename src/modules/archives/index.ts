import type { Infra, Module } from '#infra/module.ts';
import { reloadLinks } from '#modules/tracking/index.ts';
import { workspaceImported } from './events.ts';
import { defineArchiveJobs } from './jobs.ts';
import { archivesRoutes } from './routes.ts';
import { createRuns } from './runs.ts';

export interface ArchiveNeeds {
  /** Resolves when every click answered so far is in the database. */
  settleClicks(): Promise<void>;
  /** Has everything that is derived from a workspace's rows made in the background; called again it does no harm. */
  adopt(workspaceId: string): Promise<void>;
}

/**
 * A whole workspace as one file, and back. It reads and writes the tables of all modules, as the removal of the sample does: a face per module
 * would leave out the table that somebody adds tomorrow. What becomes of each stands in rules/tables.ts.
 */
export function createArchives(infra: Infra, needs: ArchiveNeeds): Module {
  defineArchiveJobs(infra);
  const runs = createRuns(infra);
  return {
    name: 'archives',
    routes: archivesRoutes({ infra, runs, settleClicks: needs.settleClicks }),
    consumers: [
      {
        name: 'archives.adopt',
        events: [workspaceImported],
        handle: async (events) => {
          for (const { workspaceId } of events) {
            await infra.db.asSystem(reloadLinks);
            await needs.adopt(workspaceId);
          }
        },
      },
    ],
    stop: () => runs.stop(),
  };
}
