import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function TodayPage() {
  return (
    <div className="page">
      <PageHeader title="Today" />
      <EmptyState title="Nothing needs you now" />
    </div>
  );
}
