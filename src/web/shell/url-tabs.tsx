import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWorkspace } from '#web/api/workspace-context.ts';

export interface UrlTab {
  label: string;
  /** Path below the workspace: /campaigns/$campaignId/roster. */
  to: string;
  count?: ReactNode;
}

interface Props {
  label: string;
  tabs: readonly UrlTab[];
  params?: Record<string, string>;
}

/** Tabs that are pages: each has its own address, so that back, reload and sharing work. */
export function UrlTabs({ label, tabs, params }: Props) {
  const { slug } = useWorkspace();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={`/$workspace${tab.to}`}
          params={{ workspace: slug, ...params }}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {tab.label}
          {tab.count !== undefined && <span className="meta">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
