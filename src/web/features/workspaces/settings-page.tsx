import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function SettingsPage() {
  return (
    <div className="page">
      <PageHeader title="Settings" />
      <EmptyState title="Nothing to set yet" />
    </div>
  );
}
