import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Platform } from '#kernel/platform.ts';
import { type BrandCreator, listBrandCreators, type Payment } from '#modules/discovery/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useGo } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { AddToList } from './add-to-list.tsx';
import { PaymentWords } from './payment-words.tsx';

export interface BrandAsked {
  brandId: string;
  from: string;
  to: string;
  platform?: Platform;
}

type Sort = 'posts' | 'followers' | 'engagements' | 'views' | 'last';
const payments = ['paid', 'organic', 'unknown'] as const;
const paymentLabels: Record<Payment, string> = { paid: 'Paid', organic: 'Organic', unknown: 'Not said' };

const dateOf = (at: string | null) => (at === null ? <span className="ink-3">not known</span> : formatDate(at));

const columns: TableColumn<BrandCreator>[] = [
  {
    id: 'name',
    header: 'Creator',
    cell: (row) => (
      <div className="who">
        <Avatar id={row.personId} name={row.name} size={32} />
        <div>
          <b className="clip">{row.name}</b>
          <span className="meta clip">{row.profile === null ? 'no profile' : `@${row.profile.handle}`}</span>
        </div>
      </div>
    ),
  },
  { id: 'posts', header: 'Posts', width: 80, align: 'end', isSortable: true, cell: (row) => row.posts },
  { id: 'paid', header: 'Paid or organic', width: 170, from: 900, cell: (row) => <PaymentWords row={row} /> },
  {
    id: 'followers',
    header: 'Followers',
    width: 100,
    align: 'end',
    isSortable: true,
    cell: (row) =>
      row.profile?.followers == null ? <span className="ink-3">not known</span> : formatCompact(row.profile.followers),
  },
  {
    id: 'engagements',
    header: 'Engagements',
    width: 120,
    align: 'end',
    isSortable: true,
    from: 680,
    cell: (row) => (
      <Figure
        label="Engagements"
        value={row.engagements === null ? null : formatCompact(row.engagements)}
        meaning={{
          formula: 'Likes + comments of the posts about the brand, where both are known',
          source: 'Posts of this workspace',
          n: `${row.engagementPosts} of ${row.posts} posts`,
        }}
      />
    ),
  },
  {
    id: 'follows',
    header: 'Follows it',
    width: 110,
    from: 1240,
    cell: (row) =>
      row.followsBrand === null ? <span className="ink-3">not known</span> : row.followsBrand ? 'yes' : 'no',
  },
  { id: 'first', header: 'First', width: 130, align: 'end', from: 1240, cell: (row) => dateOf(row.firstAt) },
  {
    id: 'last',
    header: 'Last',
    width: 130,
    align: 'end',
    isSortable: true,
    from: 680,
    cell: (row) => dateOf(row.lastAt),
  },
];

interface Props {
  asked: BrandAsked;
  payment: Payment | undefined;
  sort: Sort;
  onPayment: (payment: Payment | undefined) => void;
  onSort: (sort: Sort) => void;
}

/** Who posts about a brand; chosen ones can be put on a list. */
export function BrandCreators({ asked, payment, sort, onPayment, onSort }: Props) {
  const { rows, query } = useApiPages(listBrandCreators, {
    ...asked,
    sort,
    limit: 100,
    ...(payment === undefined ? {} : { payment }),
  });
  const [chosen, setChosen] = useState<string[]>([]);
  const go = useGo();
  return (
    <>
      <Select
        aria-label="Paid or organic"
        placeholder="Paid and organic"
        clearable
        w={180}
        data={payments.map((one) => ({ value: one, label: paymentLabels[one] }))}
        value={payment ?? null}
        onChange={(next) => onPayment(payments.find((one) => one === next))}
      />
      <DataTable
        label="Creators who post about the brand"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(row) => row.personId}
        tall
        sort={{
          value: { by: sort, desc: true },
          onChange: ({ by }) => onSort(by === 'followers' || by === 'engagements' || by === 'last' ? by : 'posts'),
        }}
        selection={{ value: chosen, onChange: setChosen }}
        more={{
          onOpen: (row) => go('/creators/$personId', { params: { personId: row.personId } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => void (query.hasNextPage && query.fetchNextPage()),
          empty: (
            <EmptyState title="Nobody in this period">
              No post of this workspace names the brand on these days. Choose a longer period, or import posts of more
              creators.
            </EmptyState>
          ),
        }}
      />
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
