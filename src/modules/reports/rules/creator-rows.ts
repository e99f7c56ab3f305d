import type { CreatorRow, ReturnCell } from '../api.ts';
import { countCell, moneyCell } from './figures.ts';
import { divideRounded, ratio, sumBig, sumOf } from './ratio.ts';
import type {
  ClickInput,
  ContentInput,
  EnrolmentInput,
  OrderInput,
  OrderStratum,
  ReportInput,
} from './report-input.ts';
import type { ResampledSums } from './resample-return.ts';
import { returnInterval, tooFewOrders } from './returns.ts';
import { sayMoney, sayPlural } from './say.ts';
import { engagementsOf } from './sum-content.ts';
import type { CostSums } from './sum-cost.ts';
import { otherCurrencies, whyNoOrders } from './sum-sales.ts';

export interface CreatorRows {
  rows: CreatorRow[];
  /** Null when everything belongs to a creator. */
  unassigned: CreatorRow | null;
  considering: number;
}

interface Sums {
  clicks: readonly ClickInput[];
  orders: readonly OrderInput[];
  content: readonly ContentInput[];
  stratum: OrderStratum | undefined;
}

/** One row a creator who was agreed with or brought something, the most revenue first; their sums with the last row are the campaign's. */
export function creatorRows(input: ReportInput, cost: CostSums, resampled: ResampledSums): CreatorRows {
  const ids = new Set(input.enrolments.map((enrolment) => enrolment.id));
  const owner = (row: { enrolmentId: string | null }) =>
    row.enrolmentId !== null && ids.has(row.enrolmentId) ? row.enrolmentId : null;
  const clicks = Map.groupBy(input.clicks, owner);
  const orders = Map.groupBy(input.orders, owner);
  const content = Map.groupBy(input.content, owner);
  const strata = new Map(input.strata.map((stratum) => [owner(stratum), stratum]));
  const sumsOf = (id: string | null): Sums => ({
    clicks: clicks.get(id) ?? [],
    orders: orders.get(id) ?? [],
    content: content.get(id) ?? [],
    stratum: strata.get(id),
  });
  const linked = new Set(input.links.map(owner));
  const coded = new Set(input.codes.map((enrolmentId) => owner({ enrolmentId })));
  const rows: CreatorRow[] = [];
  let considering = 0;
  for (const enrolment of input.enrolments) {
    const row = rowOf(enrolment, {
      input,
      cost: cost.perEnrolment.get(enrolment.id) ?? null,
      sums: sumsOf(enrolment.id),
      hasLink: linked.has(enrolment.id),
      hasCode: coded.has(enrolment.id),
      resampled,
    });
    const isOn = enrolment.phase !== 'considering' && !enrolment.isRemoved;
    if (isOn || broughtAnything(row)) rows.push(row);
    else if (!enrolment.isRemoved) considering += 1;
  }
  const rest = rowOf(null, {
    input,
    cost: cost.sharedMinor,
    sums: sumsOf(null),
    hasLink: linked.has(null),
    hasCode: coded.has(null),
    resampled,
  });
  return { rows: rows.toSorted(byRevenue), unassigned: broughtAnything(rest) ? rest : null, considering };
}

function broughtAnything(row: CreatorRow): boolean {
  const minor = (cell: CreatorRow['cost']) => (cell.value === null ? 0n : BigInt(cell.value.amountMinor));
  return (
    row.postsLive > 0 ||
    minor(row.cost) !== 0n ||
    minor(row.revenue) !== 0n ||
    (row.clicks.value ?? 0) > 0 ||
    (row.orders.value ?? 0) > 0 ||
    row.otherCurrencies.length > 0
  );
}

function byRevenue(a: CreatorRow, b: CreatorRow): number {
  const minor = (row: CreatorRow) => (row.revenue.value === null ? -1n : BigInt(row.revenue.value.amountMinor));
  const difference = minor(b) - minor(a);
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  const clicks = (b.clicks.value ?? -1) - (a.clicks.value ?? -1);
  return clicks !== 0 ? clicks : (a.enrolmentId ?? '') < (b.enrolmentId ?? '') ? -1 : 1;
}

interface RowParts {
  input: ReportInput;
  cost: bigint | null;
  sums: Sums;
  hasLink: boolean;
  hasCode: boolean;
  resampled: ResampledSums;
}

