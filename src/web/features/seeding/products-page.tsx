import { Button, Select, TextInput } from '@mantine/core';
import { IconPackage, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  exportProducts,
  getProductPicture,
  listProducts,
  listShopProducts,
  type Product,
} from '#modules/seeding/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { ProductImportDialog } from './product-import.tsx';
import './seeding.css';

const search = z.object({
  q: z.string().default(''),
  category: z.string().optional(),
  shop: z.string().optional(),
  state: z.enum(['active', 'gone', 'all']).catch('active').default('active'),
});

/** The catalogue creators choose from: own products and those of connected shops. */
export function ProductsPage() {
  const [state, setState] = useSearchState(search);
  const [open, setOpen] = useState<Product | 'new' | 'import' | null>(null);
  const mayWrite = useCan('campaigns:write');
  const shops = useApiQuery(listShopProducts, {});
  const filter = {
    state: state.state,
    ...(state.q === '' ? {} : { q: state.q }),
    ...(state.category === undefined ? {} : { category: state.category }),
    ...(state.shop === undefined ? {} : { shopId: state.shop }),
  };
  const { rows, query } = useApiPages(listProducts, { limit: 100, ...filter });
  const { data: first } = useApiQuery(listProducts, { limit: 1, ...filter }, { keepPrevious: true });
  const isFiltered =
    state.q !== '' || state.category !== undefined || state.shop !== undefined || state.state !== 'active';
  const isEmpty = first?.total === 0 && !isFiltered;
  return (
    <div className="page">
      <PageHeader
        title={first === undefined || isEmpty ? 'Products' : `${formatPlural(first.total, 'product')} to give`}
        sub={<Sub />}
        actions={mayWrite && <Actions onOpen={setOpen} hasProducts={!isEmpty} />}
      />
      {isEmpty ? (
        <EmptyState
          icon={IconPackage}
          title="No products yet"
          action={
            mayWrite && (
              <>
                <Button variant="filled" onClick={() => setOpen('import')}>
                  Import a file
                </Button>
                <Button onClick={() => setOpen('new')}>Add a product</Button>
              </>
            )
          }
        >
          Add what creators may choose from by hand or from a file, or{' '}
          <AppLink to="/settings/shops">connect your shop</AppLink>.
        </EmptyState>
      ) : (
        <>
          <div className="row seeding-filter">
            <TextInput
              aria-label="Search products"
              placeholder="Name or SKU"
              leftSection={<IconSearch size={16} aria-hidden />}
              defaultValue={state.q}
              onChange={(event) => setState({ q: event.currentTarget.value })}
            />
            <Select
              aria-label="Category"
              placeholder="Any category"
              clearable
              data={first?.categories ?? []}
              value={state.category ?? null}
              onChange={(category) => setState({ category: category ?? undefined })}
            />
            <Select
              aria-label="Shop"
              placeholder="Own and shops"
              clearable
              data={[
                { value: 'own', label: 'Own products' },
                ...(shops.data ?? []).map((shop) => ({ value: shop.shopId, label: shop.name })),
              ]}
              value={state.shop ?? null}
              onChange={(shop) => setState({ shop: shop ?? undefined })}
            />
            <Select
              aria-label="State"
              allowDeselect={false}
              data={[
                { value: 'active', label: 'To be had' },
                { value: 'gone', label: 'Gone' },
                { value: 'all', label: 'All' },
              ]}
              value={state.state}
              onChange={(next) => setState({ state: search.shape.state.parse(next) })}
            />
          </div>
          <DataTable
            label="Products"
            columns={columns}
            rows={query.isPending ? undefined : rows}
            rowId={(row) => row.id}
            tall
            more={{
              ...(mayWrite ? { onOpen: setOpen } : {}),
              error: query.error,
              onRetry: () => void query.refetch(),
              onEnd: () => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage(),
              empty: <p className="meta seeding-none">No product fits these filters.</p>,
              ...(rows.length > 100 ? { height: 680 } : {}),
            }}
          />
        </>
      )}
      {open === 'import' && <ProductImportDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'import' && (
        <ProductDialog product={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function Sub() {
  return (
    <>
      Costs count at cost of goods, never at retail. <AppLink to="/settings/shops">Shops</AppLink> ·{' '}
      <AppLink to="/products/do-not-gift">Do-not-gift list</AppLink>
    </>
  );
}

function Actions({ onOpen, hasProducts }: { onOpen: (open: 'new' | 'import') => void; hasProducts: boolean }) {
  const download = useDownload(exportProducts);
  if (!hasProducts) return null;
  return (
    <>
      <Button
        loading={download.isRunning}
        onClick={() =>
          void download.start({}, 'products.csv').catch((error: unknown) => sayFailed('Not exported', error))
        }
      >
        Export
      </Button>
      <Button onClick={() => onOpen('import')}>Import</Button>
      <Button variant="filled" onClick={() => onOpen('new')}>
        Add a product
      </Button>
    </>
  );
}

export function Thumb({ product }: { product: Product }) {
  const client = useClient();
  const { slug } = useWorkspace();
  if (product.pictureId === null)
    return (
      <span className="seeding-thumb" aria-hidden="true">
        <IconPackage size={18} stroke={1.6} />
      </span>
    );
  const input = { productId: product.id, pictureId: product.pictureId, workspace: slug };
  return <img className="seeding-thumb" alt="" src={client.url(getProductPicture, input)} loading="lazy" />;
}

const columns: TableColumn<Product>[] = [
  {
    id: 'name',
    header: 'Product',
    cell: (row) => (
      <div className="seeding-product">
        <Thumb product={row} />
        <div>
          <b>{row.name}</b>
          <span className="meta block">
            {row.shop?.name ?? 'own'}
            {row.category === null ? '' : `, ${row.category}`}
          </span>
        </div>
      </div>
    ),
  },
  {
    id: 'variants',
    header: 'Variants',
    width: 90,
    align: 'end',
    from: 680,
    cell: (row) => <span className="num">{formatCount(row.variants.length)}</span>,
  },
  {
    id: 'cost',
    header: 'Cost',
    width: 110,
    align: 'end',
    cell: (row) => <Money value={row.variants[0]?.cost ?? null} />,
  },
  {
    id: 'price',
    header: 'Retail',
    width: 110,
    align: 'end',
    from: 900,
    cell: (row) => <Money value={row.variants[0]?.price ?? null} />,
  },
  { id: 'stock', header: 'Available', width: 120, align: 'end', cell: (row) => <Stock product={row} /> },
  {
    id: 'ships',
    header: 'Sent to',
    width: 140,
    from: 1240,
    cell: (row) => <span className="clip">{row.shipsTo === null ? 'everywhere' : row.shipsTo.join(', ')}</span>,
  },
];

function Stock({ product }: { product: Product }) {
  if (product.state === 'gone') return <Tag>gone</Tag>;
  const counts = product.variants.map((variant) => variant.available);
  if (counts.some((count) => count === null)) return <span className="ink-3">not counted</span>;
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  return sum === 0 ? <Tag tone="warn">sold out</Tag> : <span className="num">{formatCount(sum)}</span>;
}
