import type { Call } from '#infra/http/call.ts';
import { readComments } from '#modules/creators/index.ts';
import type { getNamedBrands, NamedBrands } from '../api.ts';
import { namingCommentersMin } from '../api.ts';
import { readBrandProfile } from '../queries/brand-profile.ts';
import { plural } from '../rules/words.ts';
import { getLatest, type Parts } from '../vet-creator.ts';
import { countNamedBrands, type SoughtBrand } from './named-brands.ts';
import { selectNewestComments } from './queries/named-brands.ts';

/** Which brands the commenters of a creator name. Errors: not_found, vetting.no_profile. */
export async function readNamedBrands(parts: Parts, call: Call<typeof getNamedBrands>): Promise<NamedBrands> {
  const { workspaceId, input } = call;
  const { infra } = parts;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const report = await getLatest(parts, tx, workspaceId, input);
    const { profileId } = report;
    const newest = await selectNewestComments(tx, workspaceId, { profileId, now: infra.clock.now() });
    const texts = await readComments(
      tx,
      workspaceId,
      newest.map((one) => one.commentId),
    );
    const authors = new Map(newest.map((one) => [one.commentId, one.authorKey]));
    const brand = await readBrandProfile(tx, workspaceId);
    const sought = soughtBrands(report.deals?.brands ?? [], brand);
    const comments = texts.map(({ id, text }) => ({ id, text, authorKey: authors.get(id) ?? null }));
    const counted = countNamedBrands(comments, sought);
    const newestAt = newest.find((one) => one.commentedAt !== null)?.commentedAt?.toISOString() ?? null;
    const of = { personId: report.personId, profileId, handle: report.handle, source: 'stored comments', newestAt };
    const { commenters, rows } = counted;
    return {
      ...of,
      ...stateOf({ commenters, comments: texts.length, sought: sought.length }),
      comments: texts.length,
      commenters,
      lookedFor: sought.length,
      rows,
    };
  });
}

function stateOf(of: { commenters: number; comments: number; sought: number }): Pick<NamedBrands, 'state' | 'text'> {
  if (of.comments === 0) return { state: 'unknown', text: 'No comments are stored, so it is not known.' };
  if (of.sought === 0)
    return {
      state: 'unknown',
      text: 'No brand to look for: no paid post was recognised, and the brand profile names no accounts or rivals.',
    };
  if (of.commenters < namingCommentersMin)
    return {
      state: 'not_enough_data',
      text: `Not enough data: ${plural(of.commenters, 'commenter')}, ${namingCommentersMin} are needed for shares.`,
    };
  return {
    state: 'estimated',
    text: `Estimated from ${plural(of.commenters, 'commenter')}: naming a brand is not liking it, and who comments is not who follows.`,
  };
}

/** Brands of paid posts, the workspace's own and its rivals, each once. */
function soughtBrands(
  deals: readonly { brand: string; handles: readonly string[] }[],
  brand: { handles: readonly string[]; competitors: readonly string[] },
): SoughtBrand[] {
  const own: SoughtBrand[] = brand.handles.map((handle) => ({ brand: handle, handles: [handle], from: 'own_brand' }));
  const rivals: SoughtBrand[] = brand.competitors.map((rival) => ({
    brand: rival,
    handles: [rival],
    from: 'competitor',
  }));
  const paid: SoughtBrand[] = deals.map(({ brand: name, handles }) => ({ brand: name, handles, from: 'paid_posts' }));
  const seen = new Set<string>();
  return [...own, ...rivals, ...paid].filter(({ handles }) => {
    const keys = handles.map((handle) => handle.replace(/^@/, '').toLowerCase());
    const isNew = !keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isNew && keys.length > 0;
  });
}
