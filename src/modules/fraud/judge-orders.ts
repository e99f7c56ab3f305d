import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { excludeTouches, includeTouches } from '#modules/tracking/index.ts';
import type { FraudPolicy } from './api.ts';
import { keepFindings, lapseGroups, type ToldFinding } from './keep-findings.ts';
import { dropOrderEvents } from './queries/events.ts';
import { lockJudging, markDue, refreshStates, selectPersonsBefore, upsertOrders } from './queries/judgements.ts';
import { readPolicy } from './queries/policies.ts';
import { readOrderFacts } from './read-order-facts.ts';
import type { OrderFacts } from './rules/facts.ts';
import { findHijack } from './rules/order/checkout-hijack.ts';
import { isTold, judgeOrder } from './rules/score-findings.ts';

export const hijackCause = 'rule:checkout-hijack';

/**
 * Judges orders by all that is known of them now, and says what follows for their credit. Depends on the facts alone, so that repeats, late and reordered arrivals end in
 * the same findings. The creators concerned become due. Orders that are gone are passed over, and those whose credit was never decided: the decision is told, and they are judged then, once.
 */
export async function judgeOrders(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = of;
  const conversionIds = [...new Set(of.conversionIds)].sort();
  if (conversionIds.length === 0) return;
  await lockJudging(tx, workspaceId);
  const { policy, version } = await readPolicy(tx, workspaceId);
  const orders = (await readOrderFacts(infra, tx, { workspaceId, conversionIds })).filter(
    (order) => order.rule !== null,
  );
  if (orders.length === 0) return;
  const at = infra.clock.now();
  const judged = orders.map((order) => ({ order, ...judgeOrder(order, policy) }));
  const before = await selectPersonsBefore(tx, workspaceId, conversionIds);
  await upsertOrders(tx, workspaceId, {
    orders: judged.map(({ order, score, findings }) => ({
      conversionId: order.orderId,
      personId: order.personId,
      orderedAt: new Date(order.atMs).toISOString(),
      score,
      findings,
    })),
    policyVersion: version,
    at,
  });
  const told = judged.flatMap(({ order, findings }): ToldFinding[] =>
    findings
      .filter((finding) => isTold(finding) && finding.personId !== null)
      .map((finding) => ({ finding, conversionId: order.orderId, happenedAt: new Date(order.atMs) })),
  );
  await keepFindings(infra, tx, { workspaceId, told, policy });
  await dropOrderEvents(tx, workspaceId, {
    conversionIds,
    kept: told.flatMap(({ finding, conversionId }) =>
      conversionId === null ? [] : [{ rule: finding.rule, personId: finding.personId, conversionId }],
    ),
  });
  await lapseGroups(infra, tx, workspaceId);
  await keepEarlier(infra, tx, { workspaceId, orders, policy });
  await refreshStates(tx, workspaceId, { conversionIds, personIds: [], at });
  const concerned = orders.flatMap((order) => [
    order.personId,
    ...order.clicks.map((click) => click.personId),
    ...order.codes.map((code) => code.personId),
  ]);
  await markDue(tx, workspaceId, [...before, ...concerned.filter((id) => id !== null)], at);
}

/** Where the settings say so, a click that took an order at the checkout earns nothing, and the earlier creator keeps the credit. */
async function keepEarlier(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; orders: readonly OrderFacts[]; policy: FraudPolicy },
): Promise<void> {
  const { workspaceId, orders, policy } = of;
  const isOn = policy.keepsEarlier && policy.rules['checkout-hijack']?.mode !== 'off';
  const found = orders.flatMap((order) => {
    const hijack = isOn ? findHijack(order, policy.hijackSeconds) : null;
    return hijack === null || !hijack.isSure || hijack.by.personId === null
      ? []
      : [{ order, by: hijack.by, personId: hijack.by.personId, from: hijack.from }];
  });
  const kept = new Set(found.map(({ order }) => order.orderId));
  await includeTouches(infra, tx, {
    workspaceId,
    cause: hijackCause,
    conversionIds: orders.map((order) => order.orderId).filter((id) => !kept.has(id)),
  });
  await excludeTouches(infra, tx, {
    workspaceId,
    cause: hijackCause,
    exclusions: found.map(({ order, by, personId, from }) => ({
      conversionId: order.orderId,
      personId,
      clickId: by.clickId,
      why: `Clicked at the checkout after /${from.slug} had brought the customer; the fraud rules keep the earlier creator.`,
    })),
  });
}
