import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  creatorsMerged,
  creatorsRemoved,
  mergePayload,
  personIdsPayload,
  readPersonCards,
} from '#modules/creators/index.ts';
import { erasePersons, movePerson } from './queries/threads.ts';

/** What was written with a merged person is the kept one's; with an erased one all of it goes. */
export function followCreators(infra: Infra): Consumer {
  return {
    name: 'outreach.follow-creators',
    events: [creatorsMerged, creatorsRemoved],
    handle: async (events) => {
      for (const { workspaceId, name, payload } of events) {
        await infra.db.asSystem(async (tx) => {
          if (name === creatorsMerged) {
            const { absorbedPersonId, keptPersonId } = mergePayload.parse(payload);
            await movePerson(tx, workspaceId, { from: absorbedPersonId, to: keptPersonId });
            return;
          }
          const { personIds } = personIdsPayload.parse(payload);
          // Whoever was merged into another is told as gone too; their letters are not.
          const cards = await readPersonCards(tx, workspaceId, personIds);
          const erased = personIds.filter((id) => !cards.has(id));
          await erasePersons(tx, workspaceId, erased);
          await infra.mail.forget(tx, workspaceId, erased);
        });
      }
    },
  };
}
