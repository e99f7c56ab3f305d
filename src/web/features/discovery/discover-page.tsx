import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function DiscoverPage() {
  return (
    <div className="page">
      <PageHeader title="Discover" />
      <EmptyState title="No creators to search yet" />
    </div>
  );
}
