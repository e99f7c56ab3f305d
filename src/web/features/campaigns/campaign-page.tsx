import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function CampaignPage() {
  return (
    <div className="page">
      <PageHeader title="Campaign" />
      <EmptyState title="This campaign is empty" />
    </div>
  );
}
