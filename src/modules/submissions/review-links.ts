import { endGuestLink, type GuestLink, makeGuestLink, readGuestLinks, viewOf } from '#infra/guest-links/guest-links.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { listReviewLinks, makeReviewLink, ReviewLink, revokeReviewLink } from './api.ts';
import { submissionsError } from './errors.ts';
import { insertReviewLink, type ReviewLinkRow, selectReviewLink, selectReviewLinks } from './queries/review-links.ts';

/** The kind of link that shows the drafts of a campaign. */
export const reviewLinkKind = 'review';

/** Makes a link for a reviewer outside; of its secret only the hash stays here. Error: not_found. */
export async function makeLink(
  infra: Infra,
  call: Call<typeof makeReviewLink>,
): Promise<OutputOf<typeof makeReviewLink>> {
  const { workspaceId, actor, requestId, input } = call;
  const { campaignId, role, canDecide, name, days, passphrase } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, campaignId);
    const at = infra.clock.now();
    const row = { id: newId('reviewLink', at.getTime()), campaign_id: campaignId, role, can_decide: canDecide };
    const kind = reviewLinkKind;
    const made = await makeGuestLink(tx, { workspaceId, id: row.id, kind, name, days, passphrase, by: actor, at });
    await insertReviewLink(tx, workspaceId, row);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'review-link.made',
      subjectKind: 'campaign',
      subjectId: campaignId,
      changes: { link: row.id, with: name, role, canDecide, days },
    });
    return { reviewLink: toLink(row, made.link), link: `${infra.config.publicUrl}/app/review/${made.token}` };
  });
}

/** A page of links, newest first. Errors: not_found, bad_cursor. */
export async function pageLinks(infra: Infra, call: Call<typeof listReviewLinks>): Promise<Page<ReviewLink>> {
  const { workspaceId, input } = call;
  const { limit, campaignId } = input;
  const beforeId = idOfCursor(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, campaignId);
    const rows = await selectReviewLinks(tx, workspaceId, { campaignId, beforeId, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const ids = page.map((row) => row.id);
    const links = await readGuestLinks(tx, workspaceId, ids);
    const last = page.at(-1);
    return {
      rows: page.flatMap((row) => {
        const link = links.get(row.id);
        return link === undefined ? [] : [toLink(row, link)];
      }),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  });
}

/** Ends a link at once; a repeat changes nothing. Error: not_found. */
export async function revokeLink(infra: Infra, call: Call<typeof revokeReviewLink>): Promise<ReviewLink> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectReviewLink(tx, workspaceId, input.linkId);
    if (row === undefined || row.campaign_id !== input.campaignId) throw notFound('link');
    const link = await endGuestLink(tx, workspaceId, { id: row.id, endedAt: infra.clock.now() });
    if (link === null) throw notFound('link');
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'review-link.ended',
      subjectKind: 'campaign',
      subjectId: row.campaign_id,
      changes: { link: row.id, with: link.name },
    });
    return toLink(row, link);
  });
}

function idOfCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [id] = decodeCursor(cursor) ?? [];
  if (typeof id === 'string') return id;
  throw submissionsError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
    { field: 'cursor', message: 'Not a cursor of this list' },
  ]);
}

function toLink(row: ReviewLinkRow, link: GuestLink): ReviewLink {
  return { ...viewOf(link), campaignId: row.campaign_id, role: row.role, canDecide: row.can_decide };
}
