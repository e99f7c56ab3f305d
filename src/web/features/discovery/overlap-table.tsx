import { platformNames } from '#kernel/platform.ts';
import type { AudienceOverlap } from '#modules/discovery/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatCount } from '#web/ui/format-number.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { ReckonedFigure } from './reckoned-figure.tsx';

type Row = AudienceOverlap['creators'][number];

function columnsOf(answer: AudienceOverlap): TableColumn<Row>[] {
  return [...whoColumns, ...shareColumns(answer.note), knownBy];
}

const whoColumns: TableColumn<Row>[] = [
  {
    id: 'creator',
    header: 'Creator',
    cell: (row) => (
      <div className="who">
        <Avatar id={row.personId} name={row.name} size={32} />
        <div>
          <b className="clip">
            <AppLink to="/creators/$personId" params={{ personId: row.personId }}>
              {row.name}
            </AppLink>
          </b>
          <span className="meta clip">@{row.handle}</span>
        </div>
      </div>
    ),
  },
  {
    id: 'followers',
    header: 'Followers',
    width: 100,
    align: 'end',
    cell: (row) => (
      <Figure
        label="Followers"
        value={formatCompact(row.followers)}
        meaning={{
          formula: row.set.coverage === 'complete' ? 'Counted in the file' : 'As stated with the sample',
          source: `${row.set.source}, ${row.set.fileName}`,
          n: `${formatCount(row.set.size)} in the file`,
          asOf: row.set.takenOn,
        }}
      />
    ),
  },
];

function shareColumns(source: string): TableColumn<Row>[] {
  return [
    {
      id: 'unique',
      header: 'Only theirs',
      width: 130,
      align: 'end',
      from: 680,
      cell: (row) => (
        <ReckonedFigure
          label="Only theirs"
          figure={row.unique}
          as="count"
          formula="Followers who follow none of the others"
          source={source}
        />
      ),
    },
    {
      id: 'uniqueShare',
      header: 'Only theirs, %',
      width: 130,
      align: 'end',
      cell: (row) => (
        <ReckonedFigure
          label="Share only theirs"
          figure={row.uniqueShare}
          as="share"
          formula="Followers who follow none of the others / followers"
          source={source}
        />
      ),
    },
    {
      id: 'overlap',
      header: 'Shared, %',
      width: 130,
      align: 'end',
      from: 680,
      cell: (row) => (
        <ReckonedFigure
          label="Share shared"
          figure={row.overlappingShare}
          as="share"
          formula="Followers who follow any of the others too / followers"
          source={source}
        />
      ),
    },
  ];
}

const knownBy: TableColumn<Row> = {
  id: 'file',
  header: 'Known by',
  width: 290,
  from: 900,
  cell: (row) => (
    <span className="meta clip block">
      {row.set.coverage === 'complete'
        ? 'every follower'
        : `${formatCompact(row.set.size)} of ${formatCompact(row.set.total)}`}{' '}
      · {platformNames[row.set.platform]} · {row.set.takenOn}
    </span>
  ),
};

/** Each creator's own and shared followers. */
export function OverlapTable({ answer }: { answer: AudienceOverlap }) {
  return (
    <DataTable
      label="Creators and their audiences"
      columns={columnsOf(answer)}
      rows={answer.creators}
      rowId={(row) => row.personId}
      tall
    />
  );
}
