import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function SetUpPage() {
  return (
    <div className="page">
      <PageHeader title="Set up Rapport" />
      <EmptyState title="Nobody owns this installation yet" />
    </div>
  );
}
