import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

const keptHours = 24;

/** Keeps a consent that was begun; those of former days go. */
export async function insertConsent(
  tx: Tx,
  workspaceId: string,
  of: { id: string; stateHash: Buffer; actorId: string; sealed: Buffer; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`delete from mail_consent where workspace_id = ${workspaceId} and created_at < ${of.now}::timestamptz - make_interval(hours => ${keptHours})`.execute(
    tx,
  );
  await sql`
    insert into mail_consent (workspace_id, id, state_hash, actor_id, sealed, created_at, expires_at)
    values (${workspaceId}, ${of.id}, ${of.stateHash}, ${of.actorId}, ${of.sealed}, ${of.now}, ${of.expiresAt})`.execute(
    tx,
  );
}

/** Takes a consent for good, whatever comes of it; undefined when it is not there, over, used, or somebody else's. */
export async function takeConsent(
  tx: Tx,
  workspaceId: string,
  of: { stateHash: Buffer; actorId: string; now: Date },
): Promise<{ id: string; sealed: Buffer } | undefined> {
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    update mail_consent set used_at = ${of.now}
    where workspace_id = ${workspaceId} and state_hash = ${of.stateHash} and actor_id = ${of.actorId} and used_at is null and expires_at > ${of.now}
    returning id, sealed`.execute(tx);
  return rows[0];
}
