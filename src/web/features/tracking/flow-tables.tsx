import type { OrderRate, TrafficFlow } from '#modules/reports/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { Who } from './who.tsx';

interface Line {
  key: string;
  name: React.ReactNode;
  visitors: number;
  clicks: number;
  orders: number;
  net: TrafficFlow['totals']['net'];
  rate: OrderRate | null;
  note?: string;
}

/** Click to money, a line each: visitors, orders, orders a visitor with its interval, and what they were worth. */
export function FlowTable({ label, head, lines }: { label: string; head: string; lines: readonly Line[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section className="flow-scroll" tabIndex={0} aria-label={label}>
      <table className="table flow-table">
        <caption className="vh">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className="end flow-wide">
              Clicks
            </th>
            <th scope="col" className="end flow-apart">
              Visitors
            </th>
            <th scope="col" className="end">
              Orders
            </th>
            <th scope="col" className="end flow-apart">
              Orders a visitor
            </th>
            <th scope="col" className="end">
              Net
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">
                {line.name}
                {line.note && <span className="meta block">{line.note}</span>}
                {line.rate !== null && (
                  <span className="meta flow-phone">
                    {formatPlural(line.visitors, 'visitor')}, orders a visitor <Rate rate={line.rate} />
                  </span>
                )}
              </th>
              <td className="end num flow-wide">{formatCount(line.clicks)}</td>
              <td className="end num flow-apart">{line.rate === null ? '' : formatCount(line.visitors)}</td>
              <td className="end num">{formatCount(line.orders)}</td>
              <td className="end num flow-apart">
                <Rate rate={line.rate} />
              </td>
              <td className="end num">
                <b>{formatMoney(line.net)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rate({ rate }: { rate: OrderRate | null }) {
  if (rate === null) return <span className="meta">no click won</span>;
  if (rate.value === null)
    return (
      <span className="meta" title={rate.reason ?? undefined}>
        {rate.reason?.startsWith('Not enough') ? `not enough data (${formatCount(rate.visitors)})` : 'not comparable'}
      </span>
    );
  return (
    <>
      {formatShare(rate.value)}
      {rate.low !== null && rate.high !== null && (
        <span className="meta block">
          {formatShare(rate.low)} to {formatShare(rate.high)}
        </span>
      )}
    </>
  );
}

export function channelLines(flow: TrafficFlow): Line[] {
  const apart = { visitors: 0, clicks: 0, rate: null };
  const lines: Line[] = flow.channels.map((row) => ({
    ...row,
    key: row.value,
    name: row.value === '' ? 'Channel not known' : row.value,
  }));
  if (flow.codes.orders > 0)
    lines.push({
      ...flow.codes,
      ...apart,
      key: 'code',
      name: 'Discount code',
      note: 'a code won, whatever was clicked',
    });
  if (flow.knownCustomers.orders > 0)
    lines.push({
      ...flow.knownCustomers,
      ...apart,
      key: 'customer',
      name: 'Known customer',
      note: 'bound to a creator before',
    });
  return lines;
}

export function campaignLines(flow: TrafficFlow): Line[] {
  return flow.campaigns.map((row) => ({
    ...row,
    key: row.campaign.id,
    name: (
      <AppLink to="/campaigns/$campaignId/traffic" params={{ campaignId: row.campaign.id }}>
        {row.campaign.name}
      </AppLink>
    ),
    ...(row.byCode > 0 && { note: `${formatCount(row.byCode)} of the orders by code` }),
  }));
}

export function creatorLines(flow: TrafficFlow): Line[] {
  return flow.creators.map((row) => ({
    ...row,
    key: row.creator.personId,
    name: <Who creator={row.creator} />,
    ...(row.byCode > 0 && { note: `${formatCount(row.byCode)} of the orders by code` }),
  }));
}
