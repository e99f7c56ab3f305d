import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function TrackingPage() {
  return (
    <div className="page">
      <PageHeader title="Tracking" />
      <EmptyState title="No links yet" />
    </div>
  );
}
