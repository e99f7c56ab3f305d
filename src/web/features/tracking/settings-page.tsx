import { PageHeader } from '#web/ui/page-header.tsx';
import { ClickSettingsSection } from './click-settings.tsx';
import { DomainsSection } from './domains-section.tsx';
import { TemplatesSection } from './templates-section.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

/** Hosts of one's own, how clicks are counted, and kept UTM parameters. */
export function TrackingSettingsPage() {
  return (
    <div className="page">
      <PageHeader title="Tracking settings" />
      <TrackingTabs />
      <DomainsSection />
      <ClickSettingsSection />
      <TemplatesSection />
    </div>
  );
}
