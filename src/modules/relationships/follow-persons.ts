import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
  readPersonCards,
} from '#modules/creators/index.ts';
import { stateFlag } from './flags.ts';
import { forgetInMessages, giveBack, moveToPerson } from './queries/follow-persons.ts';
import { selectFlags } from './queries/incidents.ts';
import { statePastWork } from './state-past-work.ts';

/** Points memory of a merged person to the kept one, and back when the merge is undone. Doing it again finds nothing left to do. */
export function followMerges(infra: Infra): Consumer {
  return {
    name: 'relationships.follow-merges',
    events: [creatorsMerged, creatorsSplit],
    handle: async (events) => {
      for (const { workspaceId, name, payload } of events) {
        const { keptPersonId: kept, absorbedPersonId: absorbed } = mergePayload.parse(payload);
        await infra.db.asSystem(async (tx) => {
          if (name === creatorsMerged) await moveToPerson(tx, workspaceId, { from: absorbed, to: kept });
          else await giveBack(tx, workspaceId, { absorbed, kept });
          const personIds = name === creatorsMerged ? [kept] : [kept, absorbed];
          for (const personId of personIds)
            await tellFlag(infra, tx, { workspaceId, personId, isSplit: name !== creatorsMerged });
          await statePastWork(infra, tx, { workspaceId, personIds });
        });
      }
    },
  };
}

/** States the flag that stands; after a split also that none does. */
async function tellFlag(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string; isSplit: boolean },
): Promise<void> {
  const { workspaceId, personId } = of;
  const [flag] = await selectFlags(tx, workspaceId, { personIds: [personId], withLifted: false, limit: 1 });
  if (flag !== undefined || of.isSplit)
    await stateFlag(infra, tx, { workspaceId, personId, reason: flag?.reason ?? null });
}

/** Forgets erased persons where they stand in a row of several. */
export function followErasures(infra: Infra): Consumer {
  return {
    name: 'relationships.follow-erasures',
    events: [creatorsRemoved],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { personIds } = personIdsPayload.parse(payload);
        await infra.db.asSystem(async (tx) => {
          const cards = await readPersonCards(tx, workspaceId, personIds);
          // Merged persons are told of here too; they are still known, under the kept one.
          for (const personId of personIds) if (!cards.has(personId)) await forgetInMessages(tx, workspaceId, personId);
        });
      }
    },
  };
}
