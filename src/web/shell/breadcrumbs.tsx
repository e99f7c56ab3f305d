import { IconChevronRight } from '@tabler/icons-react';
import { useMatches, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCrumbLabels } from '#web/shell/crumb-store.ts';
import type { FeatureRoute } from '#web/shell/feature.ts';
import { useFeatures } from '#web/shell/features-context.ts';

interface Crumb {
  path: string;
  label: string;
}

function titlesByPath(routes: readonly FeatureRoute[], above = ''): Map<string, string> {
  const titles = new Map<string, string>();
  for (const route of routes) {
    const path = `${above}${route.path === '/' ? '' : route.path}` || '/';
    titles.set(path, route.title);
    for (const [below, title] of titlesByPath(route.children ?? [], path === '/' ? '' : path)) {
      if (!titles.has(below)) titles.set(below, title);
    }
  }
  return titles;
}

/** Every prefix of the open page's path that is a page itself: Creators, then the creator. */
function useCrumbs(): Crumb[] {
  const features = useFeatures();
  const labels = useCrumbLabels();
  const open = useMatches().at(-1)?.staticData.crumb;
  if (open === undefined) return [];
  const titles = titlesByPath(features.flatMap((feature) => feature.routes));
  for (const tab of features.flatMap((feature) => feature.tabs ?? [])) titles.set(`${tab.of}${tab.path}`, tab.title);
  const parts = open.split('/').filter(Boolean);
  const prefixes = open === '/' ? ['/'] : parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
  return prefixes.flatMap((path) => {
    const label = labels[path] ?? titles.get(path);
    return label === undefined ? [] : [{ path, label }];
  });
}

export function Breadcrumbs() {
  const { name } = useWorkspace();
  const crumbs = useCrumbs();
  const params: Record<string, string> = useParams({ strict: false });
  const title = crumbs.at(-1)?.label;
  useEffect(() => {
    document.title = [title, name, 'Rapport'].filter(Boolean).join(' · ');
  }, [title, name]);
  return (
    <nav aria-label="Breadcrumb" className="crumbs">
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={crumb.path}>
            {index > 0 && <IconChevronRight className="i" aria-hidden />}
            {index === crumbs.length - 1 ? (
              <b aria-current="page">{crumb.label}</b>
            ) : (
              <AppLink to={crumb.path} params={params}>
                {crumb.label}
              </AppLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
