import { stringify } from 'csv-stringify/sync';
import type { Tx } from '#infra/db/database.ts';
import { formatAmount } from '#kernel/money.ts';
import { importOrders } from '#modules/tracking/api.ts';
import { channelOf, createClickIds } from '#modules/tracking/index.ts';
import type { DrawnClick, DrawnOrder } from './draw-traffic.ts';
import { type Cell, insertRows } from './insert-rows.ts';
import { sampleCurrency } from './load-campaigns.ts';
import type { Past } from './past.ts';

export interface StoredClicks {
  /** The id each drawn click was stored under. */
  idOf: Map<DrawnClick, string>;
}

/** Stores clicks as the drain would have, with their daily totals. */
export async function loadClicks(
  tx: Tx,
  clicks: DrawnClick[],
  how: { workspaceId: string; secret: string },
): Promise<StoredClicks> {
  const ids = createClickIds(how.secret);
  const idOf = new Map(clicks.map((click) => [click, ids.make(click.linkId, click.at.getTime())]));
  const utcDay = (click: DrawnClick) => click.at.toISOString().slice(0, 10);
  await insertRows(
    tx,
    'click',
    clicks.map((click) => ({
      workspace_id: how.workspaceId,
      day: utcDay(click),
      click_id: idOf.get(click) ?? '',
      link_id: click.linkId,
      clicked_at: click.at,
      counted: click.counted,
      drop_reason: click.dropReason,
      visitor_hash: `\\x${click.visitor.toString(16).padStart(16, '0')}`,
      country: click.country,
      device: click.device,
      browser: click.browser,
      referrer_host: click.referrerHost,
      channel: channelOf({
        source: click.referrerHost,
        utmSource: null,
        utmMedium: null,
        utmCampaign: null,
        clickIdParam: null,
      }),
    })),
  );
  const daily = Map.groupBy(clicks, (click) => `${click.linkId} ${utcDay(click)}`);
  const totals = [...daily.values()].map((rows): Record<string, Cell> => {
    const counted = rows.filter((row) => row.counted);
    const [first] = rows;
    return {
      workspace_id: how.workspaceId,
      link_id: first?.linkId ?? '',
      day: first === undefined ? '' : utcDay(first),
      clicks: counted.length,
      visitors: new Set(counted.map((row) => row.visitor)).size,
      dropped: rows.length - counted.length,
    };
  });
  await insertRows(tx, 'click_daily', totals);
  return { idOf };
}

/** Sends the orders in as the shop's file, so that they take the way of every order. */
export async function loadOrders(past: Past, orders: DrawnOrder[], clicks: StoredClicks): Promise<void> {
  const amount = (minor: number) => formatAmount({ amountMinor: BigInt(minor), currency: sampleCurrency });
  const rows = orders
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((order, at) => ({
      order_id: `OAT-${10_001 + at}`,
      ordered_at: order.at.toISOString(),
      total: amount(order.totalMinor),
      currency: sampleCurrency,
      codes: order.code ?? '',
      click_id: order.click === null ? '' : (clicks.idOf.get(order.click) ?? ''),
      refund_id: order.refundMinor === 0 ? '' : `R-${10_001 + at}`,
      refund_amount: order.refundMinor === 0 ? '' : amount(order.refundMinor),
      is_new_customer: order.isNewCustomer ? 'true' : 'false',
    }));
  await past.client.upload(
    importOrders,
    {},
    { body: stringify(rows, { header: true }), fileName: 'sample-orders.csv' },
  );
}
