import { Button } from '@mantine/core';
import { z } from 'zod';
import { getImport } from '#modules/creators/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { ImportDrop } from './import-drop.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { MappingStep } from './mapping-step.tsx';
import './creators.css';

const search = z.object({ run: z.string().optional() });
const busyMs = 400;

/** From a file to creators: drop it, see how it is read, try it out, import it, read what came of it. Where one is stands in the address. */
export function ImportPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('creators:write');
  const open = (run: string | undefined) => setState({ run }, { push: true });
  if (!canWrite) {
    return (
      <div className="page">
        <PageHeader title="Import creators" />
        <EmptyState title="Your role may not import">
          Ask an owner or an admin of the workspace for the role of a manager.
        </EmptyState>
      </div>
    );
  }
  if (state.run === undefined) return <ImportDrop onUploaded={open} />;
  return <OpenImport importId={state.run} onAgain={() => open(undefined)} />;
}

function OpenImport({ importId, onAgain }: { importId: string; onAgain: () => void }) {
  const go = useGo();
  const run = useApiQuery(
    getImport,
    { importId },
    { refetchInterval: (query) => (query.state.data?.state === 'running' ? busyMs : false) },
  );
  return (
    <div className="page">
      <QueryState query={run}>
        {(found) => {
          if (found.state === 'running') return <ImportProgress run={found} />;
          const isOpen = found.state === 'uploaded' || (found.state === 'done' && found.isDryRun);
          if (isOpen) return <MappingStep run={found} onStarted={() => void run.refetch()} onAgain={onAgain} />;
          return <ImportResult run={found} onAgain={onAgain} onResumed={() => void run.refetch()} />;
        }}
      </QueryState>
      {run.error && (
        <div className="acts">
          <Button onClick={onAgain}>Import another file</Button>
          <Button onClick={() => go('/creators/imports')}>See all imports</Button>
        </div>
      )}
    </div>
  );
}
