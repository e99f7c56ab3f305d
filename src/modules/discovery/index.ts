import type { Infra, Module } from '#infra/module.ts';
import { listAllWorkspaces } from '#modules/workspaces/index.ts';
import type { Hit, SearchAnswer, SearchQuery } from './api.ts';
import type { QuestionModel } from './ask/question-model.ts';
import { followCustomers } from './customers/follow-customers.ts';
import { defineAlertJobs, followForAlerts } from './follow-alerts.ts';
import { followChanges } from './follow-changes.ts';
import { createIndexHost, type IndexHost } from './index-host.ts';
import { createMatching } from './match/index.ts';
import { hitsOf } from './read-lists.ts';
import { discoveryRoutes } from './routes.ts';
import { searchIn } from './search-creators.ts';
import { shortlistRoutes } from './shortlist-routes.ts';
import { followInTables } from './sql-engine/follow-changes.ts';
import { createSqlEngine } from './sql-engine/sql-engine.ts';

export type { ModelRequest, QuestionModel } from './ask/question-model.ts';
export { addExisting as addToListOf } from './change-members.ts';
export { readSureCustomerPersons } from './customers/queries/customers.ts';
export { listsChanged, searchMatched } from './events.ts';
export { type BrandBrief, type BrandFit, fitBrand, readHeldTopics, readText } from './match/brand-fit.ts';
export { membersOfList } from './queries/lists.ts';
export { readTiers } from './read-tiers.ts';

export interface Discovery extends Module {
  /** Answers a search as the API does; throws discovery.query for what cannot be asked. */
  search(workspaceId: string, query: SearchQuery): Promise<SearchAnswer>;
  /** What the index knows of at most 500 creators, by id. */
  find(workspaceId: string, personIds: readonly string[]): Promise<Map<string, Hit>>;
  /** Reads the indexes of all workspaces, so that the first search after a start waits for none. */
  warm(): Promise<void>;
  /** Reads what creators write about in the background: for those who were written to the database without an event. */
  makeContent(workspaceId: string): Promise<void>;
  /** The indexes themselves, for measuring. */
  index: IndexHost;
  /** Lets the index of a workspace that is gone go at once, in memory and on disk. */
  forget(workspaceId: string): Promise<void>;
}

export function createDiscovery(infra: Infra, given: { questionModel?: QuestionModel | null } = {}): Discovery {
  const engine = createSqlEngine(infra);
  const { documents } = engine;
  const host = createIndexHost(infra, infra.config.searchEngine === 'memory' ? null : engine);
  defineAlertJobs(infra, host);
  const matching = createMatching(infra, host);
  return {
    name: 'discovery',
    routes: [
      ...discoveryRoutes(infra, host),
      ...shortlistRoutes(infra, host, given.questionModel ?? null),
      ...matching.routes,
    ],
    consumers: [
      followChanges(infra, host),
      followInTables(documents),
      followForAlerts(infra),
      followCustomers(infra),
      ...matching.consumers,
    ],
    search: (workspaceId, query) => searchIn(infra, host, { workspaceId, query }),
    find: (workspaceId, personIds) => hitsOf(infra, host, { workspaceId, personIds }),
    warm: async () => {
      for (const { id } of await infra.db.asSystem(listAllWorkspaces)) {
        await host.warm(id);
        await matching.warm(id);
        if (infra.config.searchEngine === 'sql') await documents.fill(id);
      }
    },
    makeContent: (workspaceId) => matching.makeAll(workspaceId),
    index: host,
    forget: async (workspaceId) => {
      await host.forget(workspaceId);
      await documents.forget(workspaceId);
    },
    start: () => matching.start(),
    stop: async () => {
      await matching.stop();
      await host.stop();
      await documents.stop();
    },
  };
}
