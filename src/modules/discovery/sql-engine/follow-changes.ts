import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import {
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from '#modules/creators/index.ts';
import type { SearchDocuments } from './search-documents.ts';

/** Keeps the search tables current, where they are kept. Every reaction reads the newest state, so repeats and any order end the same. */
export function followInTables(documents: SearchDocuments): Consumer {
  return {
    name: 'discovery.search-tables',
    events: [creatorsChanged, creatorsRemoved, creatorsMerged, creatorsSplit],
    handle: async (events) => {
      const changed = new Map<string, Set<string>>();
      for (const event of events) {
        const ids = changed.get(event.workspaceId) ?? new Set();
        changed.set(event.workspaceId, ids);
        for (const id of personsOf(event)) ids.add(id);
      }
      for (const [workspaceId, ids] of changed) await documents.refresh(workspaceId, [...ids].sort());
    },
  };
}

function personsOf({ name, payload }: OutboxEvent): string[] {
  if (name !== creatorsMerged && name !== creatorsSplit) return personIdsPayload.parse(payload).personIds;
  const merge = mergePayload.parse(payload);
  return [merge.keptPersonId, merge.absorbedPersonId];
}
