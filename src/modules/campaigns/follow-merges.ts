import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsMerged, creatorsSplit, mergePayload } from '#modules/creators/index.ts';
import { enrolmentEventPayload, enrolmentEvents } from './events.ts';
import { settleEnrolments } from './join-enrolments.ts';
import { type CarriedRows, type CarriedTo, settleRows } from './queries/carried-rows.ts';
import { lockJoin } from './queries/joins.ts';

/** Enrolments follow merged creators, and part again when a merge is undone. It goes by what holds when it looks, so repeats and other orders end alike. */
export function followMerges(infra: Infra): Consumer {
  return {
    name: 'campaigns.follow-merges',
    events: [creatorsMerged, creatorsSplit],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
        await infra.db.asSystem((tx) =>
          settleEnrolments(infra, tx, { workspaceId, personIds: [keptPersonId, absorbedPersonId] }),
        );
      }
    },
  };
}

/** A join of enrolments as a module that holds their ids follows it. */
export interface FollowedJoin extends CarriedTo {
  campaignId: string;
}

/**
 * A consumer that brings a module's rows to where their enrolment went by a merge, and back when it is undone. `before` settles what may not double while both are
 * apart; `after` lets everything follow that is reckoned from the rows. Both must be safe to do again.
 */
export function followJoins(
  infra: Infra,
  of: {
    module: string;
    tables: readonly CarriedRows[];
    before?: (tx: Tx, join: FollowedJoin) => Promise<void>;
    after?: (tx: Tx, join: FollowedJoin) => Promise<void>;
  },
): Consumer {
  return {
    name: `${of.module}.follow-joins`,
    events: [enrolmentEvents.joined, enrolmentEvents.parted],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { joinedEnrolmentId, joinedPersonId } = enrolmentEventPayload.parse(payload);
        if (joinedEnrolmentId === undefined || joinedPersonId === undefined) continue;
        await infra.db.asSystem(async (tx) => {
          const row = await lockJoin(tx, workspaceId, { joinedId: joinedEnrolmentId, joinedPersonId });
          if (row === undefined) return;
          const { joined_id: joinedId, kept_person_id: keptPersonId, campaign_id: campaignId } = row;
          const keptId = row.parted_at === null ? row.kept_id : null;
          const join = { workspaceId, joinedId, keptId, joinedPersonId, keptPersonId, campaignId };
          await of.before?.(tx, join);
          for (const rows of of.tables) await settleRows(tx, join, rows);
          await of.after?.(tx, join);
        });
      }
    },
  };
}
