import type { PostRow } from '#modules/creators/api.ts';
import { type ConnectorStep, emptyStep } from '#modules/creators/index.ts';
import { readJson } from '../call-api.ts';
import { type At, getAllowed, name, ownId } from './graph.ts';
import { mediaPageSchema } from './payloads.ts';

/** Posts of one creator whose labels are looked for. */
const knownMax = 100;

/** Only connections whose token has the permission ask for labels. */
export const readsLabels = (at: At) => /^(yes|true|1)$/i.test(at.access.settings.paidLabels?.trim() ?? '');

/**
 * Marks a creator's posts that bear the label of a paid partnership with this account. Instagram lists as recommended partnership content only
 * posts that explicitly use the label (boost-existing-post, Limitations), so what is in the list bears it; what is not in it stays unknown.
 */
export async function readLabels(
  at: At,
  of: { handle: string; known: readonly (readonly [id: string, permalink: string])[] },
): Promise<ConnectorStep> {
  const found = await getAllowed(at, `${ownId(at.access)}/branded_content_advertisable_medias`, {
    creator_username: of.handle,
    only_fetch_recommended_content: 'true',
    fields: 'id,permalink',
  });
  if ('why' in found) return { ...emptyStep, missing: [{ field: 'paidLabel', reason: found.why }] };
  const { data } = readJson(name, found.answer, mediaPageSchema);
  const idOf = new Map(of.known.slice(0, knownMax).map(([id, permalink]) => [keyOf(permalink), id]));
  const labelled = data.flatMap((media): PostRow[] => {
    // The list may give ids of another kind; the address tells which post it is.
    const externalId = media.permalink === null ? media.id : (idOf.get(keyOf(media.permalink)) ?? media.id);
    return [{ platform: 'instagram', handle: of.handle, externalId, url: media.permalink, isPaidLabel: true }];
  });
  const missing = [{ field: 'paidLabel', reason: 'Instagram tells of labels that name this account only' }];
  return { ...emptyStep, posts: labelled, missing };
}

const keyOf = (permalink: string) => /\/(?:p|reel|tv)\/([\w-]+)/.exec(permalink)?.[1] ?? permalink;
