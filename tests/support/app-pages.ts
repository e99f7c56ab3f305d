import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';

interface Route {
  path: string;
  children?: Route[] | undefined;
}

const routeSchema: z.ZodType<Route> = z.lazy(() =>
  z.object({ path: z.string(), children: z.array(routeSchema).optional() }),
);
const featureSchema = z.object({
  routes: z.array(routeSchema),
  outside: z.array(routeSchema).default([]),
  tabs: z.array(z.object({ of: z.string(), path: z.string() })).default([]),
});

export interface AppPage {
  /** Below the workspace or, outside of any, below /app; with its $parameters. */
  path: string;
  isOutside: boolean;
}

/** Every address that the web app's features declare, tabs on other features' pages among them. */
export async function declaredPages(): Promise<AppPage[]> {
  const features = fileURLToPath(new URL('../../src/web/features/', import.meta.url));
  const pages: AppPage[] = [];
  for (const name of readdirSync(features).sort()) {
    // Their types belong to the web app's own project, so they are read as data.
    const { feature } = await import(pathToFileURL(`${features}${name}/routes.tsx`).href);
    const { routes, outside, tabs } = featureSchema.parse(feature);
    pages.push(...routes.flatMap((route) => pathsOf(route, '')).map((path) => ({ path, isOutside: false })));
    pages.push(...outside.flatMap((route) => pathsOf(route, '')).map((path) => ({ path, isOutside: true })));
    pages.push(...tabs.map(({ of, path }) => ({ path: `${of}${path}`, isOutside: false })));
  }
  return pages;
}

const portalPartSchema = z.object({ routes: z.array(routeSchema), outside: z.array(routeSchema).default([]) });

/** Every address that the parts of the creators' portal declare, below /p; `isOutside` for those anybody may open. */
export async function declaredPortalPages(): Promise<AppPage[]> {
  const folder = fileURLToPath(new URL('../../src/web/portal/', import.meta.url));
  const pages: AppPage[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !existsSync(`${folder}${entry.name}/routes.tsx`)) continue;
    const { part } = await import(pathToFileURL(`${folder}${entry.name}/routes.tsx`).href);
    const { routes, outside } = portalPartSchema.parse(part);
    pages.push(...routes.map(({ path }) => ({ path, isOutside: false })));
    pages.push(...outside.map(({ path }) => ({ path, isOutside: true })));
  }
  return pages;
}

function pathsOf(route: Route, above: string): string[] {
  const path = `${above}${route.path}`.replace(/(.)\/$/, '$1');
  // A page with children is its first child; /  of that child is the page's own address.
  if (route.children !== undefined) return route.children.flatMap((child) => pathsOf(child, path));
  return [path];
}
