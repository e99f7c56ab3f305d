import { getSeen, type SeenCredit } from '#modules/attribution/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatCount, formatDecimal } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Who } from './who.tsx';

/** What may have been seen without a click or a code in time; beside paid credit, never in it. */
export function SeenSection({ campaignId }: { campaignId: string }) {
  const query = useApiQuery(getSeen, { campaignId });
  return (
    <QueryState query={query}>
      {(seen) => (
        <Section
          title="Seen, not paid"
          note={`${seen.from} to ${seen.to}; kept apart from tracked credit, never added to it`}
        >
          {seen.creators.length === 0 && seen.posts.length === 0 ? (
            <p className="meta">No order of nobody names a creator of this campaign, and no post of it went live.</p>
          ) : (
            <div className="stack">
              {seen.creators.length > 0 && (
                <DataTable
                  label="Orders that creators were seen or named at"
                  columns={creatorColumns}
                  rows={seen.creators}
                  rowId={(row) => row.creator?.personId ?? ''}
                  tall
                />
              )}
              {seen.posts.length > 0 && <Posts seen={seen} />}
            </div>
          )}
        </Section>
      )}
    </QueryState>
  );
}

const creatorColumns: TableColumn<SeenCredit['creators'][number]>[] = [
  { id: 'creator', header: 'Creator', cell: (row) => <Who creator={row.creator} none="No longer here" /> },
  { id: 'late', header: 'Code or click too late', width: 180, align: 'end', cell: (row) => formatCount(row.late) },
  { id: 'said', header: 'Named by customers', width: 170, align: 'end', cell: (row) => formatCount(row.said) },
];

function Posts({ seen }: { seen: SeenCredit }) {
  const { timeZone } = useWorkspace();
  const columns: TableColumn<SeenCredit['posts'][number]>[] = [
    {
      id: 'post',
      header: 'Post',
      cell: (row) => (
        <div>
          <b className="clip">{row.title}</b>
          <span className="meta">{formatDateTime(row.liveAt, timeZone)}</span>
        </div>
      ),
    },
    { id: 'creator', header: 'Creator', width: 190, from: 680, cell: (row) => <Who creator={row.creator} /> },
    { id: 'after', header: 'After', width: 80, align: 'end', cell: (row) => formatCount(row.after) },
    { id: 'before', header: 'Before', width: 80, align: 'end', from: 680, cell: (row) => formatCount(row.before) },
    {
      id: 'difference',
      header: 'Difference, 95 % interval',
      width: 260,
      from: 900,
      cell: (row) => (
        <div>
          {row.difference === null ? (
            <span className="meta">{row.why}</span>
          ) : (
            `${formatDecimal(row.difference.orders, 0)} (${formatDecimal(row.difference.low, 0)} to ${formatDecimal(row.difference.high, 0)})`
          )}
          {row.others > 0 && <span className="meta">, with {formatCount(row.others)} other posts in these days</span>}
        </div>
      ),
    },
  ];
  return (
    <>
      <p className="meta">
        Orders nobody is paid for, {seen.postDays} days after each post and {seen.postDays} days before it. A difference
        is no proof: other things happen in the same days.
      </p>
      <DataTable
        label="Orders around posts"
        columns={columns}
        rows={seen.posts}
        rowId={(row) => row.liveAt + row.title}
        tall
      />
    </>
  );
}
