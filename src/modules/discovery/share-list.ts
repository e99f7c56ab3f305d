import { randomBytes } from 'node:crypto';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { type ListShare, type listShares, type revokeShare, shareColumnSchema, type shareList } from './api.ts';
import { discoveryError } from './errors.ts';
import { endShare, insertShare, type ShareRow, selectShares } from './queries/list-shares.ts';
import { lockList, selectList } from './queries/lists.ts';
import { idOfCursor } from './read-lists.ts';
import { hashPassphrase, hashToken } from './share-secrets.ts';

const dayMs = 86_400_000;

/** Makes a link; of its secret only the hash stays here. Errors: not_found, list_archived. */
export async function makeShare(
  infra: Infra,
  call: Call<typeof shareList>,
): Promise<{ share: ListShare; link: string }> {
  const { workspaceId, actor, input } = call;
  const token = randomBytes(32).toString('base64url');
  const passphrase = input.passphrase === undefined ? null : await hashPassphrase(input.passphrase);
  const share = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const list = await lockList(tx, workspaceId, input.listId);
    if (list === null) throw notFound('list');
    if (list.archivedAt !== null) throw discoveryError('list_archived', `"${list.name}" is archived. Reopen it first.`);
    const createdAt = infra.clock.now();
    const row = {
      workspace_id: workspaceId,
      id: newId('listShare', createdAt.getTime()),
      list_id: input.listId,
      name: input.name,
      columns: [...new Set(input.columns)],
      can_vote: input.canVote,
      can_comment: input.canComment,
      passphrase_hash: passphrase,
      expires_at: new Date(createdAt.getTime() + input.days * dayMs),
      created_by: actor.name,
      created_at: createdAt,
    };
    await insertShare(tx, { ...row, token_hash: hashToken(token) });
    await recordAudit(tx, {
      ...call,
      action: 'list.shared',
      subjectKind: 'list',
      subjectId: input.listId,
      changes: { share: row.id, with: input.name, columns: row.columns.join(', '), days: input.days },
    });
    return toShare({ ...row, opened: 0, last_opened_at: null, wrong_tries: 0, wrong_at: null, revoked_at: null });
  });
  return { share, link: `${infra.config.publicUrl}/app/shared/${token}` };
}

export async function pageShares(infra: Infra, call: Call<typeof listShares>): Promise<Page<ListShare>> {
  const { workspaceId, input } = call;
  const { listId, limit } = input;
  const beforeId = idOfCursor(input.cursor);
  const rows = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectList(tx, workspaceId, listId)) === null) throw notFound('list');
    return selectShares(tx, workspaceId, { listId, beforeId, limit: limit + 1 });
  });
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map(toShare),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** Ends a link at once; a repeat changes nothing. Error: not_found. */
export async function endLink(infra: Infra, call: Call<typeof revokeShare>): Promise<ListShare> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await endShare(tx, workspaceId, { ...input, endedAt: infra.clock.now() });
    if (row === null) throw notFound('link');
    await recordAudit(tx, {
      ...call,
      action: 'list.share_ended',
      subjectKind: 'list',
      subjectId: input.listId,
      changes: { share: input.shareId, with: row.name },
    });
    return toShare(row);
  });
}

function toShare(row: ShareRow): ListShare {
  return {
    id: row.id,
    name: row.name,
    columns: row.columns.flatMap((column) => shareColumnSchema.safeParse(column).data ?? []),
    canVote: row.can_vote,
    canComment: row.can_comment,
    hasPassphrase: row.passphrase_hash !== null,
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    opened: row.opened,
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
  };
}
