import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import {
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from '#modules/creators/index.ts';
import { listChangedPayload, listsChanged } from './events.ts';
import type { IndexHost } from './index-host.ts';
import { moveMemberships } from './queries/lists.ts';

/** Keeps the index current. Every reaction reads the newest state, so repeats and any order end the same. */
export function followChanges(infra: Infra, host: IndexHost): Consumer {
  return {
    name: 'discovery.index',
    events: [creatorsChanged, creatorsRemoved, creatorsMerged, creatorsSplit, listsChanged],
    handle: async (events) => {
      const changes = new Map<string, { personIds: Set<string>; listIds: Set<string> }>();
      for (const event of events) {
        const change = changes.get(event.workspaceId) ?? { personIds: new Set(), listIds: new Set() };
        changes.set(event.workspaceId, change);
        await gather(infra, event, change);
      }
      for (const [workspaceId, { personIds, listIds }] of changes) {
        await host.refreshCreators(workspaceId, [...personIds]);
        for (const listId of listIds) await host.refreshList(workspaceId, listId);
      }
    },
  };
}

async function gather(
  infra: Infra,
  event: OutboxEvent,
  change: { personIds: Set<string>; listIds: Set<string> },
): Promise<void> {
  const { workspaceId } = event;
  switch (event.name) {
    case creatorsMerged:
    case creatorsSplit: {
      const merge = mergePayload.parse(event.payload);
      change.personIds.add(merge.keptPersonId).add(merge.absorbedPersonId);
      if (event.name === creatorsSplit) return;
      const listIds = await infra.db.inWorkspace(workspaceId, (tx) => moveMemberships(tx, workspaceId, merge));
      for (const id of listIds) change.listIds.add(id);
      return;
    }
    case listsChanged:
      change.listIds.add(listChangedPayload.parse(event.payload).listId);
      return;
    default:
      for (const id of personIdsPayload.parse(event.payload).personIds) change.personIds.add(id);
  }
}
