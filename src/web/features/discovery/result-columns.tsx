import { IconMail } from '@tabler/icons-react';
import type { Filter, Hit, HitDetails, MatchRow } from '#modules/discovery/api.ts';
import { usePicture } from '#web/api/use-picture.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatChange, formatCount, formatShare } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PercentileMark } from '#web/ui/percentile-mark.tsx';
import { Spark } from '#web/ui/spark.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { type AudienceMatch, audienceMatch } from './audience-match.ts';
import { type Averaging, EngagementFigure, FollowersFigure } from './hit-figures.tsx';
import { followersByMonth, nameOf } from './hit-words.ts';
import { PriceFigure, priceOf } from './price-figure.tsx';
import { ScoreFigure } from './score-figure.tsx';

export interface ColumnsOf {
  details: ReadonlyMap<string, HitDetails>;
  /** The first filter on an audience, which the match is with. */
  audience: Filter | null;
  price: { currency: string; format?: string | undefined };
  calculation: Averaging['calculation'];
  /** Rows of a match by creator; null when nothing is matched. */
  match: { rows: ReadonlyMap<string, MatchRow>; method: string } | null;
  /** Whether a preview stands beside the table and says the price anyway. */
  isBeside?: boolean;
}

/** The columns of the results: the score only where a brief is matched, the audience only where one is asked for. */
export function resultColumns({
  details,
  audience,
  price,
  calculation,
  match,
  isBeside = false,
}: ColumnsOf): TableColumn<Hit>[] {
  const isSortable = match === null;
  const columns: TableColumn<Hit>[] = [
    { id: 'name', header: 'Creator', isSortable, cell: (hit) => <Who hit={hit} /> },
    {
      id: 'followers',
      header: 'Followers, 6 months',
      width: isBeside ? 148 : 172,
      isSortable,
      cell: (hit) => <Followers hit={hit} />,
    },
    {
      id: 'engagementRate',
      header: calculation === 'median' ? 'Engagement, median' : 'Engagement, peers',
      width: isBeside ? 152 : 168,
      isSortable,
      from: 680,
      cell: (hit) => <Engagement hit={hit} averaging={{ calculation, details: details.get(hit.personId) }} />,
    },
  ];
  if (audience !== null)
    columns.push({
      id: 'audience',
      header: 'Audience match',
      width: 132,
      from: 680,
      cell: (hit) => <Audience match={audienceMatch(audience, hit, details.get(hit.personId))} />,
    });
  if (!isBeside)
    columns.push({
      id: 'price',
      header: 'Price',
      width: 104,
      align: 'end',
      from: 680,
      cell: (hit) => <PriceFigure price={priceOf(details.get(hit.personId), price)} />,
    });
  if (match !== null)
    columns.push({
      id: 'score',
      header: 'Score',
      width: 72,
      align: 'end',
      cell: (hit) => {
        const row = match.rows.get(hit.personId);
        return row === undefined ? <Unknown /> : <ScoreFigure row={row} method={match.method} />;
      },
    });
  return [...columns, ...furtherColumns(isSortable)];
}

function furtherColumns(isSortable: boolean): TableColumn<Hit>[] {
  return [
    {
      id: 'niche',
      header: 'Niche',
      width: 104,
      isSortable,
      from: 1240,
      cell: (hit) => (
        <span className="clip block">{hit.niches.join(', ') || hit.profile?.category || <Unknown />}</span>
      ),
    },
    {
      id: 'lastPost',
      header: 'Last post',
      width: 120,
      align: 'end',
      isSortable,
      from: 1240,
      cell: (hit) =>
        hit.profile?.lastPostAt ? <span className="ink-2">{formatWhen(hit.profile.lastPostAt)}</span> : <Unknown />,
    },
  ];
}

function Audience({ match }: { match: AudienceMatch | null }) {
  const n = match?.n ?? null;
  const interval =
    match === null || match.low === null || match.high === null
      ? null
      : `${Math.round(match.low * 100)}–${Math.round(match.high * 100)}`;
  return (
    <span className="discover-audience">
      <Figure
        label="Audience match"
        value={match === null ? null : formatShare(match.share)}
        meaning={{
          formula: 'Share of the audience that is as asked for',
          n: n === null ? 'sample size not stated' : `${formatCount(n)} followers sampled`,
          ...(match?.source ? { source: match.source } : {}),
          ...(match?.at ? { asOf: match.at } : {}),
          ...(interval === null ? {} : { interval: `95 % interval ${interval} %` }),
        }}
      />
      {interval !== null && <span className="meta">{interval}</span>}
    </span>
  );
}

function Unknown() {
  return <span className="ink-3">–</span>;
}

function Who({ hit }: { hit: Hit }) {
  const pictureOf = usePicture();
  return (
    <div className="who">
      <Avatar id={hit.personId} name={nameOf(hit)} size={36} picture={pictureOf(hit.facts)} />
      <div>
        <b className="clip">{nameOf(hit)}</b>
        <span className="meta clip">
          {hit.profile === null ? 'no profile' : `@${hit.profile.handle}`}
          {hit.otherProfiles.length > 0 && ` +${hit.otherProfiles.length}`}
          {hit.hasEmail && <IconMail className="i i-14 discover-mail" aria-label="has an e-mail address" />}
        </span>
      </div>
    </div>
  );
}

function Followers({ hit }: { hit: Hit }) {
  if (hit.profile === null) return <Unknown />;
  const values = followersByMonth(hit.profile);
  const hasHistory = values.filter((value) => value !== null).length > 1;
  const change = hit.profile.growth[5] ?? hit.profile.growth[2] ?? hit.profile.growth[0] ?? null;
  return (
    <div className="discover-followers">
      {hasHistory ? (
        <Spark
          values={values}
          look={change !== null && change > 0 ? 'up' : 'plain'}
          width={52}
          label={`Followers, 6 months${change === null ? '' : `: ${formatChange(change)}`}`}
        />
      ) : (
        <span className="discover-nospark" />
      )}
      <div>
        <FollowersFigure profile={hit.profile} />
        {change !== null && <span className="meta">{formatChange(change)}</span>}
      </div>
    </div>
  );
}

function Engagement({ hit, averaging }: { hit: Hit; averaging: Averaging }) {
  if (hit.profile === null) return <Unknown />;
  const { peers } = hit;
  return (
    <div className="discover-engagement">
      {/* Peers are compared by averages: their scale says nothing of a median. */}
      {peers === null || averaging.calculation === 'median' ? (
        <span className="discover-nospark" />
      ) : (
        <PercentileMark
          percentile={peers.percentile}
          peers={`${formatCount(peers.n)} ${peers.tier} creators on ${peers.platform}`}
        />
      )}
      <EngagementFigure profile={hit.profile} averaging={averaging} />
    </div>
  );
}
