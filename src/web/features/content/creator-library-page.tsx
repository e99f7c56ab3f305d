import { Button } from '@mantine/core';
import { z } from 'zod';
import { listAssets } from '#modules/content/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { AdPermissionsSection } from './ad-permissions-section.tsx';
import { AddDialog } from './add-dialog.tsx';
import { AssetGrid } from './asset-grid.tsx';
import { AssetPanel } from './asset-panel.tsx';
import './content.css';

const search = z.object({ open: z.string().optional(), add: z.enum(['url', 'file']).optional() });

/** What the library has of one creator, and whether they let us advertise from their account. */
export function CreatorLibraryPage() {
  const personId = useParam('personId');
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('content:write');
  const { rows, query } = useApiPages(listAssets, { personId, limit: 60 });
  const add = canWrite && <Button onClick={() => setState({ add: 'url' })}>Add content</Button>;
  return (
    <div className={state.open === undefined ? undefined : 'with-side'}>
      <div className="stack">
        <QueryState query={query}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title="Nothing of this creator yet" action={add}>
                Posts on your campaigns come in by themselves; others you add by address or as a file.
              </EmptyState>
            ) : (
              <>
                <div className="acts">{add}</div>
                <AssetGrid
                  rows={rows}
                  chosen={[]}
                  onChoose={null}
                  openId={state.open}
                  onOpen={(open) => setState({ open })}
                  more={{
                    has: query.hasNextPage,
                    isBusy: query.isFetchingNextPage,
                    load: () => void query.fetchNextPage(),
                  }}
                />
              </>
            )
          }
        </QueryState>
        <AdPermissionsSection personId={personId} canWrite={canWrite} />
      </div>
      {state.open !== undefined && (
        <AssetPanel
          assetId={state.open}
          onClose={() => setState({ open: undefined })}
          onPrevious={undefined}
          onNext={undefined}
        />
      )}
      <AddDialog
        way={state.add ?? null}
        onWay={(next) => setState({ add: next })}
        onAdded={(open) => setState({ open, add: undefined })}
        personId={personId}
      />
    </div>
  );
}
