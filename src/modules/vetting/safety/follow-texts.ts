import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import {
  creatorsChanged,
  creatorsMerged,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from '#modules/creators/index.ts';
import { markStale } from '../queries/reports.ts';
import { moveSafetyFlags } from './queries-flags.ts';
import { markAllSafetyDue, markSafetyDue } from './queries-scans.ts';
import { safetyJob, scanWorkspace } from './scan-texts.ts';

/** Has texts searched for flagged words whenever their creators change; flags follow merged persons, a split one is searched anew. */
export function followTexts(infra: Infra): Consumer {
  return {
    name: 'vetting.follow_texts',
    events: [creatorsChanged, creatorsMerged, creatorsSplit],
    handle: async (events) => {
      for (const [workspaceId, some] of Map.groupBy(events, (event) => event.workspaceId)) {
        const isDue = await infra.db.inWorkspace(workspaceId, async (tx) => {
          const personIds = new Set<string>();
          for (const event of some) {
            for (const id of changedIn(event)) personIds.add(id);
            if (event.name !== creatorsMerged) continue;
            const { keptPersonId, absorbedPersonId } = mergePayload.parse(event.payload);
            await moveSafetyFlags(tx, workspaceId, absorbedPersonId, keptPersonId);
          }
          await markSafetyDue(tx, workspaceId, [...personIds]);
          // What a creator is about was learnt anew, or corrected by a person.
          const retold = some.flatMap((event) => statedIn(event, 'discovery'));
          if (retold.length > 0) await markStale(tx, workspaceId, { personIds: retold, at: infra.clock.now() });
          return personIds.size > 0;
        });
        if (isDue) await infra.jobs.enqueue(safetyJob, { workspaceId }, workspaceId);
      }
    },
  };
}

function changedIn(event: OutboxEvent): string[] {
  if (event.name !== creatorsChanged) {
    const { keptPersonId, absorbedPersonId } = mergePayload.parse(event.payload);
    return [keptPersonId, absorbedPersonId];
  }
  const { personIds, statedBy } = personIdsPayload.parse(event.payload);
  // Facts are no texts.
  return statedBy === undefined ? personIds : [];
}

function statedIn(event: OutboxEvent, module: string): string[] {
  if (event.name !== creatorsChanged) return [];
  const { personIds, statedBy } = personIdsPayload.parse(event.payload);
  return statedBy === module ? personIds : [];
}

/** Searches everybody of a workspace now, those included who came in without an event. */
export async function scanAllTexts(infra: Infra, workspaceId: string): Promise<void> {
  await infra.db.inWorkspace(workspaceId, (tx) => markAllSafetyDue(tx, workspaceId));
  await scanWorkspace(infra, workspaceId);
}
