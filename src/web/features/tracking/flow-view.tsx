import { z } from 'zod';
import { getTrafficFlow, type TrafficFlow } from '#modules/reports/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { FunnelBars } from '#web/ui/funnel-bars.tsx';
import { LineChart } from '#web/ui/line-chart.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { CountryMap } from './country-map.tsx';
import { campaignLines, channelLines, creatorLines, FlowTable } from './flow-tables.tsx';
import { dropWords } from './words.ts';
import './flow.css';
import './tracking.css';

const search = z.object({ days: z.enum(['7', '30', '90', '365']).default('30') });
const periods = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '12 months' },
] as const;
const deviceNames: Record<string, string> = { mobile: 'Phone', tablet: 'Tablet', desktop: 'Computer' };

/** From click to money of the workspace, a campaign or a creator: funnel, channels, countries, devices, and who brought it. */
export function FlowView({ campaignId, personId }: { campaignId?: string | undefined; personId?: string | undefined }) {
  const [state, setState] = useSearchState(search);
  const mayRead = useCan('reports:read');
  const query = useApiQuery(
    getTrafficFlow,
    {
      days: Number(state.days),
      ...(campaignId !== undefined && { campaignId }),
      ...(personId !== undefined && { personId }),
    },
    { keepPrevious: true, enabled: mayRead },
  );
  if (!mayRead) return <EmptyState title="Your role does not read reports">Ask an owner or admin for it.</EmptyState>;
  return (
    <div className="stack">
      <div className="flow-head">
        <p className="meta">{query.data && `${spanOf(query.data)}, days in ${query.data.timeZone}`}</p>
        <Segments label="Period" value={state.days} options={periods} onChange={(days) => setState({ days })} />
      </div>
      <QueryState query={query}>
        {(flow) =>
          flow.totals.clicks + flow.totals.dropped + flow.totals.orders === 0 ? (
            <EmptyState title="No click and no order in these days">
              Choose a longer period, or share a link: what it brings shows here.
            </EmptyState>
          ) : (
            <Flow flow={flow} />
          )
        }
      </QueryState>
    </div>
  );
}

const spanOf = ({ from, to }: Pick<TrafficFlow, 'from' | 'to'>) =>
  `${formatDate(from, 'UTC')} to ${formatDate(to, 'UTC')}`;

function Flow({ flow }: { flow: TrafficFlow }) {
  return (
    <>
      <FlowFunnel flow={flow} />
      <Section title="Clicks" note="counted, by day">
        <LineChart
          label="Clicks by day"
          points={flow.days.map((day) => ({ at: day.day, value: day.clicks }))}
          format={formatCount}
        />
      </Section>
      <Section title="Channels" note="channel groups as Google Analytics 4 files them; 95 % interval">
        <FlowTable label="Channels" head="Channel" lines={channelLines(flow)} />
      </Section>
      <Section title="Countries" note="by the address of the visitor, told without leaving this machine">
        <CountryMap countries={flow.countries} />
      </Section>
      <div className="cols even">
        <Section title="Devices" note="counted clicks">
          <Shares
            label="Devices"
            rows={flow.devices.map((row) => ({ name: deviceNames[row.value] ?? 'Not known', count: row.clicks }))}
          />
        </Section>
        <Section title="Not counted" note={`${formatCount(flow.totals.dropped)} kept with their reason`}>
          <Shares
            label="Reasons"
            rows={flow.reasons.map((row) => ({ name: dropWords[row.value] ?? row.value, count: row.dropped }))}
          />
        </Section>
      </div>
      {flow.campaigns.length > 0 && (
        <Section title="Campaigns" note="by net revenue">
          <FlowTable label="Campaigns" head="Campaign" lines={campaignLines(flow)} />
        </Section>
      )}
      {flow.creators.length > 0 && (
        <Section
          title="Creators"
          note={`by net revenue; ${formatPlural(flow.creatorsTotal ?? 0, 'creator')} with orders, the first ${flow.creators.length} shown`}
        >
          <FlowTable label="Creators" head="Creator" lines={creatorLines(flow)} />
        </Section>
      )}
    </>
  );
}

