import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { platformNames } from '#kernel/platform.ts';
import { listBrandFollowers } from '#modules/discovery/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useGo } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCompact, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { AddToList } from './add-to-list.tsx';
import { FollowerFiles } from './follower-files.tsx';

type Row = OutputOf<typeof listBrandFollowers>['rows'][number];
const unknown = <span className="ink-3">not known</span>;

const columns: TableColumn<Row>[] = [
  {
    id: 'name',
    header: 'Creator',
    cell: (row) => (
      <div className="who">
        <Avatar id={row.personId} name={row.name} size={32} />
        <div>
          <b className="clip">{row.name}</b>
          <span className="meta clip">@{row.handle}</span>
        </div>
      </div>
    ),
  },
  { id: 'platform', header: 'Follows on', width: 110, from: 900, cell: (row) => platformNames[row.platform] },
  {
    id: 'followers',
    header: 'Followers',
    width: 100,
    align: 'end',
    isSortable: true,
    cell: (row) => (row.followers === null ? unknown : formatCompact(row.followers)),
  },
  {
    id: 'engagement',
    header: 'Engagement',
    width: 130,
    align: 'end',
    isSortable: true,
    from: 680,
    cell: (row) => (row.engagementRate === null ? unknown : formatShare(row.engagementRate)),
  },
  { id: 'mentions', header: 'Posts about it', width: 120, align: 'end', cell: (row) => row.mentions },
  {
    id: 'last',
    header: 'Last',
    width: 130,
    align: 'end',
    from: 680,
    cell: (row) => (row.lastMentionAt === null ? <span className="ink-3">none</span> : formatDate(row.lastMentionAt)),
  },
];

/** Creators of the workspace among the brand's followers, and the files that say so. */
export function BrandFollowers({ brandId }: { brandId: string }) {
  const [sort, setSort] = useState<'followers' | 'engagement'>('followers');
  const [chosen, setChosen] = useState<string[]>([]);
  const go = useGo();
  const { rows, query } = useApiPages(listBrandFollowers, { brandId, sort, limit: 100 });
  const about = useApiQuery(listBrandFollowers, { brandId, sort, limit: 1 });
  return (
    <>
      {about.data && <p className="discover-note">{about.data.note}</p>}
      <DataTable
        label="Creators who follow the brand"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(row) => row.personId}
        tall
        sort={{
          value: { by: sort, desc: true },
          onChange: ({ by }) => setSort(by === 'engagement' ? 'engagement' : 'followers'),
        }}
        selection={{ value: chosen, onChange: setChosen }}
        more={{
          onOpen: (row) => go('/creators/$personId', { params: { personId: row.personId } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => void (query.hasNextPage && query.fetchNextPage()),
          empty: (
            <EmptyState
              title={about.data?.files === 0 ? 'No file of its followers yet' : 'None of your creators follow it'}
            >
              Import the brand’s followers, one handle a line, and the creators of this workspace among them stand here.
            </EmptyState>
          ),
        }}
      />
      <FollowerFiles brandId={brandId} />
      <BulkBar
        count={chosen.length}
        title={`${formatPlural(chosen.length, 'creator')} chosen`}
        faces={rows.filter((row) => chosen.includes(row.personId)).map((row) => ({ id: row.personId, name: row.name }))}
        onClear={() => setChosen([])}
      >
        <AddToList personIds={chosen} isPrimary />
      </BulkBar>
    </>
  );
}
