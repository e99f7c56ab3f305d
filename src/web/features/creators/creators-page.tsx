import { Button } from '@mantine/core';
import { IconDownload, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { countCreators, exportCreators, listCreators } from '#modules/creators/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FillWays } from '#web/shell/fill-ways.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { AddCreatorsDialog } from './add-creators-dialog.tsx';
import { CreatorsBulk } from './creators-bulk.tsx';
import { creatorColumns } from './creators-columns.tsx';
import { CreatorsFilters, sizes } from './creators-filters.tsx';
import { creatorsSearch, toFilter } from './creators-search.ts';
import { CreatorsTabs } from './creators-tabs.tsx';
import './creators.css';

/** Everybody the workspace knows: filter, sort, choose, act on many, export. */
export function CreatorsPage() {
  const [state, setState] = useSearchState(creatorsSearch);
  const [chosen, setChosen] = useState<string[]>([]);
  const go = useGo();
  const canWrite = useCan('creators:write');
  const filter = toFilter(state, sizes);
  const counts = useApiQuery(countCreators, filter, { keepPrevious: true });
  const { rows, query } = useApiPages(listCreators, { ...filter, sort: state.sort, desc: state.desc, limit: 100 });
  const download = useDownload(exportCreators);
  const isFiltered = Object.keys(filter).length > 0;
  const save = (input: Parameters<typeof download.start>[0]) =>
    download.start(input, 'creators.csv').catch((error) => sayFailed('Not exported', error));
  const title = counts.data === undefined ? 'Creators' : titleOf(counts.data, isFiltered);
  const openImport = () => go('/creators/import');

  return (
    <div className="page">
      <PageHeader
        title={title}
        actions={
          <>
            <Button
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
              loading={download.isRunning}
              disabled={rows.length === 0}
              onClick={() => void save(filter)}
            >
              Export
            </Button>
            {canWrite && (
              <Button
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                onClick={() => setState({ add: 'paste' })}
              >
                Add creators
              </Button>
            )}
            {canWrite && (
              <Button variant="filled" onClick={openImport}>
                Import a file
              </Button>
            )}
          </>
        }
      />
      <CreatorsTabs />
      <CreatorsFilters state={state} onChange={setState} counts={counts.data} />
      <DataTable
        label="Creators"
        columns={creatorColumns}
        rows={query.isPending ? undefined : rows}
        rowId={(row) => row.id}
        tall
        sort={{
          value: { by: state.sort, desc: state.desc },
          onChange: (next) => setState({ sort: creatorsSearch.shape.sort.parse(next.by), desc: next.desc }),
        }}
        selection={{ value: chosen, onChange: setChosen }}
        more={{
          onOpen: (row) => go('/creators/$personId', { params: { personId: row.id } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          },
          height: `max(360px, calc(100dvh - ${chosen.length > 0 ? 410 : 330}px))`,
          empty: isFiltered ? (
            <EmptyState
              title="Nobody fits these filters"
              action={
                <Button
                  onClick={() =>
                    setState({
                      q: undefined,
                      platforms: undefined,
                      niches: undefined,
                      fields: undefined,
                      countries: undefined,
                      tags: undefined,
                      size: undefined,
                    })
                  }
                >
                  Clear the filters
                </Button>
              }
            >
              Take one away, or search by a part of the handle.
            </EmptyState>
          ) : (
            <FillWays />
          ),
        }}
      />
      <CreatorsBulk
        chosen={chosen}
        rows={rows}
        onClear={() => setChosen([])}
        onExport={() => void save({ personIds: chosen })}
      />
      <AddCreatorsDialog
        way={state.add ?? null}
        onClose={() => setState({ add: undefined })}
        onWay={(add) => setState({ add })}
      />
    </div>
  );
}

function titleOf(counts: { matching: number; total: number; addedThisWeek: number }, isFiltered: boolean): string {
  if (isFiltered) return `${formatCount(counts.matching)} of ${formatPlural(counts.total, 'creator')}`;
  if (counts.total === 0) return 'No creators yet';
  return counts.addedThisWeek > 0 && counts.addedThisWeek < counts.total
    ? `${formatPlural(counts.total, 'creator')}, ${formatCount(counts.addedThisWeek)} new this week`
    : formatPlural(counts.total, 'creator');
}
