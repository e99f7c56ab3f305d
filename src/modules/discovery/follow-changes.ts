import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsMerged, mergePayload } from '#modules/creators/index.ts';
import type { IndexHost } from './index-host.ts';
import { moveMemberships } from './queries/lists.ts';
import { followedEvents } from './read-news.ts';

/**
 * Keeps the index current: an event is done when the index has what it tells of. The index looks for itself what happened since it last looked,
 * so repeats and any order end the same.
 */
export function followChanges(infra: Infra, host: IndexHost): Consumer {
  return {
    name: 'discovery.index',
    events: followedEvents,
    handle: async (events) => {
      for (const { name, workspaceId, payload } of events) {
        if (name !== creatorsMerged) continue;
        const merge = mergePayload.parse(payload);
        const listIds = await infra.db.inWorkspace(workspaceId, (tx) => moveMemberships(tx, workspaceId, merge));
        for (const listId of listIds) await host.refreshList(workspaceId, listId);
      }
      for (const workspaceId of new Set(events.map((event) => event.workspaceId))) await host.catchUp(workspaceId);
    },
  };
}
