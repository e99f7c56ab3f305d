import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { getOrder as getEndpoint, listOrders as listEndpoint, Order } from './api.ts';
import { readCursor } from './list-links.ts';
import { presentOrder, presentOrders } from './present-orders.ts';
import { selectOrders } from './queries/read-orders.ts';

/** Orders, newest first. Error: tracking.bad_cursor. */
export async function listOrders(infra: Infra, call: Call<typeof listEndpoint>): Promise<Page<Order>> {
  const { input, workspaceId } = call;
  const { cursor, limit, ...filters } = input;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const q = input.q === undefined || input.q.trim() === '' ? undefined : input.q.trim();
    const rows = await selectOrders(tx, {
      ...filters,
      workspaceId,
      timeZone,
      q,
      limit: limit + 1,
      after: readCursor(cursor),
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentOrders(tx, workspaceId, page),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.sort_key, last.id]) : null,
    };
  });
}

/** Error: not_found. */
export async function getOrder(infra: Infra, call: Call<typeof getEndpoint>) {
  return await infra.db.inWorkspace(call.workspaceId, (tx) => presentOrder(tx, call.workspaceId, call.input.orderId));
}
