import type { ContentReport, FunnelStep, SalesReport, TrafficReport } from '../api.ts';
import { ratio } from './ratio.ts';
import { sayCount, sayPlural } from './say.ts';

/** From seen to bought. A rate is told only where both of its sides are whole: a part over a whole would mislead. */
export function funnelOf(content: ContentReport, traffic: TrafficReport, sales: SalesReport): FunnelStep[] {
  const { reach, engagements, engagementRate } = content;
  const reached = reach.bound === 'exact' ? reach.value : null;
  const clicks = traffic.clicks.value;
  const partReach =
    reach.value === null
      ? `reach not known: ${reach.reason}`
      : `reach is known for ${reach.known} of ${reach.live} live deliverables`;
  const clickRate = clicks === null || reached === null ? null : ratio(BigInt(clicks), BigInt(reached));
  const orderRate =
    clicks === null || sales.orders.value === null ? null : ratio(BigInt(sales.ordersByLink), BigInt(clicks));
  const step = (of: Pick<FunnelStep, 'id' | 'label' | 'count' | 'reason' | 'note'>): FunnelStep => ({
    ...of,
    rate: null,
    rateOf: null,
    rateReason: null,
  });
  return [
    step({ id: 'reached', label: 'Reached', count: reach.value, reason: reach.reason, note: contentNote(reach) }),
    {
      ...step({
        id: 'engaged',
        label: 'Engaged',
        count: engagements.value,
        reason: engagements.reason,
        note: contentNote(engagements),
      }),
      rate: engagementRate.value,
      rateOf: 'reached',
      rateReason: engagementRate.reason,
    },
    {
      ...step({ id: 'clicked', label: 'Clicked', count: clicks, reason: traffic.clicks.reason, note: null }),
      rate: clickRate,
      rateOf: 'reached',
      rateReason: clickRate === null ? (clicks === null ? traffic.clicks.reason : partReach) : null,
    },
    {
      ...step({
        id: 'ordered',
        label: 'Ordered',
        count: sales.orders.value,
        reason: sales.orders.reason,
        note: sales.ordersByCode > 0 ? `${sayCount(sales.ordersByCode)} by code` : null,
      }),
      rate: orderRate,
      rateOf: 'clicks, by link',
      rateReason:
        orderRate === null ? (sales.orders.reason ?? (clicks === 0 ? 'no clicks yet' : traffic.clicks.reason)) : null,
    },
  ];
}

function contentNote(of: ContentReport['reach']): string | null {
  const notes = [
    of.value !== null && of.bound !== 'exact' ? `at least; ${of.note}` : null,
    of.estimated === null
      ? null
      : `${sayCount(of.estimated.value)} more estimated on ${sayPlural(of.estimated.known, 'deliverable')}`,
  ].filter((note) => note !== null);
  return notes.length === 0 ? null : notes.join('; ');
}
