import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  creatorsMerged,
  creatorsRemoved,
  mergePayload,
  personIdsPayload,
  readPersonCards,
} from '#modules/creators/index.ts';
import { stateFlag } from './flags.ts';
import { forgetInMessages, moveToPerson } from './queries/follow-persons.ts';
import { selectFlags } from './queries/incidents.ts';
import { statePastWork } from './state-past-work.ts';

/** Points memory of a merged person to the kept one. Doing it again finds nothing left to do. */
export function followMerges(infra: Infra): Consumer {
  return {
    name: 'relationships.follow-merges',
    events: [creatorsMerged],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
        await infra.db.asSystem(async (tx) => {
          await moveToPerson(tx, workspaceId, { from: absorbedPersonId, to: keptPersonId });
          const [flag] = await selectFlags(tx, workspaceId, { personIds: [keptPersonId], withLifted: false, limit: 1 });
          if (flag !== undefined)
            await stateFlag(infra, tx, { workspaceId, personId: keptPersonId, reason: flag.reason });
          await statePastWork(infra, tx, { workspaceId, personIds: [keptPersonId] });
        });
      }
    },
  };
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
