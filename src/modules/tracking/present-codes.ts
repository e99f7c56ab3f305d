import type { Tx } from '#infra/db/database.ts';
import { toMoneyJson } from '#kernel/money.ts';
import type { DiscountCode } from './api.ts';
import type { CodeWithUse } from './queries/codes.ts';
import { readRefs } from './read-refs.ts';

export async function presentCodes(tx: Tx, workspaceId: string, rows: readonly CodeWithUse[]): Promise<DiscountCode[]> {
  const refs = await readRefs(tx, workspaceId, rows);
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    kind: row.kind,
    percent: row.percent === null ? null : Number(row.percent),
    amount:
      row.amount_minor === null || row.currency === null
        ? null
        : toMoneyJson({ amountMinor: row.amount_minor, currency: row.currency }),
    startsAt: row.starts_at?.toISOString() ?? null,
    endsAt: row.ends_at?.toISOString() ?? null,
    usageLimit: row.usage_limit,
    state: row.state,
    creator: refs.creatorOf(row.person_id),
    campaign: refs.campaignOf(row.campaign_id),
    enrolmentId: row.enrolment_id,
    orders: Number(row.orders),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }));
}
