import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { addDays, dayIn, daysBetween } from '#kernel/time.ts';
import { shareInterval } from '#modules/attribution/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type getTrafficFlow, type TrafficFlow, trafficDaysMax } from './api.ts';
import { reportsError } from './errors.ts';
import {
  selectCampaignNames,
  selectCreatorHits,
  selectHits,
  selectSales,
  type TrafficSpan,
} from './queries/traffic.ts';
import {
  channelRows,
  dayRows,
  facetRows,
  type Hits,
  orderRate,
  readSums,
  type Sales,
  type Sums,
  wholeWeeks,
} from './rules/build-traffic.ts';

type TrafficCall = Call<typeof getTrafficFlow>;

/** From click to money over a span, from the sums of clicks and of credit. Error: reports.bad_span. */
export async function reportTraffic(infra: Infra, call: TrafficCall): Promise<TrafficFlow> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { currency, timeZone } = await getWorkspace(tx, workspaceId);
    const now = infra.clock.now();
    const span: TrafficSpan = {
      ...readSpan(input, dayIn(timeZone, now)),
      workspaceId,
      timeZone,
      campaignId: input.campaignId,
      personId: input.personId,
    };
    const hits = await selectHits(tx, span);
    const sales = await selectSales(tx, span);
    const sums = readSums(hits, sales, currency);
    const creators = input.personId === undefined ? await readCreators(tx, { span, sales, sums, currency, input }) : [];
    return {
      from: span.from,
      to: span.to,
      timeZone,
      computedAt: now.toISOString(),
      currency,
      totals: totalsOf(sums, sales, currency),
      days: dayRows(sums, span),
      channels: channelRows({ hits, sales, sums, interval: shareInterval }),
      codes: soldBy(sums, 'code'),
      knownCustomers: soldBy(sums, 'customer'),
      countries: facetRows(hits, 'country'),
      devices: facetRows(hits, 'device'),
      reasons: hits
        .filter((row) => row.facet === 'reason')
        .map((row) => ({ value: row.value, dropped: Number(row.dropped) }))
        .toSorted((a, b) => b.dropped - a.dropped || (a.value < b.value ? -1 : 1)),
      campaigns:
        input.campaignId === undefined && input.personId === undefined
          ? await readCampaigns(tx, { workspaceId, hits, sales, sums })
          : [],
      creators,
      creatorsTotal:
        input.personId === undefined
          ? new Set(sales.filter((row) => row.by === 'person' && row.value !== '').map((row) => row.value)).size
          : null,
    };
  });
}

function readSpan(input: TrafficCall['input'], today: string): { from: string; to: string } {
  const to = input.to ?? (input.from === undefined ? today : today < input.from ? input.from : today);
  const from = input.from ?? addDays(to, 1 - input.days);
  const days = daysBetween(from, to) + 1;
  const message =
    from > to
      ? `The span ends on ${to}, before it begins on ${from}. Turn them round.`
      : days > trafficDaysMax
        ? `The span has ${days} days; at most ${trafficDaysMax} are reported at once.`
        : null;
  if (message !== null)
    throw reportsError('bad_span', message, [{ field: input.to === undefined ? 'from' : 'to', message }]);
  return { from, to };
}

function totalsOf(sums: Sums, sales: readonly Sales[], currency: string): TrafficFlow['totals'] {
  const hits = sums.hits('all');
  const all = sums.sales('total');
  const uncredited = sums.sales('via', 'none');
  const others = sales.filter((row) => row.by === 'total' && row.currency !== currency);
  return {
    ...hits,
    ...all,
    orders: all.orders - uncredited.orders,
    cancelledOrders: all.cancelledOrders - uncredited.cancelledOrders,
    refundedOrders: all.refundedOrders - uncredited.refundedOrders,
    uncredited: uncredited.orders,
    rate: orderRate(all.byLink, hits.visitors, shareInterval),
    otherCurrencies: others
      .map((row) => ({
        orders: Number(row.orders),
        net: toMoneyJson({ amountMinor: row.net_minor, currency: row.currency }),
      }))
      .toSorted((a, b) => b.orders - a.orders || (a.net.currency < b.net.currency ? -1 : 1)),
  };
}

