import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function CreatorPage() {
  return (
    <div className="page">
      <PageHeader title="Creator" />
      <EmptyState title="Nothing is known of this creator yet" />
    </div>
  );
}
