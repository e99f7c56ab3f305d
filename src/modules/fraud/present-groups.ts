import type { Tx } from '#infra/db/database.ts';
import { type Money, toMoneyJson } from '#kernel/money.ts';
import { dayMs } from '#kernel/time.ts';
import { readOrders, readRefs } from '#modules/tracking/index.ts';
import type { FraudAppeal, FraudGroup } from './api.ts';
import type { AppealRow } from './queries/appeals.ts';
import { type GroupFilter, type ListedGroup, selectGroups } from './queries/groups.ts';
import { readPolicy } from './queries/policies.ts';
import { ruleNamed } from './rules/all-rules.ts';

/** Groups as they are shown, newest first. */
export async function presentGroups(tx: Tx, workspaceId: string, rows: readonly ListedGroup[]): Promise<FraudGroup[]> {
  const { policy } = await readPolicy(tx, workspaceId);
  const refs = await readRefs(
    tx,
    workspaceId,
    rows.map((row) => ({ person_id: row.person_id, campaign_id: null })),
  );
  const amounts = await amountsOf(
    tx,
    workspaceId,
    rows.flatMap((row) => row.conversion_ids),
  );
  return rows.map((row) => {
    const rule = ruleNamed(row.rule);
    return {
      id: row.id,
      rule: row.rule,
      title: rule.title,
      scope: rule.scope,
      severity: row.severity,
      state: row.state,
      mode: row.mode ?? rule.mode,
      creator: refs.creatorOf(row.person_id),
      codeId: row.code_id,
      says: row.says ?? rule.title,
      findings: row.findings,
      orders: row.orders,
      amounts: sumMoney(row.conversion_ids.flatMap((id) => amounts.get(id) ?? [])).map(toMoneyJson),
      openedAt: row.opened_at.toISOString(),
      newestAt: row.newest_at.toISOString(),
      expiresAt:
        row.state === 'open' ? new Date(row.newest_at.getTime() + policy.expireDays * dayMs).toISOString() : null,
      reason: row.reason,
      resolvedBy: row.resolved_by_name,
      resolvedAt: row.resolved_at?.toISOString() ?? null,
      hasOpenAppeal: row.has_open_appeal,
    };
  });
}

export async function readGroups(tx: Tx, workspaceId: string, filter: GroupFilter): Promise<FraudGroup[]> {
  return presentGroups(tx, workspaceId, await selectGroups(tx, workspaceId, filter));
}

/** Net amounts of orders; cancelled ones and those refunded are worth what is left. */
export async function amountsOf(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Map<string, Money>> {
  const orders = await readOrders(tx, workspaceId, [...new Set(ids)]);
  return new Map(
    orders.map((order) => [order.id, { amountMinor: BigInt(order.net.amountMinor), currency: order.net.currency }]),
  );
}

/** One sum a currency; never two in one. */
export function sumMoney(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

export function presentAppeal(row: AppealRow): FraudAppeal {
  return {
    id: row.id,
    groupId: row.group_id,
    says: row.body,
    madeAt: row.made_at.toISOString(),
    outcome: row.outcome,
    answer: row.answer,
    answeredBy: row.answered_by_name,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
