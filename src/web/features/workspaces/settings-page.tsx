import { Outlet } from '@tanstack/react-router';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { type UrlTab, UrlTabs } from '#web/shell/url-tabs.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import './settings.css';

/** Frame of the settings: only the tabs one may open. */
export function SettingsPage() {
  const workspace = useWorkspace();
  const seesPeople = useCan('members:read');
  const seesKeys = useCan('api-keys:read');
  const seesAudit = useCan('audit:read');
  const tabs: UrlTab[] = [
    { label: 'Workspace', to: '/settings' },
    ...(seesPeople ? [{ label: 'People and roles', to: '/settings/people' }] : []),
    ...(seesKeys ? [{ label: 'API keys', to: '/settings/api-keys' }] : []),
    ...(seesAudit ? [{ label: 'Audit trail', to: '/settings/audit' }] : []),
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
