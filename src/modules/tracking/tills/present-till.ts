import type { Tx } from '#infra/db/database.ts';
import { toMoneyJson } from '#kernel/money.ts';
import type { Till, TillEvent } from '../api.ts';
import type { TillEventRow, TillWithDay } from '../queries/tills.ts';
import { readRefs } from '../read-refs.ts';

export function presentTill(row: TillWithDay): Till {
  return {
    id: row.id,
    name: row.name,
    place: row.place,
    currency: row.currency,
    sourceId: row.source_id,
    isOpen: row.is_open,
    today: {
      redeemed: row.redeemed,
      visits: row.visits,
      revenue: toMoneyJson({ amountMinor: row.revenue_minor, currency: row.currency }),
    },
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    seenAt: row.seen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

export async function presentTillEvents(
  tx: Tx,
  workspaceId: string,
  rows: readonly TillEventRow[],
): Promise<TillEvent[]> {
  const refs = await readRefs(tx, workspaceId, rows);
  const money = (amountMinor: bigint | null, currency: string) =>
    amountMinor === null ? null : toMoneyJson({ amountMinor, currency });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    code: row.code,
    codeId: row.code_id,
    creator: refs.creatorOf(row.person_id),
    amount: money(row.amount_minor, row.currency),
    discount: money(row.discount_minor, row.currency),
    receipt: row.receipt,
    orderId: row.conversion_id,
    happenedAt: row.happened_at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
  }));
}
