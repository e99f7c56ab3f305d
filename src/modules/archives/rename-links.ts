import type { Tx } from '#infra/db/database.ts';
import { makeFreeSlug, slugSkeleton } from '#modules/tracking/index.ts';
import { takenSlugs } from './queries/arrive.ts';

const triesMax = 8;
const listedMax = 1000;

interface LinkLine {
  slug: string;
  slug_skeleton: string;
  domain?: string | null;
}

export interface Renamed {
  total: number;
  links: { from: string; to: string }[];
}

/** Gives links whose short address is taken on this installation another one: the same with a few characters behind it. */
export async function renameTaken(tx: Tx, lines: string[], renamed: Renamed): Promise<string[]> {
  const links = lines.map((line) => JSON.parse(line) as LinkLine);
  const result = [...lines];
  let open = links.map((_, at) => at);
  for (let attempt = 0; attempt <= triesMax; attempt += 1) {
    const asked = open.map((at) => {
      const { slug, slug_skeleton: skeleton, domain } = links[at] as LinkLine;
      return { slug: String(slug), skeleton: String(skeleton), domain: domain ?? null };
    });
    const taken = await takenSlugs(tx, asked);
    open = open.filter((_, place) => taken.has(place));
    if (open.length === 0) break;
    for (const at of open) {
      const link = links[at] as LinkLine;
      const was = (JSON.parse(lines[at] ?? '{}') as LinkLine).slug;
      link.slug = makeFreeSlug(was);
      link.slug_skeleton = slugSkeleton(link.slug);
      result[at] = JSON.stringify(link);
    }
  }
  for (const [at, line] of result.entries()) {
    if (line === lines[at]) continue;
    renamed.total += 1;
    const from = (JSON.parse(lines[at] ?? '{}') as LinkLine).slug;
    if (renamed.links.length < listedMax) renamed.links.push({ from, to: (links[at] as LinkLine).slug });
  }
  return result;
}
