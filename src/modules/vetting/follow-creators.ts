import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import {
  creatorsChanged,
  creatorsMerged,
  creatorsSplit,
  getPerson,
  mergePayload,
  personIdsPayload,
} from '#modules/creators/index.ts';
import { moveAppeals } from './queries/appeals.ts';
import { markStale, moveReportsOfProfiles, moveToPerson } from './queries/reports.ts';
import type { PeerReader } from './read-peers.ts';

/** Keeps reports in step with their creators: stale when data change, moved when persons are merged or split. */
export function followCreators(infra: Infra, peers: PeerReader): Consumer {
  return {
    name: 'vetting.follow_creators',
    events: [creatorsChanged, creatorsMerged, creatorsSplit],
    handle: async (events) => {
      for (const event of events) await follow(infra, event);
      for (const event of events.filter(changesPeers)) peers.forget(event.workspaceId);
    },
  };
}

/** As many creators at once move what is usual among peers; single ones wait for the peers' own five minutes. */
const peersMovedBy = 20;

function changesPeers(event: OutboxEvent): boolean {
  if (event.name !== creatorsChanged) return false;
  const { personIds, statedBy } = personIdsPayload.parse(event.payload);
  return statedBy === undefined && personIds.length >= peersMovedBy;
}

async function follow(infra: Infra, event: OutboxEvent): Promise<void> {
  const { workspaceId } = event;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (event.name === creatorsChanged) {
      const { personIds, statedBy } = personIdsPayload.parse(event.payload);
      // Stated facts, our own score among them, are no data a report rests on.
      if (statedBy !== undefined) return;
      return markStale(tx, workspaceId, { personIds, at: infra.clock.now() });
    }
    const { keptPersonId, absorbedPersonId } = mergePayload.parse(event.payload);
    if (event.name === creatorsMerged) {
      await moveToPerson(tx, workspaceId, absorbedPersonId, keptPersonId);
      await moveAppeals(tx, workspaceId, absorbedPersonId, keptPersonId);
    } else {
      const absorbed = await getPerson(tx, workspaceId, absorbedPersonId).catch(() => null);
      if (absorbed === null) return;
      await moveReportsOfProfiles(
        tx,
        workspaceId,
        absorbed.profiles.map((profile) => profile.id),
        absorbedPersonId,
      );
    }
    await markStale(tx, workspaceId, { personIds: [keptPersonId, absorbedPersonId], at: infra.clock.now() });
  });
}
