import { platformNames } from '#kernel/platform.ts';
import type { CreatorListItem } from '#modules/creators/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { Figure } from '#web/ui/figure.tsx';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatCompact, formatCount, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { contactTypeNames, countryName, nameOf } from './words.ts';

const tagsShown = 2;

export const creatorColumns: TableColumn<CreatorListItem>[] = [
  { id: 'name', header: 'Creator', isSortable: true, cell: (row) => <Who row={row} /> },
  { id: 'platforms', header: 'Platforms', width: 150, from: 900, cell: (row) => <Platforms row={row} /> },
  {
    id: 'followers',
    header: 'Followers',
    width: 100,
    align: 'end',
    isSortable: true,
    cell: (row) => <Followers row={row} />,
  },
  {
    id: 'engagementRate',
    header: 'Engagement',
    width: 124,
    align: 'end',
    isSortable: true,
    from: 680,
    cell: (row) => <Engagement row={row} />,
  },
  {
    id: 'niches',
    header: 'Niche',
    width: 120,
    from: 680,
    cell: (row) => <span className="clip">{row.niches.join(', ')}</span>,
  },
  {
    id: 'country',
    header: 'Country',
    width: 136,
    from: 900,
    cell: (row) => (
      <span className="clip">
        {row.country === null ? <span className="ink-3">not known</span> : countryName(row.country)}
      </span>
    ),
  },
  {
    id: 'lastPost',
    header: 'Last post',
    width: 124,
    align: 'end',
    isSortable: true,
    from: 1240,
    cell: (row) => <LastPost row={row} />,
  },
  { id: 'tags', header: 'Tags', width: 130, from: 1240, cell: (row) => <Tags row={row} /> },
  {
    id: 'added',
    header: 'Added',
    width: 100,
    align: 'end',
    isSortable: true,
    from: 900,
    cell: (row) => <span className="meta">{formatDate(row.createdAt)}</span>,
  },
];

function Who({ row }: { row: CreatorListItem }) {
  const [main] = row.profiles;
  return (
    <div className="who">
      <Avatar id={row.id} name={nameOf(row)} size={32} />
      <div>
        <b>
          <AppLink to="/creators/$personId" params={{ personId: row.id }}>
            {nameOf(row)}
          </AppLink>
        </b>
        {main !== undefined && (
          <span className="meta">
            {row.name === null ? platformNames[main.platform] : `@${main.handle}`}
            {row.contactType === 'prospect' ? '' : `, ${contactTypeNames[row.contactType].toLowerCase()}`}
          </span>
        )}
      </div>
    </div>
  );
}

function Platforms({ row }: { row: CreatorListItem }) {
  return (
    <span className="clip">
      {[...new Set(row.profiles.map((profile) => platformNames[profile.platform]))].join(', ')}
    </span>
  );
}

/** Source, date and sample of one field of the main profile. */
function meaningOf(row: CreatorListItem, field: string, formula: string): FigureMeaning {
  const [main] = row.profiles;
  const stamp = main?.provenance[field] ?? main?.provenance['*'];
  if (stamp === undefined) return { formula };
  return {
    formula: stamp.formula ?? formula,
    source: stamp.source,
    asOf: stamp.at,
    ...(stamp.n === undefined ? {} : { n: `${stamp.n} posts` }),
  };
}

function Followers({ row }: { row: CreatorListItem }) {
  const value = row.profiles[0]?.followers ?? null;
  const formula =
    value === null ? 'No source has said it yet' : `${formatCount(value)} followers of the largest profile`;
  return (
    <Figure
      label="Followers"
      value={value === null ? null : formatCompact(value)}
      meaning={meaningOf(row, 'followers', formula)}
    />
  );
}

function Engagement({ row }: { row: CreatorListItem }) {
  const value = row.profiles[0]?.engagementRate ?? null;
  const formula =
    value === null
      ? 'Needs three posts with likes, or a source that states it'
      : 'Engagement rate of followers, as the source states it';
  return (
    <Figure
      label="Engagement rate"
      value={value === null ? null : formatShare(value)}
      missing="no data"
      meaning={meaningOf(row, 'engagementRate', formula)}
    />
  );
}

function LastPost({ row }: { row: CreatorListItem }) {
  const value = row.profiles[0]?.lastPostAt ?? null;
  return (
    <Figure
      label="Last post"
      value={value === null ? null : formatDate(value)}
      meaning={meaningOf(row, 'lastPostAt', 'Date of the newest post known')}
    />
  );
}

function Tags({ row }: { row: CreatorListItem }) {
  const rest = row.tags.length - tagsShown;
  return (
    <span className="row nowrap">
      {row.tags.slice(0, tagsShown).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {rest > 0 && <span className="meta">+{rest}</span>}
    </span>
  );
}