function rowOf(enrolment: EnrolmentInput | null, parts: RowParts): CreatorRow {
  const { input, sums, hasLink, hasCode, cost } = parts;
  const { currency } = input.campaign;
  const own = sums.orders.filter((row) => row.currency === currency);
  const orders = sumOf(sums.orders, (row) => row.orders);
  const isSold = sums.orders.length > 0;
  const noOrders = isSold ? null : (whyNoOrders(input) ?? (hasLink || hasCode ? null : 'has neither link nor code'));
  const revenue = noOrders === null ? sumBig(own, (row) => row.netMinor) : null;
  const noCost = 'neither fee nor goods are entered';
  const live = sums.content.filter((one) => one.state === 'live');
  const engaged = live.flatMap((one) => engagementsOf(one) ?? []).filter((result) => !result.isEstimate);
  const cpa = cost === null || orders === 0 ? null : divideRounded(cost, BigInt(orders));
  return {
    enrolmentId: enrolment?.id ?? null,
    person:
      enrolment === null
        ? null
        : { id: enrolment.personId, name: enrolment.name, handle: enrolment.handle, platform: enrolment.platform },
    stageLabel: enrolment?.stageLabel ?? null,
    isRemoved: enrolment?.isRemoved ?? false,
    postsLive: live.length,
    postsPlanned: sums.content.filter((one) => one.state !== 'cancelled').length,
    cost: moneyCell(cost, currency, noCost),
    clicks: countCell(
      hasLink || sums.clicks.length > 0 ? sumOf(sums.clicks, (row) => row.clicks) : null,
      'has no link',
    ),
    orders: countCell(noOrders === null ? orders : null, noOrders ?? ''),
    revenue: moneyCell(revenue, currency, noOrders ?? ''),
    roas: returnOf({ enrolment, revenue, cost, parts, noOrders }),
    cpa: moneyCell(cpa, currency, cost === null ? noCost : 'no orders yet'),
    engagements: countCell(
      engaged.length === 0 ? null : sumOf(engaged, (result) => result.value),
      live.length === 0 ? 'nothing is live' : 'no result was entered',
    ),
    byCode: sumOf(sums.orders, (row) => row.byCode),
    byLink: sumOf(sums.orders, (row) => row.byLink),
    otherCurrencies: otherCurrencies(sums.orders, currency),
    why: whyTheseOrders(sums.orders, { currency, noOrders }),
  };
}

function returnOf(of: {
  enrolment: EnrolmentInput | null;
  revenue: bigint | null;
  cost: bigint | null;
  parts: RowParts;
  noOrders: string | null;
}): ReturnCell {
  const { enrolment, revenue, cost, parts, noOrders } = of;
  const nothing = (reason: string): ReturnCell => ({ value: null, reason, interval: null, intervalReason: null });
  if (enrolment === null) return nothing('shared by all creators');
  if (cost === null) return nothing('neither fee nor goods are entered');
  if (revenue === null) return nothing(noOrders ?? 'not known');
  const value = ratio(revenue, cost);
  if (value === null) return nothing('the cost is zero');
  const sums = parts.resampled.perEnrolment.get(enrolment.id) ?? null;
  return {
    value,
    reason: null,
    interval: returnInterval(sums, cost),
    intervalReason: sums === null ? tooFewOrders(parts.sums.stratum?.count ?? 0) : null,
  };
}

/** "48 by code, 26 by link; 1 cancelled": what tied the orders to a creator, and what became of them. */
function whyTheseOrders(rows: readonly OrderInput[], of: { currency: string; noOrders: string | null }): string {
  if (of.noOrders !== null) return of.noOrders;
  const byCode = sumOf(rows, (row) => row.byCode);
  const byLink = sumOf(rows, (row) => row.byLink);
  const ways = [byCode > 0 ? `${byCode} by code` : '', byLink > 0 ? `${byLink} by link` : '']
    .filter(Boolean)
    .join(', ');
  const cancelled = sumOf(rows, (row) => row.cancelled);
  const refunded = sumOf(rows, (row) => row.refundedInFull);
  const others = otherCurrencies(rows, of.currency).map(
    (other) => `${sayPlural(other.orders, 'order')} of ${sayMoney(other.revenue)} apart, no rate`,
  );
  return [
    ways === '' ? 'no orders' : ways,
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(refunded > 0 ? [`${refunded} refunded in full`] : []),
    ...others,
  ].join('; ');
}
