import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';
import { machineFrame } from '../frame.ts';
import { settlePostage } from '../parcels/settle-postage.ts';
import { settleCost } from '../picks/settle-cost.ts';
import { cancelSecondPicks, enrolmentTables, holdSecondParcels, raiseRounds } from '../queries/joined-rows.ts';

/**
 * Choices and parcels follow their enrolment. One shipment: where both have a choice that is not sent, or one has a parcel already, the joined one's unsent choice is
 * cancelled, and a parcel of theirs that is not ordered yet waits for a person. What was sent was sent: goods and postage add up.
 */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, {
    module: 'seeding',
    tables: enrolmentTables,
    before: async (tx, { workspaceId, joinedId, keptId }) => {
      if (keptId === null || keptId === joinedId) return;
      const pair = { joinedId, keptId, at: infra.clock.now() };
      await holdSecondParcels(tx, workspaceId, pair);
      await cancelSecondPicks(tx, workspaceId, pair);
      await raiseRounds(tx, workspaceId, pair);
    },
    after: async (tx, { workspaceId, campaignId, joinedId, keptId }) => {
      const frame = machineFrame(infra, workspaceId);
      const enrolmentId = keptId ?? joinedId;
      await settleCost(infra, tx, { frame, campaignId, enrolmentId });
      await settlePostage(infra, tx, { frame, campaignId, enrolmentId });
    },
  });
}
