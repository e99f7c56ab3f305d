import { IconMail } from '@tabler/icons-react';
import type { Hit } from '#modules/discovery/api.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatChange, formatCount } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PercentileMark } from '#web/ui/percentile-mark.tsx';
import { Spark } from '#web/ui/spark.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { EngagementFigure, FollowersFigure } from './hit-figures.tsx';
import { countryName, followersByMonth, nameOf } from './hit-words.ts';

export const columns: TableColumn<Hit>[] = [
  { id: 'name', header: 'Creator', isSortable: true, cell: (hit) => <Who hit={hit} /> },
  { id: 'followers', header: 'Followers', width: 156, isSortable: true, cell: (hit) => <Followers hit={hit} /> },
  {
    id: 'engagementRate',
    header: 'Engagement, peers',
    width: 168,
    isSortable: true,
    from: 680,
    cell: (hit) => <Engagement hit={hit} />,
  },
  {
    id: 'niche',
    header: 'Niche',
    width: 112,
    isSortable: true,
    from: 900,
    cell: (hit) => <span className="clip block">{hit.niches.join(', ') || hit.profile?.category || <Unknown />}</span>,
  },
  {
    id: 'country',
    header: 'Country',
    width: 128,
    isSortable: true,
    from: 1240,
    cell: (hit) =>
      hit.country === null ? (
        <Unknown />
      ) : (
        <span className="clip block" title={hit.city ?? undefined}>
          {countryName(hit.country)}
        </span>
      ),
  },
  {
    id: 'lastPost',
    header: 'Last post',
    width: 112,
    align: 'end',
    isSortable: true,
    from: 1240,
    cell: (hit) =>
      hit.profile?.lastPostAt ? <span className="ink-2">{formatWhen(hit.profile.lastPostAt)}</span> : <Unknown />,
  },
];

function Unknown() {
  return <span className="ink-3">–</span>;
}

function Who({ hit }: { hit: Hit }) {
  return (
    <div className="who">
      <Avatar id={hit.personId} name={nameOf(hit)} size={36} />
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

function Engagement({ hit }: { hit: Hit }) {
  if (hit.profile === null) return <Unknown />;
  const { peers } = hit;
  return (
    <div className="discover-engagement">
      {peers === null ? (
        <span className="discover-nospark" />
      ) : (
        <PercentileMark
          percentile={peers.percentile}
          peers={`${formatCount(peers.n)} ${peers.tier} creators on ${peers.platform}`}
        />
      )}
      <EngagementFigure profile={hit.profile} />
    </div>
  );
}
