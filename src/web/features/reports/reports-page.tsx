import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function ReportsPage() {
  return (
    <div className="page">
      <PageHeader title="Reports" />
      <EmptyState title="No reports yet" />
    </div>
  );
}
