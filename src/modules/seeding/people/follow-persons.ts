import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  creatorsMerged,
  creatorsRemoved,
  mergePayload,
  personIdsPayload,
  readPersonCards,
} from '#modules/creators/index.ts';
import { clearNoPostNotes } from '../queries/no-post.ts';
import { clearParcelAddresses, deleteAddresses, deleteBarred, movePerson } from '../queries/people.ts';
import { stateBarred } from './do-not-gift.ts';

/**
 * Erases addresses with their persons, on parcels too, and points everything of a merged one to the kept one. A merged person is told as removed
 * first: that one has a card still, of whoever it became.
 */
export function followPersons(infra: Infra): Consumer {
  return {
    name: 'seeding.follow-persons',
    events: [creatorsRemoved, creatorsMerged],
    handle: async (events) => {
      for (const { workspaceId, name, payload } of events) {
        if (name === creatorsMerged) {
          const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
          await infra.db.inWorkspace(workspaceId, async (tx) => {
            await movePerson(tx, workspaceId, { from: absorbedPersonId, to: keptPersonId });
            await stateBarred(infra, tx, { workspaceId, personId: keptPersonId });
          });
          continue;
        }
        const { personIds } = personIdsPayload.parse(payload);
        await infra.db.inWorkspace(workspaceId, async (tx) => {
          const cards = await readPersonCards(tx, workspaceId, personIds);
          const erased = personIds.filter((id) => !cards.has(id));
          await deleteAddresses(tx, workspaceId, erased);
          await clearParcelAddresses(tx, workspaceId, { personIds: erased, which: 'all' });
          await deleteBarred(tx, workspaceId, erased);
          await clearNoPostNotes(tx, workspaceId, erased);
        });
      }
    },
  };
}
