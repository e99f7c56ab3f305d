import type { Tx } from '#infra/db/database.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { CodeInShop, DiscountCode } from './api.ts';
import { type CodeInNamedShop, readCodesInShops } from './code-shops/read-codes-in-shops.ts';
import { type CodeWithUse, codeDays, codeSuccession } from './queries/codes.ts';
import { readRefs } from './read-refs.ts';

const daysShown = 7;

export async function presentCodes(
  tx: Tx,
  workspaceId: string,
  rows: readonly CodeWithUse[],
  now: Date,
): Promise<DiscountCode[]> {
  if (rows.length === 0) return [];
  const refs = await readRefs(tx, workspaceId, rows);
  const ids = rows.map((row) => row.id);
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const today = dayIn(timeZone, now);
  const days = Array.from({ length: daysShown }, (_, at) => addDays(today, at + 1 - daysShown));
  const used = Map.groupBy(
    await codeDays(tx, workspaceId, { keys: rows.map((row) => row.code_key), from: days[0] ?? today, timeZone }),
    (row) => row.code_key,
  );
  const shops = Map.groupBy(await readCodesInShops(tx, workspaceId, ids), (row) => row.code_id);
  const succession = await codeSuccession(tx, workspaceId, ids);
  const before = new Map(succession.map((one) => [one.new_id, { id: one.old_id, code: one.old_code }]));
  const after = new Map(succession.map((one) => [one.old_id, { id: one.new_id, code: one.new_code }]));
  return rows.map((row) => {
    const byDay = new Map((used.get(row.code_key) ?? []).map((one) => [one.day, one.orders]));
    return {
      id: row.id,
      code: row.code,
      kind: row.kind,
      percent: row.percent === null ? null : Number(row.percent),
      amount: money(row.amount_minor, row.currency),
      startsAt: row.starts_at?.toISOString() ?? null,
      endsAt: row.ends_at?.toISOString() ?? null,
      usageLimit: row.usage_limit,
      state: row.state,
      creator: refs.creatorOf(row.person_id),
      campaign: refs.campaignOf(row.campaign_id),
      enrolmentId: row.enrolment_id,
      orders: Number(row.orders),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      days: days.map((day) => ({ day, orders: byDay.get(day) ?? 0 })),
      scope: { kind: row.scope, items: row.scope_items },
      isFirstOrder: row.is_first_order,
      isOncePerCustomer: row.is_once_per_customer,
      minimum: money(row.minimum_minor, row.minimum_currency),
      minimumQuantity: row.minimum_quantity,
      otherAmounts: Object.entries(row.other_amounts).map(([currency, amountMinor]) => ({ amountMinor, currency })),
      shops: (shops.get(row.id) ?? []).map(toCodeInShop),
      replaces: before.get(row.id) ?? null,
      replacedBy: after.get(row.id) ?? null,
      createdAt: row.created_at.toISOString(),
    };
  });
}

function money(amountMinor: bigint | null, currency: string | null) {
  return amountMinor === null || currency === null ? null : toMoneyJson({ amountMinor, currency });
}

function toCodeInShop(row: CodeInNamedShop): CodeInShop {
  const isMade = row.made >= row.wanted;
  return {
    shopId: row.shop_id,
    shopName: row.shop_name,
    kind: row.kind,
    state: !row.is_on ? 'off' : isMade ? 'made' : row.is_failed ? 'failed' : 'waiting',
    message: isMade ? null : row.message,
    isImported: row.is_imported,
    madeAt: row.made_at?.toISOString() ?? null,
    nextTryAt: isMade || row.is_failed || !row.is_on ? null : row.due_at.toISOString(),
    uses: row.shop_uses,
    usesAt: row.shop_uses_at?.toISOString() ?? null,
  };
}
