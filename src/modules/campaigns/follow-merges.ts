import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsMerged, mergePayload } from '#modules/creators/index.ts';
import { enrolmentsChanged } from './events.ts';
import { moveEnrolmentsToPerson } from './queries/change-enrolment.ts';
import { stateRelations } from './state-relations.ts';

/** Points enrolments of a merged person to the kept one. Doing it again finds nothing left to do. */
export function followMerges(infra: Infra): Consumer {
  return {
    name: 'campaigns.follow-merges',
    events: [creatorsMerged],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
        await infra.db.asSystem(async (tx) => {
          const moved = await moveEnrolmentsToPerson(tx, workspaceId, {
            fromPersonId: absorbedPersonId,
            toPersonId: keptPersonId,
          });
          for (const [campaignId, rows] of Map.groupBy(moved, (row) => row.campaign_id)) {
            const payload = {
              campaignId,
              what: 'changed',
              enrolmentIds: rows.map((row) => row.id),
              personIds: [keptPersonId],
            };
            await infra.outbox.emit(tx, { workspaceId, name: enrolmentsChanged, payload });
          }
          await stateRelations(infra, tx, { workspaceId, personIds: [keptPersonId, absorbedPersonId] });
        });
      }
    },
  };
}
