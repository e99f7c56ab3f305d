import { toMoneyJson } from '#kernel/money.ts';
import type { MoneyFigure, SalesReport } from '../api.ts';
import { figure, moneyFigure } from './figures.ts';
import { divideRounded, sumBig, sumOf } from './ratio.ts';
import type { OrderInput, ReportInput } from './report-input.ts';
import { sayPlural } from './say.ts';

export const noRate = 'it is in another currency, so it is not part of the sum';

/** Why orders are not measured; null when they are. An order that was credited proves that they are. */
export function whyNoOrders(input: ReportInput): string | null {
  if (input.orders.length > 0) return null;
  if (!input.hasOrderSource) return 'no order has reached this workspace yet, so sales are not measured';
  if (input.links.length === 0 && input.codes.length === 0)
    return 'neither a link nor a code was made, so no order can be told';
  return null;
}

/** Orders and revenue credited to the campaign. Only its own currency is summed; the others stand apart. */
export function sumSales(input: ReportInput): SalesReport {
  const { currency } = input.campaign;
  const reason = whyNoOrders(input);
  const own = input.orders.filter((row) => row.currency === currency);
  const orders = sumOf(input.orders, (row) => row.orders);
  const ownOrders = sumOf(own, (row) => row.orders);
  const net = sumBig(own, (row) => row.netMinor);
  const others = otherCurrencies(input.orders, currency);
  const known = sumOf(input.orders, (row) => row.knownCustomers);
  const about = {
    source: `orders credited by last touch within ${input.windowDays} days, a code before a link`,
    n: sayPlural(orders, 'order'),
    asOf: input.computedAt,
    ...(reason === null ? {} : { reason }),
  };
  const money = (pick: (row: OrderInput) => bigint) =>
    reason === null ? toMoneyJson({ amountMinor: sumBig(own, pick), currency }) : null;
  const missing =
    others.length === 0 ? null : `${sayPlural(orders - ownOrders, 'order')} in other currencies not added`;
  return {
    orders: figure('count', reason === null ? orders : null, {
      ...about,
      formula: 'count of credited orders that were neither cancelled nor refunded in full',
    }),
    ordersByCode: sumOf(input.orders, (row) => row.byCode),
    ordersByLink: sumOf(input.orders, (row) => row.byLink),
    newCustomers: figure(
      'count',
      reason === null && known > 0 ? sumOf(input.orders, (row) => row.newCustomers) : null,
      {
        ...about,
        formula: 'count of credited orders whose shop says that the customer is new',
        reason: reason ?? 'no order says whether its customer is new',
        n: `${known} of ${sayPlural(orders, 'order')} say`,
        note: known < orders ? `${known} of ${orders} orders say` : null,
        bound: known < orders ? 'at_least' : 'exact',
      },
    ),
    revenue: moneyFigure(reason === null ? net : null, currency, {
      ...about,
      formula: 'sum of credited orders less refunds, cancelled orders left out',
      bound: others.length === 0 ? 'exact' : 'at_least',
      note: missing,
    }),
    gross: money((row) => row.grossMinor),
    refunded: money((row) => row.refundedMinor),
    cancelled: money((row) => row.cancelledMinor),
    cancelledOrders: sumOf(input.orders, (row) => row.cancelled),
    refundedOrders: sumOf(input.orders, (row) => row.refundedInFull),
    averageOrder: moneyFigure(ownOrders === 0 ? null : divideRounded(net, BigInt(ownOrders)), currency, {
      ...about,
      formula: `revenue / orders, over orders in ${currency}`,
      reason: reason ?? `no order in ${currency}`,
      n: sayPlural(ownOrders, 'order'),
    }),
    otherCurrencies: others.map((other) => ({ ...other, reason: noRate })),
    revenueRated: reason === null ? ratedRevenue(input) : null,
    held: input.held.map(({ orders, heldMinor, currency }) => ({
      orders,
      amount: toMoneyJson({ amountMinor: heldMinor, currency }),
    })),
  };
}

/** All revenue in the workspace's currency; null where all of it is in that currency, so that there is nothing to change. */
function ratedRevenue(input: ReportInput): MoneyFigure | null {
  const { currency, rows } = input.rated;
  if (rows.length === 0) return null;
  const own = input.orders.filter((row) => row.currency === currency);
  const foreign = sumOf(rows, (row) => row.orders);
  const rated = sumOf(rows, (row) => row.rated);
  const ownOrders = sumOf(own, (row) => row.orders);
  const total = sumBig(own, (row) => row.netMinor) + sumBig(rows, (row) => row.ratedMinor);
  const days = rows.flatMap((row) => [row.firstDay, row.lastDay].filter((day) => day !== null)).sort();
  const span = days.length === 0 ? '' : days[0] === days.at(-1) ? ` of ${days[0]}` : ` of ${days[0]} to ${days.at(-1)}`;
  const sources = [...new Set(rows.flatMap((row) => row.sources))].sort();
  const missing = foreign - rated;
  const from = rows.map((row) => row.currency).join(', ');
  return moneyFigure(ownOrders + rated === 0 ? null : total, currency, {
    formula: `revenue in ${currency} + revenue in ${from} at the rate kept with each order, rounded once a currency`,
    source: sources.length === 0 ? 'no rate is known' : `rates${span}: ${sources.join('; ')}`,
    reason: `no rate from ${from} into ${currency} is known`,
    n: sayPlural(ownOrders + rated, 'order'),
    asOf: input.computedAt,
    bound: missing === 0 ? 'exact' : 'at_least',
    note: missing === 0 ? null : `${sayPlural(missing, 'order')} without a rate not added`,
  });
}

/** Orders and revenue in each currency but the campaign's, by code. */
export function otherCurrencies(rows: readonly OrderInput[], currency: string) {
  const apart = Map.groupBy(
    rows.filter((row) => row.currency !== currency && (row.orders > 0 || row.netMinor !== 0n)),
    (row) => row.currency,
  );
  return [...apart]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, of]) => ({
      orders: sumOf(of, (row) => row.orders),
      revenue: toMoneyJson({ amountMinor: sumBig(of, (row) => row.netMinor), currency: code }),
    }));
}
