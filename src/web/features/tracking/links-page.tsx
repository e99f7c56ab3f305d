import { Button, TextInput } from '@mantine/core';
import { IconLink, IconPlus, IconSearch } from '@tabler/icons-react';
import { z } from 'zod';
import { exportLinks, getTrackingSummary, importLinks, linkStateSchema, listLinks } from '#modules/tracking/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { linkColumns } from './link-columns.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { LinkPanel } from './link-panel.tsx';
import { RosterDialog } from './roster-dialog.tsx';
import { TrackingSummary } from './tracking-summary.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({
  q: z.string().default(''),
  state: z.enum(['all', ...linkStateSchema.options]).default('live'),
  sort: z.enum(['created', 'clicks', 'slug']).default('clicks'),
  desc: z.boolean().default(true),
  open: z.string().optional(),
  add: z.boolean().default(false),
  roster: z.boolean().default(false),
  file: z.boolean().default(false),
  tag: z.string().optional(),
  health: z.enum(['broken', 'unknown', 'ok']).optional(),
});

/** Every short link, most clicked first. */
export function LinksPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('tracking:write');
  const summary = useApiQuery(getTrackingSummary, { days: 7 });
  const { rows, query } = useApiPages(listLinks, {
    ...(state.q === '' ? {} : { q: state.q }),
    ...(state.state === 'all' ? {} : { state: state.state }),
    ...(state.tag === undefined ? {} : { tag: state.tag }),
    ...(state.health === undefined ? {} : { health: state.health }),
    sort: state.sort,
    desc: state.desc,
    limit: 100,
  });
  const open = rows.find((row) => row.id === state.open);
  const move = (step: number) => {
    const next = rows[rows.findIndex((row) => row.id === state.open) + step];
    return next === undefined ? undefined : () => setState({ open: next.id });
  };
  const isFiltered = state.q !== '' || state.state !== 'live' || state.tag !== undefined || state.health !== undefined;
  const download = useDownload(exportLinks);
  const exportAll = () => void download.start({}, 'links.csv').catch((error) => sayFailed('Not exported', error));
  return (
    <div className="page">
      <PageHeader
        title={
          summary.data === undefined
            ? 'Tracking'
            : `${formatPlural(summary.data.clicks, 'click')} and ${formatPlural(summary.data.orders, 'order')} in seven days`
        }
        actions={
          canWrite && (
            <>
              <Button onClick={exportAll}>Export</Button>
              <Button onClick={() => setState({ file: true })}>Import</Button>
              <Button onClick={() => setState({ roster: true })}>Links for a campaign</Button>
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                onClick={() => setState({ add: true })}
              >
                New link
              </Button>
            </>
          )
        }
      />
      <TrackingTabs />
      <TrackingSummary query={summary} />
      <div className="trk-filters">
        <TextInput
          label="Link, destination or creator"
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => setState({ q: event.currentTarget.value })}
        />
        <Segments
          label="State"
          value={state.state}
          options={['live', 'paused', 'archived', 'all'].map((value) => ({
            value: search.shape.state.unwrap().parse(value),
            label: value.charAt(0).toUpperCase() + value.slice(1),
          }))}
          onChange={(value) => setState({ state: value })}
        />
        <Segments
          label="Destination"
          value={state.health ?? 'any'}
          options={[
            { value: 'any', label: 'Any answer' },
            { value: 'broken', label: 'Broken' },
          ]}
          onChange={(value) => setState({ health: value === 'broken' ? 'broken' : undefined })}
        />
        {state.tag !== undefined && (
          <Button
            variant="light"
            onClick={() => setState({ tag: undefined })}
            aria-label={`Remove the tag ${state.tag}`}
          >
            Tag: {state.tag} ×
          </Button>
        )}
      </div>
      <div className={open ? 'with-side' : undefined}>
        <DataTable
          label="Links"
          columns={linkColumns}
          rows={query.isPending ? undefined : rows}
          rowId={(row) => row.id}
          tall
          sort={{
            value: { by: state.sort, desc: state.desc },
            onChange: (next) => setState({ sort: search.shape.sort.unwrap().parse(next.by), desc: next.desc }),
          }}
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: state.open ?? null,
            hidden: open === undefined ? [] : ['campaign', 'state', 'dropped'],
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            },
            empty: isFiltered ? (
              <EmptyState
                title="No link fits"
                action={
                  <Button onClick={() => setState({ q: '', state: 'live', tag: undefined, health: undefined })}>
                    Clear the filters
                  </Button>
                }
              >
                Search by a part of the link, of where it leads, or of the creator's name.
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconLink}
                title="No live links yet"
                action={
                  canWrite ? (
                    <Button variant="filled" onClick={() => setState({ roster: true })}>
                      Make links for a campaign
                    </Button>
                  ) : undefined
                }
              >
                A short link of its own for each creator shows who sends visitors and who sends buyers.
              </EmptyState>
            ),
          }}
        />
        {open && (
          <LinkPanel
            key={open.id}
            link={open}
            onTag={(tag) => setState({ tag, open: undefined })}
            onClose={() => setState({ open: undefined })}
            onPrevious={move(-1)}
            onNext={move(1)}
          />
        )}
      </div>
      {state.add && <LinkDialog link={null} onClose={() => setState({ add: false })} />}
      {state.file && <ImportDialog what="links" endpoint={importLinks} onClose={() => setState({ file: false })} />}
      {state.roster && <RosterDialog campaignId={null} onClose={() => setState({ roster: false })} />}
    </div>
  );
}
