import { toMoneyJson } from '#kernel/money.ts';
import type { Refs } from '#modules/tracking/index.ts';
import { type CreditRun, policySchema } from './api.ts';
import type { RunRow, StoredMove } from './queries/runs.ts';

/** Whom the names of a run are needed of. */
export function refsOfRun(row: RunRow) {
  return [
    { person_id: null, campaign_id: row.campaign_id },
    ...row.moves.map((move) => ({ person_id: move.personId, campaign_id: move.campaignId })),
  ];
}

export function presentRun(row: RunRow, refs: Refs): CreditRun {
  return {
    id: row.id,
    kind: row.kind,
    campaign: refs.campaignOf(row.campaign_id),
    policy: row.policy === null ? null : policySchema.parse(row.policy),
    version: row.version,
    state: row.state,
    ordersTotal: row.orders_total,
    ordersDone: row.orders_done,
    ordersChanged: row.orders_changed,
    moves: row.moves.map((move) => presentMove(move, refs)),
    movesTotal: row.moves_total,
    problem: row.problem,
    madeBy: row.created_by_name,
    madeAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function presentMove(move: StoredMove, refs: Refs): CreditRun['moves'][number] {
  const { currency } = move;
  return {
    creator: refs.creatorOf(move.personId),
    campaign: refs.campaignOf(move.campaignId),
    ordersBefore: move.ordersBefore,
    ordersAfter: move.ordersAfter,
    before: toMoneyJson({ amountMinor: BigInt(move.beforeMinor), currency }),
    after: toMoneyJson({ amountMinor: BigInt(move.afterMinor), currency }),
  };
}
