import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function CampaignsPage() {
  return (
    <div className="page">
      <PageHeader title="Campaigns" />
      <EmptyState title="No campaigns yet" />
    </div>
  );
}
