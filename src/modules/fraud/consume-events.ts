import { followGrowth } from '#infra/db/follow-growth.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import { creditChanged, creditChangedPayload } from '#modules/attribution/index.ts';
import {
  creatorsMerged,
  creatorsRemoved,
  mergePayload,
  personIdsPayload,
  readPersonCards,
} from '#modules/creators/index.ts';
import {
  clicksDrained,
  clicksDrainedPayload,
  conversionChanged,
  conversionChangedPayload,
  readOwnersOfLinks,
} from '#modules/tracking/index.ts';
import { judgeDueJob } from './jobs.ts';
import { judgeOrders } from './judge-orders.ts';
import { markDue } from './queries/judgements.ts';
import { forgetPersons, moveToPerson } from './queries/merges.ts';

const batchRows = 500;
const judgeAfterSeconds = 30;

/** Judges orders whenever they, or their credit, changed; creators become due when their traffic moved. */
export function fraudConsumers(infra: Infra): Consumer[] {
  const grown = followGrowth(infra, ['fraud_order']);
  return [
    {
      name: 'fraud.judge-orders',
      events: [conversionChanged, creditChanged],
      handle: async (events) => {
        for (const [workspaceId, group] of Map.groupBy(events, (event) => event.workspaceId)) {
          const ids = [...new Set(group.flatMap(ordersOf))].sort();
          for (let at = 0; at < ids.length; at += batchRows) {
            const conversionIds = ids.slice(at, at + batchRows);
            await infra.db.inWorkspace(workspaceId, (tx) => judgeOrders(infra, tx, { workspaceId, conversionIds }));
            grown(conversionIds.length);
          }
          // What an order shows by itself is decided now; a creator's traffic is read once for all orders of the next half minute.
          await infra.jobs.enqueue(judgeDueJob, { workspaceId }, workspaceId, { afterSeconds: judgeAfterSeconds });
        }
      },
    },
    {
      name: 'fraud.mark-clicked',
      events: [clicksDrained],
      handle: async (events) => {
        for (const [workspaceId, group] of Map.groupBy(events, (event) => event.workspaceId)) {
          const linkIds = [
            ...new Set(group.flatMap((event) => clicksDrainedPayload.parse(event.payload).linkIds)),
          ].sort();
          // Judged by the ten-minute job: clicks alone are no hurry, and there are many.
          await infra.db.inWorkspace(workspaceId, async (tx) =>
            markDue(tx, workspaceId, await readOwnersOfLinks(tx, workspaceId, linkIds), infra.clock.now()),
          );
        }
      },
    },
    {
      name: 'fraud.follow-creators',
      events: [creatorsMerged, creatorsRemoved],
      handle: async (events) => {
        for (const event of events) await follow(infra, event);
      },
    },
  ];
}

function ordersOf(event: OutboxEvent): string[] {
  return event.name === creditChanged
    ? creditChangedPayload.parse(event.payload).conversionIds
    : conversionChangedPayload.parse(event.payload).conversionIds;
}

async function follow(infra: Infra, event: OutboxEvent): Promise<void> {
  const { workspaceId } = event;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (event.name === creatorsMerged) {
      const { keptPersonId, absorbedPersonId } = mergePayload.parse(event.payload);
      await moveToPerson(tx, workspaceId, { from: absorbedPersonId, to: keptPersonId });
      await markDue(tx, workspaceId, [keptPersonId], infra.clock.now());
      return;
    }
    const { personIds } = personIdsPayload.parse(event.payload);
    // A person merged into another one is told of here too, and still there.
    const there = await readPersonCards(tx, workspaceId, personIds);
    const gone = personIds.filter((id) => !there.has(id));
    if (gone.length > 0) await forgetPersons(tx, workspaceId, gone);
  });
}
