import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';
import { pointRunsTo } from './queries/joined-runs.ts';

/** What waits to be done for an entry that was brought together with another is done for that one. After a parting what still waits stays with the kept one. */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, {
    module: 'automations',
    tables: [],
    after: async (tx, { workspaceId, joinedId, keptId }) => {
      if (keptId !== null && keptId !== joinedId) await pointRunsTo(tx, workspaceId, { from: joinedId, to: keptId });
    },
  });
}
