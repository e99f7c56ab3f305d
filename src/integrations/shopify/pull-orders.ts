import { z } from 'zod';
import type { ShopAccess } from '#modules/shops/index.ts';
import type { PulledDelivery } from '#modules/tracking/index.ts';
import { lenient } from '../call-api.ts';
import { codeFaults } from '../code-fault.ts';
import type { Ask } from './ask.ts';

const cursorSchema = z.object({ after: z.string() });
const text = lenient(z.string());
const money = lenient(z.looseObject({ shopMoney: lenient(z.looseObject({ amount: text, currencyCode: text })) }));
const count = lenient(z.number().int());
const nodes = <Schema extends z.ZodType>(node: Schema) =>
  lenient(z.looseObject({ nodes: z.array(node) })).transform((value) => value?.nodes ?? []);

const orderSchema = z.looseObject({
  legacyResourceId: z.string(),
  name: text,
  test: lenient(z.boolean()),
  email: text,
  createdAt: text,
  processedAt: text,
  updatedAt: text,
  cancelledAt: text,
  currencyCode: text,
  totalPriceSet: money,
  currentTotalPriceSet: money,
  displayFinancialStatus: text,
  discountCodes: lenient(z.array(z.string())),
  customAttributes: lenient(z.array(z.looseObject({ key: text, value: text }))),
  customerJourneySummary: lenient(z.looseObject({ firstVisit: lenient(z.looseObject({ landingPage: text })) })),
  lineItems: nodes(
    z.looseObject({
      id: z.string(),
      title: text,
      sku: text,
      quantity: count,
      product: lenient(z.looseObject({ legacyResourceId: text })),
      originalUnitPriceSet: money,
      discountAllocations: lenient(z.array(z.looseObject({ allocatedAmountSet: money }))),
    }),
  ),
  refunds: lenient(
    z.array(
      z.looseObject({
        legacyResourceId: z.string(),
        createdAt: text,
        note: text,
        transactions: nodes(z.looseObject({ kind: text, status: text, amountSet: money })),
        refundLineItems: nodes(
          z.looseObject({
            quantity: count,
            lineItem: lenient(z.looseObject({ id: z.string() })),
            subtotalSet: money,
            totalTaxSet: money,
          }),
        ),
      }),
    ),
  ),
});
type Order = z.infer<typeof orderSchema>;
const answerSchema = z.looseObject({
  orders: z.looseObject({
    nodes: z.array(orderSchema),
    pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: text }),
  }),
});

const moneySet = '{ shopMoney { amount currencyCode } }';
const ordersQuery = `query ($after: String, $query: String!) {
  orders(first: 25, after: $after, query: $query, sortKey: CREATED_AT) {
    nodes {
      legacyResourceId name test email createdAt processedAt updatedAt cancelledAt currencyCode displayFinancialStatus discountCodes
      totalPriceSet ${moneySet} currentTotalPriceSet ${moneySet}
      customAttributes { key value }
      customerJourneySummary { firstVisit { landingPage } }
      lineItems(first: 100) { nodes { id title sku quantity product { legacyResourceId } originalUnitPriceSet ${moneySet} discountAllocations { allocatedAmountSet ${moneySet} } } }
      refunds(first: 20) {
        legacyResourceId createdAt note
        transactions(first: 20) { nodes { kind status amountSet ${moneySet} } }
        refundLineItems(first: 50) { nodes { quantity lineItem { id } subtotalSet ${moneySet} totalTaxSet ${moneySet} } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** A page of the orders made since an instant, oldest first, each put into the words of the webhook, so that both are read by one hand. */
export function pullOrders(
  ask: Ask,
  access: ShopAccess,
  of: { since: Date; cursor: unknown },
): Promise<{ deliveries: PulledDelivery[]; cursor: unknown }> {
  return codeFaults(async () => {
    const from = cursorSchema.safeParse(of.cursor);
    const { orders } = await ask(access, ordersQuery, {
      variables: { after: from.success ? from.data.after : null, query: `created_at:>='${of.since.toISOString()}'` },
      schema: answerSchema,
    });
    const { hasNextPage, endCursor } = orders.pageInfo;
    return {
      deliveries: orders.nodes.map((order) => ({
        id: `order ${order.legacyResourceId}`,
        topic: 'orders/updated',
        body: JSON.stringify(toWebhook(order)),
      })),
      cursor: hasNextPage && endCursor !== null ? { after: endCursor } : null,
    };
  });
}

const amountOf = (set: Order['totalPriceSet']) => set?.shopMoney?.amount ?? null;
const numberOf = (gid: string | undefined | null) => gid?.slice(gid.lastIndexOf('/') + 1) ?? null;

function toWebhook(order: Order): Record<string, unknown> {
  return {
    id: order.legacyResourceId,
    name: order.name,
    test: order.test,
    email: order.email,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt,
    currency: order.currencyCode,
    total_price: amountOf(order.totalPriceSet),
    current_total_price: amountOf(order.currentTotalPriceSet),
    financial_status: order.displayFinancialStatus?.toLowerCase() ?? null,
    landing_site: order.customerJourneySummary?.firstVisit?.landingPage ?? null,
    discount_codes: (order.discountCodes ?? []).map((code) => ({ code })),
    note_attributes: (order.customAttributes ?? []).map(({ key, value }) => ({ name: key, value })),
    line_items: order.lineItems.map((line) => ({
      id: numberOf(line.id),
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      product_id: line.product?.legacyResourceId ?? null,
      price: amountOf(line.originalUnitPriceSet),
      discount_allocations: (line.discountAllocations ?? []).map((one) => ({
        amount: amountOf(one.allocatedAmountSet),
      })),
    })),
    refunds: (order.refunds ?? []).map((refund) => ({
      id: refund.legacyResourceId,
      created_at: refund.createdAt,
      note: refund.note,
      transactions: refund.transactions.map((one) => ({
        kind: one.kind?.toLowerCase() ?? null,
        status: one.status?.toLowerCase() ?? null,
        amount: amountOf(one.amountSet),
        currency: one.amountSet?.shopMoney?.currencyCode ?? null,
      })),
      refund_line_items: refund.refundLineItems.map((line) => ({
        line_item_id: numberOf(line.lineItem?.id),
        quantity: line.quantity,
        subtotal: amountOf(line.subtotalSet),
        total_tax: amountOf(line.totalTaxSet),
      })),
    })),
  };
}
