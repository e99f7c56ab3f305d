import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsMerged, mergePayload } from '#modules/creators/index.ts';
import { conversionChanged, idsPerEventMax } from './events.ts';
import { followJoins } from './follow-joins.ts';
import { movePerson, ordersOfPerson } from './queries/order-touches.ts';
import { moveExclusions } from './queries/touch-exclusions.ts';

/** Keeps links, codes and credit with their creator when two records of one person become one. */
export function trackingConsumers(infra: Infra): Consumer[] {
  return [
    followJoins(infra),
    {
      name: 'tracking.follow-merges',
      events: [creatorsMerged],
      handle: async (events) => {
        for (const { workspaceId, payload } of events) {
          const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
          await infra.db.inWorkspace(workspaceId, async (tx) => {
            const ids = await ordersOfPerson(tx, workspaceId, absorbedPersonId);
            await movePerson(tx, workspaceId, { from: absorbedPersonId, to: keptPersonId });
            await moveExclusions(tx, workspaceId, { from: absorbedPersonId, to: keptPersonId });
            for (let at = 0; at < ids.length; at += idsPerEventMax) {
              await infra.outbox.emit(tx, {
                workspaceId,
                name: conversionChanged,
                payload: { conversionIds: ids.slice(at, at + idsPerEventMax) },
              });
            }
          });
        }
      },
    },
  ];
}
