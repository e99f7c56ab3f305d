import { z } from 'zod';
import type { ShopAccess } from '#modules/shops/index.ts';
import type { PulledDelivery } from '#modules/tracking/index.ts';
import { codeFaults } from '../code-fault.ts';
import type { Ask } from './ask.ts';

const perPage = 50;
const cursorSchema = z.object({ page: z.number().int() });
const ordersSchema = z.array(z.looseObject({ id: z.number().int(), refunds: z.array(z.unknown()).nullish() }));
const refundsSchema = z.array(z.looseObject({}));

/** A page of the orders made since an instant, oldest first, each as its webhook would bring it; refunds are asked for whole. */
export function pullOrders(
  ask: Ask,
  access: ShopAccess,
  of: { since: Date; cursor: unknown },
): Promise<{ deliveries: PulledDelivery[]; cursor: unknown }> {
  return codeFaults(async () => {
    const from = cursorSchema.safeParse(of.cursor);
    const page = from.success ? from.data.page : 1;
    const answer = await ask(access, '/wc/v3/orders', {
      query: {
        after: of.since.toISOString(),
        dates_are_gmt: 'true',
        status: 'any',
        orderby: 'id',
        order: 'asc',
        per_page: String(perPage),
        page: String(page),
      },
      schema: ordersSchema,
    });
    const orders = answer?.value ?? [];
    const deliveries: PulledDelivery[] = [];
    for (const order of orders) {
      const hasRefunds = (order.refunds ?? []).length > 0;
      const refunds = hasRefunds
        ? ((
            await ask(access, `/wc/v3/orders/${order.id}/refunds`, {
              query: { per_page: '100' },
              schema: refundsSchema,
            })
          )?.value ?? order.refunds)
        : order.refunds;
      deliveries.push({ id: `order ${order.id}`, topic: 'order.updated', body: JSON.stringify({ ...order, refunds }) });
    }
    return { deliveries, cursor: answer !== null && page < answer.pages ? { page: page + 1 } : null };
  });
}
