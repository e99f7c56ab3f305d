import type { CampaignReport, CreatorRow } from '#modules/reports/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatCount, formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';
import { ReportFigure } from './report-figure.tsx';
import { sayAmount, symbolOf } from './say-figure.ts';

const topMax = 20;

/** Who brought it: the most revenue first, with the return of each on one scale. */
export function CreatorResults({ report }: { report: CampaignReport }) {
  const { creators, unassigned, considering } = report;
  const symbol = symbolOf(report.campaign.currency);
  const ends = creators.flatMap((row) => [row.roas.value ?? 0, row.roas.interval?.high ?? 0]);
  const top = Math.min(topMax, Math.max(2, Math.ceil(Math.max(0, ...ends))));
  const heads = [
    'Posts',
    `Cost, ${symbol}`,
    'Clicks',
    'Orders',
    `Revenue, ${symbol}`,
    `Per order, ${symbol}`,
    'Engagements',
    'Return',
  ];
  const wide = new Set(['Clicks', `Per order, ${symbol}`, 'Engagements']);
  return (
    <Section title="Who brought it" note="sorted by revenue; return with 80 % interval, line at 1">
      {creators.length === 0 && unassigned === null ? (
        <p className="ink-2 results-empty">Nobody is agreed with yet, and nothing was brought.</p>
      ) : (
        <div className="table-scroll">
          <table className="table tall results-who">
            <thead>
              <tr>
                <th scope="col">Creator</th>
                {heads.map((head) => (
                  <th key={head} scope="col" className={wide.has(head) ? 'num wide' : 'num'}>
                    {head}
                  </th>
                ))}
                <th scope="col" className="results-range">
                  0 to {top}
                </th>
                <th scope="col">
                  Why these orders
                  <sup>
                    <a href="#note-credit" aria-label="3, how orders are credited">
                      3
                    </a>
                  </sup>
                </th>
              </tr>
            </thead>
            <tbody>
              {creators.map((row) => (
                <Line key={row.enrolmentId} row={row} top={top} />
              ))}
              {unassigned !== null && <Line row={unassigned} top={top} />}
              <Total report={report} top={top} />
            </tbody>
          </table>
        </div>
      )}
      {considering > 0 && (
        <p className="meta results-after">
          {formatPlural(considering, 'creator')} not agreed with {considering === 1 ? 'is' : 'are'} in no row.
        </p>
      )}
    </Section>
  );
}

function Line({ row, top }: { row: CreatorRow; top: number }) {
  const isLoss = row.postsLive > 0 && row.roas.value !== null && row.roas.value < 1;
  return (
    <tr>
      <th scope="row">
        <Who row={row} />
      </th>
      <td className="num ink-2">
        {row.postsLive}
        {row.postsPlanned > row.postsLive && <span className="meta"> of {row.postsPlanned}</span>}
      </td>
      <Cell value={row.cost.value === null ? null : sayAmount(row.cost.value)} reason={row.cost.reason} soft />
      <Cell
        value={row.clicks.value === null ? null : formatCount(row.clicks.value)}
        reason={row.clicks.reason}
        soft
        wide
      />
      <Cell value={row.orders.value === null ? null : formatCount(row.orders.value)} reason={row.orders.reason} />
      <Cell
        value={row.revenue.value === null ? null : sayAmount(row.revenue.value)}
        reason={row.revenue.reason}
        strong
      />
      <Cell value={row.cpa.value === null ? null : sayAmount(row.cpa.value)} reason={row.cpa.reason} soft wide />
      <Cell
        value={row.engagements.value === null ? null : formatCount(row.engagements.value)}
        reason={row.engagements.reason}
        soft
        wide
      />
      <td className="num">
        {row.roas.value === null ? (
          <NoValue reason={row.roas.reason} />
        ) : (
          <b className={isLoss ? 'bad' : undefined}>{formatDecimal(row.roas.value, 1)}</b>
        )}
      </td>
      <td className="results-range">
        {row.roas.value !== null && row.roas.interval !== null ? (
          <RangeMark
            label={`Return ${row.roas.value.toFixed(2)}, 80 % interval ${row.roas.interval.low} to ${row.roas.interval.high}`}
            value={row.roas.value}
            low={row.roas.interval.low}
            high={row.roas.interval.high}
            scale={[0, top]}
            target={1}
            look={isLoss ? 'bad' : 'plain'}
          />
        ) : (
          <span className="meta" title={row.roas.intervalReason ?? undefined}>
            {row.roas.intervalReason === null ? '' : 'under 20 orders'}
          </span>
        )}
      </td>
      <td className="meta results-why">{row.why}</td>
    </tr>
  );
}

function Who({ row }: { row: CreatorRow }) {
  if (row.person === null) return <span className="ink-2">Belongs to no creator</span>;
  const { id, name, handle } = row.person;
  return (
    <div className="who">
      <Avatar id={id} name={name} size={28} />
      <div>
        <b>
          <AppLink to="/creators/$personId" params={{ personId: id }}>
            {name}
          </AppLink>
        </b>
        <span className="meta">
          {handle === null ? row.stageLabel : `@${handle}`}
          {row.isRemoved && ', removed'}
        </span>
      </div>
    </div>
  );
}

interface CellProps {
  value: string | null;
  reason: string | null;
  soft?: boolean;
  strong?: boolean;
  wide?: boolean;
}

function Cell({ value, reason, soft = false, strong = false, wide = false }: CellProps) {
  const className = ['num', soft ? 'ink-2' : '', wide ? 'wide' : ''].filter(Boolean).join(' ');
  return (
    <td className={className}>{value === null ? <NoValue reason={reason} /> : strong ? <b>{value}</b> : value}</td>
  );
}

function NoValue({ reason }: { reason: string | null }) {
  return (
    <span className="ink-3" title={reason ?? undefined}>
      –<span className="vh"> {reason}</span>
    </span>
  );
}

function Total({ report, top }: { report: CampaignReport; top: number }) {
  const { cost, traffic, sales, returns, content } = report;
  const { value, interval } = returns.roas;
  return (
    <tr className="sum">
      <th scope="row">Whole campaign</th>
      <td className="num">{report.deliverables.filter((row) => row.state === 'live').length}</td>
      <td className="num">
        {cost.total.value === null ? <NoValue reason={cost.total.reason} /> : sayAmount(cost.total.value)}
      </td>
      <td className="num wide">
        <ReportFigure label="Clicks" of={traffic.clicks} />
      </td>
      <td className="num">
        <ReportFigure label="Orders" of={sales.orders} />
      </td>
      <td className="num">
        {sales.revenue.value === null ? <NoValue reason={sales.revenue.reason} /> : sayAmount(sales.revenue.value)}
      </td>
      <td className="num wide">
        {returns.cpa.value === null ? <NoValue reason={returns.cpa.reason} /> : sayAmount(returns.cpa.value)}
      </td>
      <td className="num wide">
        <ReportFigure label="Engagements" of={content.engagements} />
      </td>
      <td className="num">{value === null ? <NoValue reason={returns.roas.reason} /> : formatDecimal(value, 1)}</td>
      <td className="results-range">
        {value !== null && interval !== null && (
          <RangeMark
            label={`Return ${value.toFixed(2)}, 80 % interval ${interval.low} to ${interval.high}`}
            value={value}
            low={interval.low}
            high={interval.high}
            scale={[0, top]}
            target={1}
            look={value < 1 ? 'bad' : 'plain'}
          />
        )}
      </td>
      <td className="meta results-why">{returns.roas.note ?? returns.roas.intervalReason ?? ''}</td>
    </tr>
  );
}
