import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function ImportPage() {
  return (
    <div className="page">
      <PageHeader title="Import creators" />
      <EmptyState title="No file chosen yet" />
    </div>
  );
}
