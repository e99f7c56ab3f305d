import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { readOrderTouches, readRefs } from '#modules/tracking/index.ts';
import type { explainOrder as explainEndpoint, OrderCredit, Touch } from './api.ts';
import { creditOrders } from './credit-orders.ts';
import { findCredit } from './queries/credits.ts';
import type { JudgedTouch } from './rules/decide-credit.ts';

/** Who is credited for an order and why, with all that lost. An order whose credit is not decided yet is decided now. Error: not_found. */
export async function explainOrder(infra: Infra, call: Call<typeof explainEndpoint>): Promise<OrderCredit> {
  const { workspaceId } = call;
  const conversionId = call.input.orderId;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [known] = await readOrderTouches(infra, tx, { workspaceId, conversionIds: [conversionId] });
    if (known === undefined) throw notFound('order');
    if ((await findCredit(tx, workspaceId, conversionId)) === undefined)
      await creditOrders(infra, tx, { workspaceId, conversionIds: [conversionId] });
    const credit = await findCredit(tx, workspaceId, conversionId);
    if (credit === undefined) throw notFound('order');
    const winner = credit.rule === 'none' ? null : winnerOf(credit, known);
    const refs = await readRefs(
      tx,
      workspaceId,
      [...credit.losers, ...(winner === null ? [] : [winner])].map((touch) => ({
        person_id: touch.personId,
        campaign_id: touch.campaignId,
      })),
    );
    const present = (touch: JudgedTouch, verdict: 'won' | 'lost'): Touch => ({
      kind: touch.kind,
      label: touch.label,
      at: touch.at,
      verdict,
      why: touch.why,
      creator: refs.creatorOf(touch.personId),
      campaign: refs.campaignOf(touch.campaignId),
      linkId: touch.linkId,
      codeId: touch.codeId,
      clickId: touch.clickId,
    });
    return {
      orderId: conversionId,
      orderedAt: credit.ordered_at.toISOString(),
      model: 'last_touch' as const,
      windowDays: credit.window_days,
      rule: credit.rule,
      reason: credit.reason,
      credited: toMoneyJson({ amountMinor: credit.credited_minor, currency: credit.currency }),
      winner: winner === null ? null : present(winner, 'won'),
      losers: credit.losers.map((touch) => present(touch, 'lost')),
      decidedAt: credit.decided_at.toISOString(),
    };
  });
}

function winnerOf(
  credit: NonNullable<Awaited<ReturnType<typeof findCredit>>>,
  known: Awaited<ReturnType<typeof readOrderTouches>>[number],
): JudgedTouch {
  const code = known.codes.find((one) => one.codeId === credit.code_id);
  const click = known.clicks.find((one) => one.clickId === credit.click_id);
  return {
    kind: credit.rule === 'code' ? 'code' : 'click',
    label: credit.rule === 'code' ? (code?.code ?? '') : `/${click?.slug ?? ''}`,
    at: credit.touched_at?.toISOString() ?? null,
    why: credit.reason,
    personId: credit.person_id,
    campaignId: credit.campaign_id,
    enrolmentId: credit.enrolment_id,
    linkId: credit.link_id,
    codeId: credit.code_id,
    clickId: credit.click_id,
  };
}
