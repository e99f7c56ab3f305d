import { Link } from '@tanstack/react-router';
import type { Person } from '#modules/creators/api.ts';
import type { Vetting } from '#modules/vetting/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useTabsOf } from '#web/shell/features-context.ts';
import { useCreatorChoice } from './use-creator.ts';

/** Tabs with addresses of their own that keep the chosen account. */
export function CreatorTabs({ person, report }: { person: Person; report: Vetting | undefined }) {
  const { slug } = useWorkspace();
  const { search } = useCreatorChoice();
  const others = useTabsOf('/creators/$personId');
  const tabs: { path: string; label: string; count?: number | undefined }[] = [
    { path: '', label: 'Overview' },
    { path: '/audience', label: 'Audience' },
    { path: '/engagement', label: 'Engagement' },
    { path: '/comments', label: 'Comments', count: report?.comments?.n },
    { path: '/content', label: 'Content', count: report?.content.stored },
    { path: '/partnerships', label: 'Partnerships', count: report?.partnerships.brands.length },
    { path: '/history', label: 'History' },
    { path: '/contact', label: 'Contact' },
    ...others.map((tab) => ({ path: tab.path, label: tab.title })),
  ];
  return (
    <nav className="tabs" aria-label="Creator">
      {tabs.map((tab) => (
        <Link
          key={tab.path}
          to={`/$workspace/creators/$personId${tab.path}`}
          params={{ workspace: slug, personId: person.id }}
          search={search.profile === undefined ? {} : { profile: search.profile }}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {tab.label}
          {tab.count !== undefined && tab.count > 0 && <span className="meta">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
