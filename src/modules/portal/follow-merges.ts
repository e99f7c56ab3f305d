import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsMerged, mergePayload } from '#modules/creators/index.ts';
import { movePerson } from './queries/links.ts';

/** Links, sessions, accounts and applications of a merged person lead to the kept one. Doing it again finds nothing left to do. */
export function followMerges(infra: Infra): Consumer {
  return {
    name: 'portal.follow-merges',
    events: [creatorsMerged],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
        await infra.db.asSystem((tx) =>
          movePerson(tx, workspaceId, { fromPersonId: absorbedPersonId, toPersonId: keptPersonId }),
        );
      }
    },
  };
}
