import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';
import { ownersChanged } from './events.ts';

/**
 * Links and codes follow their enrolment, and every click with them; orders are credited anew. Two live codes both stay live: both are out in the world, and an order
 * by either is the same creator's.
 */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, {
    module: 'tracking',
    tables: [
      { table: 'link', hasPerson: true },
      { table: 'discount_code', hasPerson: true },
    ],
    after: async (tx, { workspaceId, joinedPersonId, keptPersonId }) => {
      const personIds = [keptPersonId, joinedPersonId];
      await infra.outbox.emit(tx, { workspaceId, name: ownersChanged, payload: { personIds } });
    },
  });
}
