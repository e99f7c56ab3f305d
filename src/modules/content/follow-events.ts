import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { contentRecorded, contentRecordedPayload, findDeliverables } from '#modules/campaigns/index.ts';
import {
  contractDeclined,
  contractEnded,
  contractEventPayload,
  contractExpired,
  contractMoved,
  contractSigned,
  contractWithdrawn,
} from '#modules/contracts/index.ts';
import { creatorsChanged, creatorsMerged, mergePayload, personIdsPayload } from '#modules/creators/index.ts';
import { capturePosts } from './capture-posts.ts';
import { movePersons } from './queries/assets.ts';
import { dropAgreed } from './queries/rights.ts';
import { syncEnrolmentRights } from './sync-rights.ts';

const personsAtOnce = 200;

/** Captures what creators on campaigns posted, whenever their posts or the addresses of deliverables come in. */
export function followPosts(infra: Infra): Consumer {
  return {
    name: 'content.capture',
    events: [creatorsChanged, contentRecorded],
    handle: async (events) => {
      for (const { name, workspaceId, payload } of events) {
        if (name === contentRecorded) {
          const { deliverableIds, what } = contentRecordedPayload.parse(payload);
          if (what !== 'live' && what !== 'changed') continue;
          const deliverables = await infra.db.inWorkspace(workspaceId, (tx) =>
            findDeliverables(tx, workspaceId, { ids: deliverableIds, clock: infra.clock }),
          );
          const live = deliverables.filter((one) => one.liveUrl !== null);
          await captureOf(infra, workspaceId, [...new Set(live.map((one) => one.person.id))]);
          continue;
        }
        const { personIds, statedBy } = personIdsPayload.parse(payload);
        // Facts that other modules state are no posts.
        if (statedBy === undefined) await captureOf(infra, workspaceId, personIds);
      }
    },
  };
}

/** A few creators a transaction: each may bring hundreds of posts. */
async function captureOf(infra: Infra, workspaceId: string, personIds: readonly string[]): Promise<void> {
  for (let from = 0; from < personIds.length; from += personsAtOnce)
    await infra.db.inWorkspace(workspaceId, (tx) =>
      capturePosts(infra, tx, { workspaceId, personIds: personIds.slice(from, from + personsAtOnce) }),
    );
}

/** Rights follow the terms in force. */
export function followContracts(infra: Infra): Consumer {
  return {
    name: 'content.rights',
    events: [contractSigned, contractEnded, contractMoved],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { enrolmentId } = contractEventPayload.parse(payload);
        await infra.db.inWorkspace(workspaceId, (tx) => syncEnrolmentRights(infra, tx, { workspaceId, enrolmentId }));
      }
    },
  };
}

const whyDropped: Record<string, string> = {
  [contractDeclined]: 'The amendment was declined.',
  [contractWithdrawn]: 'The amendment was taken back.',
  [contractExpired]: 'Nobody signed the amendment in time.',
};

/** What waited for an amendment falls with it. */
export function followAmendments(infra: Infra): Consumer {
  return {
    name: 'content.amendments',
    events: Object.keys(whyDropped),
    handle: async (events) => {
      for (const { name, workspaceId, payload } of events) {
        const { contractId } = contractEventPayload.parse(payload);
        const why = whyDropped[name] ?? '';
        await infra.db.inWorkspace(workspaceId, (tx) => dropAgreed(tx, workspaceId, { contractId, why }));
      }
    },
  };
}

export function followMerges(infra: Infra): Consumer {
  return {
    name: 'content.merges',
    events: [creatorsMerged],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { absorbedPersonId, keptPersonId } = mergePayload.parse(payload);
        await infra.db.inWorkspace(workspaceId, (tx) => movePersons(tx, workspaceId, absorbedPersonId, keptPersonId));
      }
    },
  };
}
