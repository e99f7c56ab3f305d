import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { ParsedInputOf } from '#kernel/endpoint.ts';
import type { Page } from '#kernel/page.ts';
import { dayMs } from '#kernel/time.ts';
import type { ClassedComment, exportVettedComments, listVettedComments } from '../api.ts';
import { choose } from '../vet-creator.ts';
import { type CommentFilter, pageClasses } from './queries/list-comments.ts';
import { showComments } from './show-comments.ts';

export const recentDays = 90;

/** Comments under the posts of one profile of a creator, newest first. Errors: not_found, vetting.no_profile, vetting.bad_cursor. */
export async function listClassed(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; input: ParsedInputOf<typeof listVettedComments> },
): Promise<Page<ClassedComment>> {
  const { workspaceId, input } = of;
  const { profile } = await choose(tx, workspaceId, input);
  const page = await pageClasses(tx, workspaceId, {
    ...filterOf(infra, input, profile.id),
    isGrouped: input.isGrouped,
    limit: input.limit,
    cursor: input.cursor,
  });
  return { rows: await showComments(tx, workspaceId, page.rows), nextCursor: page.nextCursor };
}

export function filterOf(
  infra: Infra,
  input: ParsedInputOf<typeof exportVettedComments>,
  profileId: string,
): CommentFilter {
  const { personId: _, profileId: __, period, ...filter } = input;
  return { ...filter, profileId, during: period === '90d' ? recent(infra) : null };
}

export const recentSince = (infra: Infra) => new Date(infra.clock.now().getTime() - recentDays * dayMs);

/** What is dated more than a day ahead is not recent. */
const recent = (infra: Infra) => ({
  since: recentSince(infra),
  until: new Date(infra.clock.now().getTime() + dayMs),
});
