import { z } from 'zod';
import { lenient } from '../call-api.ts';

// After https://shopify.dev/docs/api/webhooks (orders, refunds, disputes, customers, shop). Only what is read is named; what else comes is let be.

const text = lenient(z.union([z.string(), z.number().transform(String)]));
const list = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema)
    .nullish()
    .catch([])
    .transform((all) => all ?? []);

const transactionSchema = z.looseObject({ kind: text, status: text, amount: text, currency: text });
export const refundSchema = z.looseObject({
  id: text,
  order_id: text,
  created_at: text,
  processed_at: text,
  note: text,
  transactions: list(transactionSchema),
  refund_line_items: list(
    z.looseObject({ line_item_id: text, quantity: lenient(z.number().int().min(0)), subtotal: text, total_tax: text }),
  ),
});
export type Refund = z.infer<typeof refundSchema>;
export const lineSchema = z.looseObject({
  id: text,
  sku: text,
  product_id: text,
  title: text,
  name: text,
  quantity: lenient(z.number().int().min(0)),
  price: text,
  total_discount: text,
  discount_allocations: list(z.looseObject({ amount: text })),
});
export const orderSchema = z.looseObject({
  id: text,
  name: text,
  test: lenient(z.boolean()),
  created_at: text,
  processed_at: text,
  updated_at: text,
  cancelled_at: text,
  currency: text,
  total_price: text,
  current_total_price: text,
  financial_status: text,
  landing_site: text,
  customer: lenient(z.looseObject({ orders_count: lenient(z.number().int()) })),
  discount_codes: list(z.looseObject({ code: text })),
  note_attributes: list(z.looseObject({ name: text, value: text })),
  line_items: z.array(lineSchema),
  refunds: list(refundSchema),
});
export type Order = z.infer<typeof orderSchema>;
export const disputeSchema = z.looseObject({
  id: text,
  order_id: text,
  type: text,
  amount: text,
  currency: text,
  reason: text,
  status: text,
  initiated_at: text,
  finalized_on: text,
});
export const redactSchema = z.looseObject({
  shop_domain: text,
  customer: lenient(z.looseObject({})),
  orders_to_redact: list(z.union([z.number(), z.string()]).transform(String)),
  orders_requested: list(z.union([z.number(), z.string()]).transform(String)),
});
