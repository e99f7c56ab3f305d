import { Outlet } from '@tanstack/react-router';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useTabsOf } from '#web/shell/features-context.ts';
import { type UrlTab, UrlTabs } from '#web/shell/url-tabs.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import './settings.css';

/** Frame of the settings: only the tabs one may open. */
export function SettingsPage() {
  const workspace = useWorkspace();
  const seesPeople = useCan('members:read');
  const seesKeys = useCan('api-keys:read');
  const seesAudit = useCan('audit:read');
  // Pages that other modules put among the settings.
  const more = useTabsOf('/settings').map(({ title, path }) => ({ label: title, to: `/settings${path}` }));
  const tabs: UrlTab[] = [
    { label: 'Workspace', to: '/settings' },
    ...(seesPeople ? [{ label: 'People and roles', to: '/settings/people' }] : []),
    ...(seesKeys ? [{ label: 'API keys', to: '/settings/api-keys' }] : []),
    ...(seesAudit ? [{ label: 'Audit trail', to: '/settings/audit' }] : []),
    ...more,
    { label: 'My profile', to: '/settings/me' },
  ];
  return (
    <div className="page">
      <PageHeader title={`Settings of ${workspace.name}`} />
      <UrlTabs label="Settings" tabs={tabs} />
      <Outlet />
    </div>
  );
}
