import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { type OrderTouches, readOrders, readOrderTouches, readRefs } from '#modules/tracking/index.ts';
import type { explainOrder as explainEndpoint, OrderCredit, Touch } from './api.ts';
import { creditLines } from './credit-lines.ts';
import { creditOrders } from './credit-orders.ts';
import { type StoredChange, type StoredCredit, selectChanges, selectCredit } from './queries/credits.ts';
import { findPolicyScope } from './queries/policies.ts';
import type { JudgedTouch } from './rules/credit-case.ts';

const changesListedMax = 200;

type Refs = Awaited<ReturnType<typeof readRefs>>;

/** Who is credited for an order and why, with all that lost and all that changed since. An order whose credit is not decided yet is decided now. Error: not_found. */
export async function explainOrder(infra: Infra, call: Call<typeof explainEndpoint>): Promise<OrderCredit> {
  const { workspaceId } = call;
  const conversionId = call.input.orderId;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [known] = await readOrderTouches(infra, tx, { workspaceId, conversionIds: [conversionId], isHeld: false });
    if (known === undefined) throw notFound('order');
    const credit = await findCredit(infra, tx, { workspaceId, conversionId });
    const paid = credit.filter((row) => row.model === 'paid');
    const [lead] = paid;
    if (lead === undefined) throw notFound('order');
    const seen = credit.find((row) => row.model === 'seen');
    const changes = await selectChanges(tx, { workspaceId, conversionId, limit: changesListedMax });
    const policyCampaignId = await findPolicyScope(tx, workspaceId, lead.policy_version);
    const refs = await readRefs(tx, workspaceId, [
      ...credit,
      ...changes,
      ...lead.losers.map((touch) => ({ person_id: touch.personId, campaign_id: touch.campaignId })),
      { person_id: null, campaign_id: policyCampaignId },
    ]);
    const [detail] = await readOrders(tx, workspaceId, [conversionId]);
    const won = lead.rule === 'none' ? [] : paid.map((row) => presentShare(row, known, refs));
    const [winner = null, ...sharers] = won;
    const creditedMinor = paid.reduce((sum, row) => sum + row.credited_minor, 0n);
    return {
      orderId: conversionId,
      orderedAt: lead.ordered_at.toISOString(),
      model: lead.pay_model,
      policyVersion: lead.policy_version,
      policyCampaign: refs.campaignOf(policyCampaignId),
      occasion: lead.occasion,
      windowDays: lead.window_days,
      rule: lead.rule,
      reason: lead.reason,
      credited: toMoneyJson({ amountMinor: creditedMinor, currency: lead.currency }),
      winner,
      sharers,
      losers: lead.losers.map((touch) => presentLoser(touch, refs)),
      seen:
        seen === undefined
          ? null
          : {
              creator: refs.creatorOf(seen.person_id),
              campaign: refs.campaignOf(seen.campaign_id),
              reason: seen.reason,
            },
      lines:
        detail === undefined || won.length === 0
          ? []
          : creditLines(
              detail,
              paid.map((row) => ({ weight: row.share, creditedMinor: row.credited_minor })),
            ),
      history: changes.map((change) => presentChange(change, refs)),
      decidedAt: lead.decided_at.toISOString(),
    };
  });
}

async function findCredit(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionId: string },
): Promise<StoredCredit[]> {
  const rows = await selectCredit(tx, of.workspaceId, of.conversionId);
  if (rows.length > 0) return rows;
  await creditOrders(infra, tx, { workspaceId: of.workspaceId, conversionIds: [of.conversionId] });
  return await selectCredit(tx, of.workspaceId, of.conversionId);
}

function presentShare(row: StoredCredit, known: OrderTouches, refs: Refs): Touch {
  const code = known.codes.find((one) => one.codeId === row.code_id);
  const click = known.clicks.find((one) => one.clickId === row.click_id);
  const kind = row.rule === 'link' ? 'click' : row.rule === 'code' ? 'code' : 'customer';
  return {
    kind,
    label:
      kind === 'code'
        ? (code?.code ?? '')
        : kind === 'click'
          ? `/${click?.slug ?? ''}`
          : 'Customer of an earlier order',
    at: row.touched_at?.toISOString() ?? null,
    verdict: row.place === 0 ? 'won' : 'shared',
    why: row.reason,
    share: row.share,
    credited: toMoneyJson({ amountMinor: row.credited_minor, currency: row.currency }),
    creator: refs.creatorOf(row.person_id),
    campaign: refs.campaignOf(row.campaign_id),
    linkId: row.link_id,
    codeId: row.code_id,
    clickId: row.click_id,
  };
}

function presentLoser(touch: JudgedTouch, refs: Refs): Touch {
  return {
    kind: touch.kind,
    label: touch.label,
    at: touch.at,
    verdict: 'lost',
    why: touch.why,
    share: null,
    credited: null,
    creator: refs.creatorOf(touch.personId),
    campaign: refs.campaignOf(touch.campaignId),
    linkId: touch.linkId,
    codeId: touch.codeId,
    clickId: touch.clickId,
  };
}

function presentChange(change: StoredChange, refs: Refs): OrderCredit['history'][number] {
  return {
    at: change.changed_at.toISOString(),
    creator: refs.creatorOf(change.person_id),
    campaign: refs.campaignOf(change.campaign_id),
    moved: toMoneyJson({ amountMinor: change.delta_minor, currency: change.currency }),
    orders: change.delta_orders,
    rule: change.rule,
    policyVersion: change.policy_version,
    cause: change.cause,
  };
}
