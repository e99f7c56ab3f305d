import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import type { PortalPart, PortalRoute } from '#web/portal/shell/part.ts';
import { PlainFrame } from '#web/portal/shell/plain-frame.tsx';
import { PortalFrame } from '#web/portal/shell/portal-frame.tsx';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { words } from '#web/portal/shell/words.ts';
import { PageCrash } from '#web/shell/page-crash.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

function toRoute(route: PortalRoute, parent: AnyRoute): AnyRoute {
  return createRoute({
    getParentRoute: () => parent,
    path: route.path,
    staticData: { title: route.title },
    component: lazyRouteComponent(async () => ({ default: await route.load() }), 'default'),
  });
}

/** Builds the portal's router from what its parts declare. */
export function createPortalRouter(parts: readonly PortalPart[]) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: LostPage });
  const enter = toRoute(
    {
      path: '/enter',
      title: 'Your link',
      load: () => import('#web/portal/shell/enter-page.tsx').then((page) => page.EnterPage),
    },
    root,
  );
  const frame = createRoute({ getParentRoute: () => root, id: 'inside', component: PortalFrame });
  const outside = parts.flatMap((part) => part.outside ?? []).map((route) => toRoute(route, root));
  const inside = parts.flatMap((part) => part.routes).map((route) => toRoute(route, frame));
  return createRouter({
    routeTree: root.addChildren([enter, ...outside, frame.addChildren(inside)]),
    basepath: '/p',
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: () => <SkeletonLines count={6} label={words.loading} />,
    defaultErrorComponent: PageCrash,
    scrollRestoration: true,
  });
}

function LostPage() {
  return (
    <PlainFrame>
      <EmptyState isPage title={words.noPage.title} action={<PortalLink to="/">{words.noPage.action}</PortalLink>}>
        {words.noPage.text}
      </EmptyState>
    </PlainFrame>
  );
}
