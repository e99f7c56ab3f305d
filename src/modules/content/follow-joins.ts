import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';
import { syncEnrolmentRights } from './sync-rights.ts';

/** Pieces of the library and their rights by contract follow their enrolment, when two entries of one creator are brought together and when they are parted. */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, {
    module: 'content',
    tables: [{ table: 'content_asset', hasPerson: true }],
    after: async (tx, { workspaceId, joinedId, keptId }) => {
      for (const enrolmentId of new Set([joinedId, keptId ?? joinedId]))
        await syncEnrolmentRights(infra, tx, { workspaceId, enrolmentId });
    },
  });
}
