import { Outlet, useRouterState } from '@tanstack/react-router';
import type { AppError } from '#kernel/errors.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useTabsOf } from '#web/shell/features-context.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { CreatorHeader } from './creator-header.tsx';
import { CreatorTabs } from './creator-tabs.tsx';
import { EvidenceDrawer } from './evidence-drawer.tsx';
import { nameOf } from './name-of.ts';
import { usePerson, useVetting } from './use-creator.ts';
import './vetting.css';

/** One creator: who it is, and whether the influence is real. The tabs below share one report. */
export function CreatorPage() {
  const person = usePerson();
  const vetting = useVetting();
  const { isSample } = useWorkspace();
  const needsReport = !useIsOthersTab();
  useCrumb(person.data === undefined ? null : nameOf(person.data));
  if (person.error) return <Failed error={person.error} onRetry={() => void person.refetch()} />;
  if (person.data === undefined) {
    return (
      <div className="page">
        <SkeletonLines />
      </div>
    );
  }
  return (
    <div className="page vt">
      <CreatorHeader person={person.data} report={vetting.data} isSample={isSample} />
      <CreatorTabs person={person.data} report={vetting.data} />
      {needsReport && vetting.error ? (
        <NoReport error={vetting.error} onRetry={() => void vetting.refetch()} />
      ) : needsReport && vetting.data === undefined ? (
        <SkeletonLines />
      ) : (
        <Outlet />
      )}
      <EvidenceDrawer report={vetting.data} />
    </div>
  );
}

/** Tabs of other features say nothing of the report, so they show also for a creator who cannot be vetted. */
function useIsOthersTab(): boolean {
  const others = useTabsOf('/creators/$personId');
  const path = useRouterState({ select: (state) => state.location.pathname });
  return others.some((tab) => path.endsWith(tab.path));
}

interface FailedProps {
  error: AppError;
  onRetry: () => void;
}

function Failed({ error, onRetry }: FailedProps) {
  return (
    <div className="page">
      {error.kind === 'not_found' ? (
        <EmptyState title="No such creator">
          It may have been erased or merged into another one, or it belongs to another workspace.
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={onRetry} />
      )}
    </div>
  );
}

function NoReport({ error, onRetry }: FailedProps) {
  if (error.code === 'vetting.no_profile') return <EmptyState title="Nothing to vet yet">{error.message}</EmptyState>;
  return <ErrorState error={error} onRetry={onRetry} />;
}
