import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from '#modules/creators/index.ts';
import { contentJob } from './make-content.ts';
import { markDue } from './queries/content.ts';
import { copyDecisions } from './queries/corrections.ts';

/** Marks creators whose texts may have changed and has their content made again in the background. */
export function followContent(infra: Infra): Consumer {
  return {
    name: 'discovery.content',
    events: [creatorsChanged, creatorsRemoved, creatorsMerged, creatorsSplit],
    handle: async (events) => {
      const changed = new Map<string, Set<string>>();
      for (const event of events) {
        const ids = changed.get(event.workspaceId) ?? new Set();
        changed.set(event.workspaceId, ids);
        if (event.name === creatorsMerged || event.name === creatorsSplit) {
          const merge = mergePayload.parse(event.payload);
          ids.add(merge.keptPersonId).add(merge.absorbedPersonId);
          if (event.name === creatorsMerged)
            await infra.db.inWorkspace(event.workspaceId, (tx) => copyDecisions(tx, event.workspaceId, merge));
          continue;
        }
        const { personIds, statedBy } = personIdsPayload.parse(event.payload);
        // Facts other modules state are no texts of the creator.
        if (statedBy === undefined) for (const id of personIds) ids.add(id);
      }
      for (const [workspaceId, ids] of changed) {
        if (ids.size === 0) continue;
        await infra.db.inWorkspace(workspaceId, (tx) => markDue(tx, workspaceId, [...ids]));
        await infra.jobs.enqueue(contentJob, { workspaceId }, workspaceId);
      }
    },
  };
}
