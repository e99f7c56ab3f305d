import type { Call } from '#infra/http/call.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { listPrograms } from './api.ts';
import type { ApplyParts } from './apply.ts';
import { listedPages } from './queries/application-pages.ts';

/** Programs anybody may look through. */
export async function readPrograms(
  parts: ApplyParts,
  call: Call<typeof listPrograms>,
): Promise<OutputOf<typeof listPrograms>> {
  await parts.limit(call.remoteAddress);
  const { infra } = parts;
  const all = await infra.db.asSystem((tx) => listedPages(tx, infra.clock.now().toISOString().slice(0, 10)));
  const { category } = call.input;
  return {
    categories: [...new Set(all.flatMap((page) => (page.category === null ? [] : [page.category])))].sort(),
    rows: all
      .filter((page) => category === undefined || page.category === category)
      .map((page) => ({
        workspaceSlug: page.brand_slug,
        pageSlug: page.slug,
        brandName: page.brand_name,
        title: page.title,
        intro: page.intro.slice(0, 300),
        category: page.category,
        closesOn: page.closes_on,
      })),
  };
}
