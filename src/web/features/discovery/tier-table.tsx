import type { ReactNode } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { Platform } from '#kernel/platform.ts';
import { platformNames } from '#kernel/platform.ts';
import type { compareTiers, Filter, PublishedBand, TierFigures } from '#modules/discovery/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatChange, formatCompact, formatCount, formatShare } from '#web/ui/format-number.ts';

export type TierAnswer = OutputOf<typeof compareTiers>;

interface Scope {
  list?: string | undefined;
  platform?: Platform | undefined;
}

interface Props {
  answer: TierAnswer;
  /** Whose published bands stand below. */
  source: string | null;
  scope: Scope;
}

type Median = TierFigures['engagementRate'];

/** Tiers in columns, figures in rows; a tier opens the search for it. */
export function TierTable({ answer, source, scope }: Props) {
  const { rows } = answer;
  const currencies = [...new Set(rows.flatMap((row) => row.prices.map((price) => price.currency)))];
  const bands = answer.bands.filter((band) => band.source === source);
  const groups = [...Map.groupBy(bands, (band) => `${band.subject} ${band.platform} ${band.definition}`).values()];
  const isEngagement = ([band]: PublishedBand[]) => band?.subject === 'engagement';
  return (
    <div className="table-scroll">
      <table className="table discover-tiers">
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">Figure</span>
            </th>
            {rows.map((row) => (
              <th key={row.tier.name} scope="col">
                <AppLink
                  to="/discover"
                  search={{ f: filtersOf(row, scope) }}
                  title={`Search ${row.tier.name} creators`}
                >
                  {row.tier.name}
                </AppLink>
                <span className="meta block">{boundsOf(row)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line title="Creators" rows={rows} cell={(row) => <Creators row={row} />} />
          <Line
            title="Engagement"
            note="median"
            rows={rows}
            cell={(row) => (
              <MedianCell
                label="Engagement"
                median={row.engagementRate}
                known={row.known.engagementRate}
                format={formatShare}
                formula="As sources state it, usually (average likes + average comments) / followers; median of profiles"
                asOf={answer.asOf}
              />
            )}
          />
          {groups.filter(isEngagement).map((group) => (
            <BandLine key={`${group[0]?.platform} ${group[0]?.definition}`} bands={group} rows={rows} />
          ))}
          <Line
            title="Likes and comments a post"
            note="median"
            rows={rows}
            cell={(row) => (
              <MedianCell
                label="Likes and comments a post"
                median={row.engagements}
                format={formatCompact}
                formula="Average likes + average comments of a profile; median of profiles"
                asOf={answer.asOf}
              />
            )}
          />
          <Line
            title="Growth, 3 months"
            note="median"
            rows={rows}
            cell={(row) => (
              <MedianCell
                label="Growth"
                median={row.growth3m}
                known={row.known.growth3m}
                format={formatChange}
                formula="Relative change of followers over three months; median of profiles"
                asOf={answer.asOf}
              />
            )}
          />
          <Line
            title="Credibility"
            note="median, 0 to 100"
            rows={rows}
            cell={(row) => (
              <MedianCell
                label="Credibility"
                median={row.credibility}
                known={row.known.credibility}
                format={(value) => value.toFixed(0)}
                formula="Credibility as vetting computed it; median of creators"
                asOf={answer.asOf}
              />
            )}
          />
          {currencies.length === 0 && (
            <Line
              title="Price of a post"
              note="median"
              rows={rows}
              cell={() => <span className="ink-3">not enough data</span>}
            />
          )}
          {currencies.map((currency) => (
            <PriceLines key={currency} currency={currency} rows={rows} asOf={answer.asOf} />
          ))}
          {groups
            .filter((group) => !isEngagement(group))
            .map((group) => (
              <BandLine key={`${group[0]?.platform} ${group[0]?.definition}`} bands={group} rows={rows} />
            ))}
        </tbody>
      </table>
    </div>
  );
}

function filtersOf(row: TierFigures, scope: Scope): Filter[] {
  const filters: Filter[] = [{ field: 'tier', op: 'in', values: [row.tier.name] }];
  if (scope.platform !== undefined) filters.push({ field: 'platform', op: 'in', values: [scope.platform] });
  if (scope.list !== undefined) filters.push({ field: 'list', op: 'in', values: [scope.list] });
  return filters;
}

function boundsOf({ tier }: TierFigures): string {
  return tier.followersMax === null
    ? `${formatCompact(tier.followersMin)} and more`
    : `${formatCompact(tier.followersMin)} to ${formatCompact(tier.followersMax)}`;
}

interface LineProps {
  title: string;
  note?: string;
  rows: readonly TierFigures[];
  cell: (row: TierFigures) => ReactNode;
}

function Line({ title, note, rows, cell }: LineProps) {
  return (
    <tr>
      <th scope="row">
        {title}
        {note !== undefined && <span className="meta block">{note}</span>}
      </th>
      {rows.map((row) => (
        <td key={row.tier.name}>{cell(row)}</td>
      ))}
    </tr>
  );
}

function Creators({ row }: { row: TierFigures }) {
  return (
    <>
      {formatCount(row.creators)}
      {row.profiles !== row.creators && <span className="meta">{`${formatCount(row.profiles)} profiles`}</span>}
    </>
  );
}

interface MedianProps {
  label: string;
  median: Median;
  format: (value: number) => string;
  formula: string;
  asOf: string;
  /** How many are known, said where they are too few. */
  known?: number;
}

function MedianCell({ label, median, format, formula, asOf, known }: MedianProps) {
  const interval =
    median?.low == null || median.high === null
      ? {}
      : { interval: `95 % interval ${format(median.low)} to ${format(median.high)}` };
  return (
    <>
      <Figure
        label={label}
        value={median === null ? null : format(median.value)}
        missing="not enough data"
        meaning={{
          formula,
          source: 'Creators of this workspace',
          asOf,
          ...(median === null ? {} : { n: `${median.n}` }),
          ...interval,
        }}
      />
      {median !== null && <span className="meta">{`of ${formatCount(median.n)}`}</span>}
      {median === null && known !== undefined && known > 0 && <span className="meta">{`${known} known`}</span>}
    </>
  );
}

function PriceLines({ currency, rows, asOf }: { currency: string; rows: readonly TierFigures[]; asOf: string }) {
  const money = (value: number) => formatMoney({ amountMinor: String(Math.round(value)), currency });
  const of = (row: TierFigures) => row.prices.find((price) => price.currency === currency);
  return (
    <>
      <Line
        title={`Price of a post, ${currency}`}
        note="rate cards and creators, median"
        rows={rows}
        cell={(row) => (
          <MedianCell
            label="Price of a post"
            median={of(row)?.priceMinor ?? null}
            known={of(row)?.n ?? 0}
            format={money}
            formula="What a rate card or the creator states for a post, else for a like format; median of profiles"
            asOf={asOf}
          />
        )}
      />
      <Line
        title={`Cost of an engagement, ${currency}`}
        note="median"
        rows={rows}
        cell={(row) => (
          <MedianCell
            label="Cost of an engagement"
            median={of(row)?.costPerEngagementMinor ?? null}
            format={money}
            formula="Price of a post / (average likes + average comments) of the same profile; median of profiles"
            asOf={asOf}
          />
        )}
      />
    </>
  );
}

/** One source's band below the own figures, in its own words for the sizes. */
function BandLine({ bands, rows }: { bands: readonly PublishedBand[]; rows: readonly TierFigures[] }) {
  const [first] = bands;
  if (first === undefined) return null;
  const all = bands.find((band) => band.tier === 'all');
  return (
    <tr className="band">
      <th scope="row">
        {`${first.source}, ${first.year ?? 'no year'}`}
        <span className="meta block">{`published: ${platformNames[first.platform]}, ${first.definition}${all === undefined ? '' : `; all sizes ${rangeOf(all)}`}`}</span>
      </th>
      {rows.map((row) => {
        const band = bands.find((one) => one.tier === row.tier.name);
        return (
          <td key={row.tier.name}>
            {band === undefined ? <span className="ink-3">–</span> : rangeOf(band)}
            {band !== undefined && <span className="meta">{sizeOf(band)}</span>}
          </td>
        );
      })}
    </tr>
  );
}

function rangeOf(band: PublishedBand): string {
  const format = (value: number) =>
    band.currency === null ? formatShare(value) : `${band.currency} ${formatCount(value)}`;
  if (band.low === null) return band.high === null ? 'not said' : `up to ${format(band.high)}`;
  if (band.high === null) return `${format(band.low)} and more`;
  return band.low === band.high ? format(band.low) : `${format(band.low)} to ${format(band.high)}`;
}

function sizeOf(band: PublishedBand): string {
  if (band.followersMin === null) return 'size not said';
  return band.followersMax === null
    ? `${formatCompact(band.followersMin)} and more`
    : `${formatCompact(band.followersMin)} to ${formatCompact(band.followersMax)}`;
}
