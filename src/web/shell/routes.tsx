import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import type { Feature, FeatureRoute, FeatureTab } from '#web/shell/feature.ts';
import { FirstPage } from '#web/shell/first-page.tsx';
import { LostPage, NotFoundPage } from '#web/shell/not-found-page.tsx';
import { PageCrash } from '#web/shell/page-crash.tsx';
import { PagePending } from '#web/shell/page-pending.tsx';
import { WorkspaceShell } from '#web/shell/workspace-shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: string;
    /** Whole path below the workspace or /app: what breadcrumbs are told apart by. */
    crumb?: string;
  }
}

function toRoute(route: FeatureRoute, parent: AnyRoute, above: string): AnyRoute {
  const crumb = `${above}${route.path === '/' ? '' : route.path}` || '/';
  const made: AnyRoute = createRoute({
    getParentRoute: () => parent,
    path: route.path,
    staticData: { title: route.title, crumb },
    component: lazyRouteComponent(async () => ({ default: await route.load() }), 'default'),
  });
  const below = crumb === '/' ? '' : crumb;
  return route.children ? made.addChildren(route.children.map((child) => toRoute(child, made, below))) : made;
}

/** Hangs the tabs that other features bring below the pages they name. */
function withTabs(routes: readonly FeatureRoute[], tabs: readonly FeatureTab[]): FeatureRoute[] {
  return routes.map((route) => {
    const own = tabs.filter((tab) => tab.of === route.path).map(({ path, title, load }) => ({ path, title, load }));
    return own.length === 0 ? route : { ...route, children: [...(route.children ?? []), ...own] };
  });
}

/** Builds the whole router from what the features declare. */
export function createAppRouter(features: readonly Feature[]) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: LostPage });
  const first = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage });
  const workspace = createRoute({
    getParentRoute: () => root,
    path: '/$workspace',
    component: WorkspaceShell,
    notFoundComponent: NotFoundPage,
  });
  const tabs = features.flatMap((feature) => feature.tabs ?? []);
  const pages = withTabs(
    features.flatMap((feature) => feature.routes),
    tabs,
  );
  const inside = pages.map((route) => toRoute(route, workspace, ''));
  const outside = features.flatMap((feature) => (feature.outside ?? []).map((route) => toRoute(route, root, '')));
  return createRouter({
    routeTree: root.addChildren([first, ...outside, workspace.addChildren(inside)]),
    basepath: '/app',
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageCrash,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}
