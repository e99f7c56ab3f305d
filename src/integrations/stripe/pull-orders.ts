import { z } from 'zod';
import type { ShopAccess } from '#modules/shops/index.ts';
import type { PulledDelivery } from '#modules/tracking/index.ts';
import { lenient, type Reach } from '../call-api.ts';
import { codeFaults } from '../code-fault.ts';
import { createAsk } from './ask.ts';

const perPage = 50;
/** In this order, so that an order stands before what is said of it; any other would end the same. */
const stages = [
  {
    path: '/v1/checkout/sessions',
    query: { status: 'complete', 'expand[]': 'data.line_items' },
    type: 'checkout.session.completed',
  },
  { path: '/v1/payment_intents', query: {}, type: 'payment_intent.succeeded' },
  { path: '/v1/invoices', query: { status: 'paid' }, type: 'invoice.paid' },
  { path: '/v1/invoice_payments', query: { status: 'paid' }, type: 'invoice_payment.paid' },
  { path: '/v1/charges', query: { 'expand[]': 'data.refunds' }, type: 'charge.refunded' },
  { path: '/v1/disputes', query: {}, type: 'charge.dispute.updated' },
] as const;
const cursorSchema = z.object({ stage: z.number().int().min(0), after: z.string().nullable() });
const objectSchema = z.looseObject({
  id: z.string(),
  created: z.number().int(),
  status: lenient(z.string()),
  livemode: lenient(z.boolean()),
  refunds: lenient(z.looseObject({ data: z.array(z.looseObject({ created: z.number().int() })).catch([]) })),
});
const pageSchema = z.looseObject({ data: z.array(objectSchema), has_more: lenient(z.boolean()) });

/** A page of what was paid, given back and disputed since an instant, each as the event that would have told of it. */
export function pullOrders(
  reach: Reach,
  access: ShopAccess,
  of: { since: Date; cursor: unknown },
): Promise<{ deliveries: PulledDelivery[]; cursor: unknown }> {
  const ask = createAsk(reach);
  return codeFaults(async () => {
    const from = cursorSchema.safeParse(of.cursor);
    const at = from.success ? from.data : { stage: 0, after: null };
    const stage = stages[at.stage];
    if (stage === undefined) return { deliveries: [], cursor: null };
    const query = new URLSearchParams({
      ...stage.query,
      limit: String(perPage),
      'created[gte]': String(Math.floor(of.since.getTime() / 1000)),
      ...(at.after === null ? {} : { starting_after: at.after }),
    });
    const page = await ask(access, `${stage.path}?${query}`, { schema: pageSchema });
    const last = page.data.at(-1);
    const isMore = page.has_more === true && last !== undefined;
    const next = isMore ? { stage: at.stage, after: last.id } : { stage: at.stage + 1, after: null };
    return {
      deliveries: page.data.flatMap((object) => {
        if (stage.type === 'payment_intent.succeeded' && object.status !== 'succeeded') return [];
        // The day of a refund is that of the refund, not of its charge.
        const refundedS = object.refunds?.data.map((refund) => refund.created) ?? [];
        const event = {
          id: `pulled ${object.id}`,
          type: stage.type,
          created: refundedS.length > 0 ? Math.min(...refundedS) : object.created,
          livemode: object.livemode,
          data: { object },
        };
        return [{ id: event.id, topic: stage.type, body: JSON.stringify(event) }];
      }),
      cursor: stages[next.stage] === undefined ? null : next,
    };
  });
}
