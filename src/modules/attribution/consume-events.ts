import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { conversionChanged, conversionChangedPayload } from '#modules/tracking/index.ts';
import { creditOrders } from './credit-orders.ts';

const batchRows = 500;

/** Decides credit whenever an order, or something it rests on, changed. */
export function attributionConsumers(infra: Infra): Consumer[] {
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
          }
        }
      },
    },
  ];
}