function FlowFunnel({ flow }: { flow: TrafficFlow }) {
  const { totals } = flow;
  const span = spanOf(flow);
  const about = (formula: string, n: string) => ({
    formula,
    source: 'own click log and order sources',
    n,
    asOf: flow.computedAt,
  });
  const placed = totals.orders + totals.cancelledOrders + totals.refundedOrders;
  const lost = totals.cancelledOrders + totals.refundedOrders;
  const rate = totals.rate;
  const others = totals.otherCurrencies.map((row) => `${formatMoney(row.net)} (${formatPlural(row.orders, 'order')})`);
  return (
    <Section title="From click to money" note="every step measured">
      <div className="flow-funnel">
        <FunnelBars
          label="From click to money"
          steps={[
            {
              id: 'clicks',
              label: 'Clicks',
              count: totals.clicks,
              value: (
                <Figure
                  label="Clicks"
                  value={formatCount(totals.clicks)}
                  meaning={about(
                    'Hits of short links, without bots, previews, the team and repeats within a clock hour',
                    span,
                  )}
                />
              ),
              rate: `${formatCount(totals.dropped)} more not counted`,
            },
            {
              id: 'visitors',
              label: 'Visitors',
              count: totals.visitors,
              value: (
                <Figure
                  label="Visitors"
                  value={formatCount(totals.visitors)}
                  meaning={about(
                    'Visitors of each link on each day, summed: who comes back tomorrow counts again',
                    span,
                  )}
                />
              ),
              ...(totals.clicks > 0 && { rate: `${formatShare(totals.visitors / totals.clicks)} of clicks` }),
            },
            {
              id: 'orders',
              label: 'Orders credited',
              count: placed,
              value: (
                <Figure
                  label="Orders credited"
                  value={formatCount(placed)}
                  meaning={about('Orders credited by click, code or known customer, before cancellations', span)}
                />
              ),
              rate: `${formatCount(totals.byLink)} by click, ${formatCount(totals.byCode)} by code`,
            },
            {
              id: 'kept',
              label: 'Orders kept',
              count: totals.orders,
              value: (
                <Figure
                  label="Orders kept"
                  value={formatCount(totals.orders)}
                  meaning={about('Credited orders that were neither cancelled nor refunded in full', span)}
                />
              ),
              rate: lost === 0 ? 'none lost' : `${formatCount(lost)} cancelled or refunded`,
            },
          ]}
        />
      </div>
      <p className="flow-net">
        Orders by click a visitor <b>{rate.value === null ? 'not known' : formatShare(rate.value)}</b>{' '}
        <span className="meta">
          {rate.value === null || rate.low === null || rate.high === null
            ? (rate.reason ?? 'not enough data')
            : `${formatShare(rate.low)} to ${formatShare(rate.high)} (95 % interval), ${formatPlural(rate.visitors, 'visitor')}`}
        </span>
      </p>
      <p className="flow-net">
        Net after refunds <b>{formatMoney(totals.net)}</b>{' '}
        <span className="meta">
          of {formatMoney(totals.gross)} credited; {formatMoney(totals.refunded)} refunded,{' '}
          {formatMoney(totals.cancelled)} cancelled{others.length > 0 && `; besides ${others.join(', ')}, never added`}
        </span>
      </p>
    </Section>
  );
}

function Shares({ label, rows }: { label: string; rows: readonly { name: string; count: number }[] }) {
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  if (all === 0) return <p className="meta">None in these days.</p>;
  return (
    <ul className="flow-shares" aria-label={label}>
      {rows
        .filter((row) => row.count > 0)
        .map((row) => (
          <li key={row.name}>
            <span className="clip">{row.name}</span>
            <i aria-hidden="true">
              <b style={{ width: `${(100 * row.count) / all}%` }} />
            </i>
            <span className="num">
              {formatCount(row.count)} <span className="meta">{formatShare(row.count / all)}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}
