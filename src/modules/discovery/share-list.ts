import { endGuestLink, type GuestLink, makeGuestLink, readGuestLinks, viewOf } from '#infra/guest-links/guest-links.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { type ListShare, type listShares, type revokeShare, shareColumnSchema, type shareList } from './api.ts';
import { discoveryError } from './errors.ts';
import { insertShare, type ShareRow, selectShare, selectShares } from './queries/list-shares.ts';
import { lockList, selectList } from './queries/lists.ts';
import { idOfCursor } from './read-lists.ts';

/** The kind of link that shows a list. */
export const listLink = 'list';

/** Makes a link; of its secret only the hash stays here. Errors: not_found, list_archived. */
export async function makeShare(
  infra: Infra,
  call: Call<typeof shareList>,
): Promise<{ share: ListShare; link: string }> {
  const { workspaceId, actor, input } = call;
  const { name, days, passphrase, listId } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const list = await lockList(tx, workspaceId, listId);
    if (list === null) throw notFound('list');
    if (list.archivedAt !== null) throw discoveryError('list_archived', `"${list.name}" is archived. Reopen it first.`);
    const at = infra.clock.now();
    const row = {
      workspace_id: workspaceId,
      id: newId('listShare', at.getTime()),
      list_id: listId,
      columns: [...new Set(input.columns)],
      can_vote: input.canVote,
      can_comment: input.canComment,
    };
    const made = await makeGuestLink(tx, {
      workspaceId,
      id: row.id,
      kind: listLink,
      name,
      days,
      passphrase,
      by: actor,
      at,
    });
    await insertShare(tx, row);
    await recordAudit(tx, {
      ...call,
      action: 'list.shared',
      subjectKind: 'list',
      subjectId: listId,
      changes: { share: row.id, with: name, columns: row.columns.join(', '), days },
    });
    return { share: toShare(row, made.link), link: `${infra.config.publicUrl}/app/shared/${made.token}` };
  });
}

export async function pageShares(infra: Infra, call: Call<typeof listShares>): Promise<Page<ListShare>> {
  const { workspaceId, input } = call;
  const { listId, limit } = input;
  const beforeId = idOfCursor(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectList(tx, workspaceId, listId)) === null) throw notFound('list');
    const rows = await selectShares(tx, workspaceId, { listId, beforeId, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const links = await readGuestLinks(
      tx,
      workspaceId,
      page.map((row) => row.id),
    );
    const last = page.at(-1);
    return {
      rows: page.flatMap((row) => {
        const link = links.get(row.id);
        return link === undefined ? [] : [toShare(row, link)];
      }),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  });
}

/** Ends a link at once; a repeat changes nothing. Error: not_found. */
export async function endLink(infra: Infra, call: Call<typeof revokeShare>): Promise<ListShare> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectShare(tx, workspaceId, input.shareId);
    if (row === null || row.list_id !== input.listId) throw notFound('link');
    const link = await endGuestLink(tx, workspaceId, { id: row.id, endedAt: infra.clock.now() });
    if (link === null) throw notFound('link');
    await recordAudit(tx, {
      ...call,
      action: 'list.share_ended',
      subjectKind: 'list',
      subjectId: input.listId,
      changes: { share: input.shareId, with: link.name },
    });
    return toShare(row, link);
  });
}

function toShare(row: ShareRow, link: GuestLink): ListShare {
  return {
    ...viewOf(link),
    columns: row.columns.flatMap((column) => shareColumnSchema.safeParse(column).data ?? []),
    canVote: row.can_vote,
    canComment: row.can_comment,
  };
}
