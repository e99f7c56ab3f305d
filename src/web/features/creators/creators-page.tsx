import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function CreatorsPage() {
  return (
    <div className="page">
      <PageHeader title="Creators" />
      <EmptyState title="No creators yet" />
    </div>
  );
}