function soldBy(sums: Sums, via: 'code' | 'customer') {
  const { orders, net } = sums.sales('via', via);
  return { orders, net };
}

async function readCampaigns(
  tx: Tx,
  of: { workspaceId: string; hits: readonly Hits[]; sales: readonly Sales[]; sums: Sums },
): Promise<TrafficFlow['campaigns']> {
  const { sums } = of;
  const ids = new Set([
    ...of.hits.filter((row) => row.facet === 'campaign').map((row) => row.value),
    ...of.sales.filter((row) => row.by === 'campaign' && row.value !== '').map((row) => row.value),
  ]);
  return (await selectCampaignNames(tx, of.workspaceId, [...ids]))
    .map((campaign) => {
      const hits = sums.hits('campaign', campaign.id);
      const { orders, byCode, byLink, net } = sums.sales('campaign', campaign.id);
      return { campaign, ...hits, orders, byCode, net, rate: orderRate(byLink, hits.visitors, shareInterval) };
    })
    .toSorted((a, b) => compareNet(a, b) || b.clicks - a.clicks || (a.campaign.id < b.campaign.id ? -1 : 1));
}

/** The creators who sold most, or whose links were clicked most; those who sold are filled up with those who were clicked. */
async function readCreators(
  tx: Tx,
  of: {
    span: TrafficSpan;
    sales: readonly Sales[];
    sums: Sums;
    currency: string;
    input: TrafficCall['input'];
  },
): Promise<TrafficFlow['creators']> {
  const { span, sums, input } = of;
  const weeks = wholeWeeks(span);
  const sold = of.sales
    .filter((row) => row.by === 'person' && row.value !== '' && row.currency === of.currency)
    .toSorted((a, b) => (a.net_minor > b.net_minor ? -1 : a.net_minor < b.net_minor ? 1 : a.value < b.value ? -1 : 1))
    .slice(0, input.limit)
    .map((row) => row.value);
  const isFilled = input.sort === 'net' && sold.length === input.limit;
  const hits = await selectCreatorHits(tx, {
    ...span,
    weeks,
    personIds: isFilled ? sold : null,
    limit: input.sort === 'net' ? input.limit + sold.length : input.limit,
  });
  const missing = sold.filter((id) => !hits.some((row) => row.person_id === id));
  const more =
    isFilled || missing.length === 0 || input.sort === 'clicks'
      ? []
      : await selectCreatorHits(tx, { ...span, weeks, personIds: missing, limit: missing.length });
  const hitsOf = new Map([...hits, ...more].map((row) => [row.person_id, row]));
  const clicked = hits.map((row) => row.person_id);
  const ids = [...new Set(input.sort === 'net' ? [...sold, ...clicked] : clicked)].slice(0, input.limit);
  const cards = await readPersonCards(tx, span.workspaceId, ids);
  return ids.flatMap((personId) => {
    const card = cards.get(personId);
    if (card === undefined) return [];
    const row = hitsOf.get(personId);
    const visitors = Number(row?.visitors ?? 0n);
    const { orders, byCode, byLink, net } = sums.sales('person', personId);
    return [
      {
        creator: {
          personId,
          name: card.name,
          handle: card.profiles[0]?.handle ?? null,
          platform: card.profiles[0]?.platform ?? null,
        },
        clicks: Number(row?.clicks ?? 0n),
        visitors,
        dropped: Number(row?.dropped ?? 0n),
        orders,
        byCode,
        net,
        rate: orderRate(byLink, visitors, shareInterval),
      },
    ];
  });
}

function compareNet(a: { net: { amountMinor: string } }, b: { net: { amountMinor: string } }): number {
  const [x, y] = [BigInt(a.net.amountMinor), BigInt(b.net.amountMinor)];
  return x > y ? -1 : x < y ? 1 : 0;
}
