import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function InvitationPage() {
  return (
    <div className="page">
      <PageHeader title="Invitation" />
      <EmptyState title="This invitation cannot be answered yet" />
    </div>
  );
}
