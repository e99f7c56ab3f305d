import { followGrowth } from '#infra/db/follow-growth.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { dayMs } from '#kernel/time.ts';
import {
  clicksDrained,
  conversionChanged,
  conversionChangedPayload,
  leadTold,
  leadToldPayload,
  ownersChanged,
  ownersChangedPayload,
} from '#modules/tracking/index.ts';
import { creditLeads } from './credit-leads.ts';
import { creditOrders } from './credit-orders.ts';
import { ordersCreditedTo } from './queries/credits-of-persons.ts';
import { waitingLeads } from './queries/leads.ts';
import { storeLeads } from './record-leads.ts';

const batchRows = 500;
/** A lead whose clicks did not come within this time names clicks there never were. */
const leadWaitMs = 3 * dayMs;

/** Decides credit whenever an order, or something it rests on, changed. */
export function attributionConsumers(infra: Infra): Consumer[] {
  const grown = followGrowth(infra, ['credit', 'credit_change']);
  return [
    {
      name: 'attribution.credit-orders',
      events: [conversionChanged],
      handle: async (events) => {
        for (const [workspaceId, group] of Map.groupBy(events, (event) => event.workspaceId)) {
          const ids = [
            ...new Set(group.flatMap((event) => conversionChangedPayload.parse(event.payload).conversionIds)),
          ].sort();
          for (let at = 0; at < ids.length; at += batchRows) {
            const conversionIds = ids.slice(at, at + batchRows);
            await infra.db.inWorkspace(workspaceId, (tx) => creditOrders(infra, tx, { workspaceId, conversionIds }));
            grown(conversionIds.length);
          }
        }
      },
    },
    {
      name: 'attribution.follow-owners',
      events: [ownersChanged],
      handle: async (events) => {
        for (const { workspaceId, payload } of events) {
          const { personIds } = ownersChangedPayload.parse(payload);
          const ids = await infra.db.inWorkspace(workspaceId, (tx) => ordersCreditedTo(tx, workspaceId, personIds));
          for (let at = 0; at < ids.length; at += batchRows) {
            const conversionIds = ids.slice(at, at + batchRows);
            await infra.db.inWorkspace(workspaceId, (tx) => creditOrders(infra, tx, { workspaceId, conversionIds }));
          }
        }
      },
    },
    {
      // Told by a page: one that was told before changes nothing.
      name: 'attribution.keep-told-leads',
      events: [leadTold],
      handle: async (events) => {
        for (const [workspaceId, group] of Map.groupBy(events, (event) => event.workspaceId)) {
          const leads = group.map((event) => leadToldPayload.parse(event.payload));
          await infra.db.inWorkspace(workspaceId, (tx) => storeLeads(infra, tx, { workspaceId, leads }));
        }
      },
    },
    {
      name: 'attribution.credit-waiting-leads',
      events: [clicksDrained],
      handle: async (events) => {
        const since = new Date(infra.clock.now().getTime() - leadWaitMs);
        for (const workspaceId of new Set(events.map((event) => event.workspaceId)))
          await infra.db.inWorkspace(workspaceId, async (tx) => {
            const leadIds = await waitingLeads(tx, workspaceId, { since, limit: batchRows });
            if (leadIds.length > 0) await creditLeads(infra, tx, { workspaceId, leadIds });
          });
      },
    },
  ];
}
