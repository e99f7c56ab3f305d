import { type Selectable, sql } from 'kysely';
import type { GuestLink as GuestLinkRow } from '#db/tables.ts';
import type { GuestLinkView } from '#kernel/guest-link.ts';
import { dayMs } from '#kernel/time.ts';
import type { Tx } from '../db/database.ts';
import { hashPassphrase, hashToken, newToken } from './secrets.ts';

export interface GuestLink extends GuestLinkView {
  workspaceId: string;
}

export interface NewGuestLink {
  workspaceId: string;
  /** Id of the row in the module's own table that says what the link shows. */
  id: string;
  /** What it shows, such as `list`: a token opens only links of the kind that is asked for. */
  kind: string;
  name: string;
  days: number;
  passphrase?: string | undefined;
  by: { id: string; name: string };
  at: Date;
}

/** Makes a link for somebody outside; its token is told once, and only its hash stays here. */
export async function makeGuestLink(tx: Tx, made: NewGuestLink): Promise<{ link: GuestLink; token: string }> {
  const token = newToken();
  const row = await tx
    .insertInto('guest_link')
    .values({
      workspace_id: made.workspaceId,
      id: made.id,
      kind: made.kind,
      name: made.name,
      token_hash: hashToken(token),
      passphrase_hash: made.passphrase === undefined ? null : await hashPassphrase(made.passphrase),
      expires_at: new Date(made.at.getTime() + made.days * dayMs),
      created_by: made.by.id,
      created_by_name: made.by.name,
      created_at: made.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { link: toGuestLink(row), token };
}

/** Links by id. */
export async function readGuestLinks(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, GuestLink>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('guest_link')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toGuestLink(row)]));
}

/** Ends a link; one that has ended keeps its time. Null when there is none. */
export async function endGuestLink(
  tx: Tx,
  workspaceId: string,
  of: { id: string; endedAt: Date },
): Promise<GuestLink | null> {
  const row = await tx
    .updateTable('guest_link')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, ${of.endedAt})` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toGuestLink(row);
}

export async function countOpened(tx: Tx, link: GuestLink, at: Date): Promise<void> {
  await tx
    .updateTable('guest_link')
    .set({ opened: sql<number>`opened + 1`, last_opened_at: at, wrong_tries: 0 })
    .where('workspace_id', '=', link.workspaceId)
    .where('id', '=', link.id)
    .execute();
}

export function toGuestLink(row: Selectable<GuestLinkRow>): GuestLink {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    hasPassphrase: row.passphrase_hash !== null,
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    opened: row.opened,
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
  };
}

/** What a link tells of itself, without the workspace. */
export function viewOf({ workspaceId: _workspace, ...view }: GuestLink): GuestLinkView {
  return view;
}
