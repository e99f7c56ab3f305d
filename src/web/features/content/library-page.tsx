import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listAssets } from '#modules/content/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { AddDialog } from './add-dialog.tsx';
import { AssetGrid } from './asset-grid.tsx';
import { AssetPanel } from './asset-panel.tsx';
import { LibraryFilters } from './library-filters.tsx';
import { librarySearch, toInput } from './library-search.ts';
import { RightsDialog } from './rights-dialog.tsx';
import './content.css';

/** Everything creators posted for us or sent us: find it, see what may be done with it and where it runs. */
export function LibraryPage() {
  const [state, setState] = useSearchState(librarySearch);
  const [chosen, setChosen] = useState<string[]>([]);
  const [asking, setAsking] = useState<'request' | 'grant' | null>(null);
  const canWrite = useCan('content:write');
  const input = toInput(state);
  const counts = useApiQuery(listAssets, { ...input, limit: 1 }, { keepPrevious: true });
  const ending = useApiQuery(listAssets, { rights: 'ending', limit: 1 });
  const { rows, query } = useApiPages(listAssets, { ...input, limit: 60 });
  const isFiltered = Object.keys(input).length > 1;
  const total = counts.data?.total;
  const endingSoon = ending.data?.total ?? 0;
  const step = (by: number) => {
    const next = rows[rows.findIndex((row) => row.id === state.open) + by];
    return next === undefined ? undefined : () => setState({ open: next.id });
  };
  return (
    <div className="page">
      <PageHeader
        title={total === undefined ? 'Content' : titleOf({ total, isFiltered, endingSoon })}
        actions={
          canWrite && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
              onClick={() => setState({ add: 'url' })}
            >
              Add content
            </Button>
          )
        }
      />
      <LibraryFilters state={state} onChange={setState} />
      <div className={state.open === undefined ? undefined : 'with-side'}>
        <div className="stack">
          {query.error !== null && rows.length === 0 ? (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          ) : query.isPending ? (
            <SkeletonLines />
          ) : rows.length === 0 ? (
            <Empty
              isFiltered={isFiltered}
              onClear={() =>
                setState({ q: '', rights: undefined, platform: undefined, how: undefined, colour: undefined })
              }
            />
          ) : (
            <AssetGrid
              rows={rows}
              chosen={chosen}
              onChoose={canWrite ? setChosen : null}
              openId={state.open}
              onOpen={(open) => setState({ open })}
              more={{
                has: query.hasNextPage,
                isBusy: query.isFetchingNextPage,
                load: () => void query.fetchNextPage(),
              }}
            />
          )}
        </div>
        {state.open !== undefined && (
          <AssetPanel
            assetId={state.open}
            onClose={() => setState({ open: undefined })}
            onPrevious={step(-1)}
            onNext={step(1)}
          />
        )}
      </div>
      <BulkBar count={chosen.length} title={`${formatCount(chosen.length)} chosen`} onClear={() => setChosen([])}>
        <Button onClick={() => setAsking('grant')}>Write down a right</Button>
        <Button variant="filled" onClick={() => setAsking('request')}>
          Ask for rights
        </Button>
      </BulkBar>
      {asking !== null && (
        <RightsDialog how={asking} assetIds={chosen} onClose={() => setAsking(null)} onDone={() => setChosen([])} />
      )}
      <AddDialog
        way={state.add ?? null}
        onWay={(add) => setState({ add })}
        onAdded={(open) => setState({ open, add: undefined })}
      />
    </div>
  );
}

function titleOf({
  total,
  isFiltered,
  endingSoon,
}: {
  total: number;
  isFiltered: boolean;
  endingSoon: number;
}): string {
  if (isFiltered) return `${formatPlural(total, 'piece')} found`;
  if (total === 0) return 'No content yet';
  const whole = formatPlural(total, 'piece of content', 'pieces of content');
  return endingSoon === 0 ? whole : `${whole}, rights to ${formatCount(endingSoon)} end within 30 days`;
}

function Empty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered)
    return (
      <EmptyState title="Nothing fits these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
        Take one away, or search by other words.
      </EmptyState>
    );
  return (
    <EmptyState title="No content yet">
      Posts of creators on your campaigns come in by themselves: by the address of a deliverable, a mention or a
      hashtag. Others you add by address or as a file.
    </EmptyState>
  );
}
