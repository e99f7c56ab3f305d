import type { Infra, Module } from '#infra/module.ts';
import { listAllWorkspaces } from '#modules/workspaces/index.ts';
import type { Hit, SearchAnswer, SearchQuery } from './api.ts';
import { followCustomers } from './customers/follow-customers.ts';
import { followChanges } from './follow-changes.ts';
import { createIndexHost } from './index-host.ts';
import { hitsOf } from './read-lists.ts';
import { discoveryRoutes } from './routes.ts';
import { searchIn } from './search-creators.ts';

export { listsChanged } from './events.ts';
export { membersOfList } from './queries/lists.ts';
export { readTiers } from './read-tiers.ts';

export interface Discovery extends Module {
  /** Answers a search as the API does; throws discovery.query for what cannot be asked. */
  search(workspaceId: string, query: SearchQuery): Promise<SearchAnswer>;
  /** What the index knows of at most 500 creators, by id. */
  find(workspaceId: string, personIds: readonly string[]): Promise<Map<string, Hit>>;
  /** Reads the indexes of all workspaces, so that the first search after a start waits for none. */
  warm(): Promise<void>;
  /** Lets the index of a workspace that is gone go at once, in memory and on disk. */
  forget(workspaceId: string): Promise<void>;
}

export function createDiscovery(infra: Infra): Discovery {
  const host = createIndexHost(infra);
  return {
    name: 'discovery',
    routes: discoveryRoutes(infra, host),
    consumers: [followChanges(infra, host), followCustomers(infra)],
    search: (workspaceId, query) => searchIn(infra, host, { workspaceId, query }),
    find: (workspaceId, personIds) => hitsOf(infra, host, { workspaceId, personIds }),
    warm: async () => {
      for (const { id } of await infra.db.asSystem(listAllWorkspaces)) await host.warm(id);
    },
    forget: (workspaceId) => host.forget(workspaceId),
    stop: () => host.stop(),
  };
}
