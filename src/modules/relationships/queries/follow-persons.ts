import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { moveAmbassador } from './ambassadors.ts';

/** Points everything of a merged person to the kept one. A second flag falls: one of them stands. */
export async function moveToPerson(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  const { from, to } = of;
  await sql`update creator_note set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
    tx,
  );
  await sql`update rebook_opinion set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
    tx,
  );
  await sql`update incident set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
    tx,
  );
  await sql`update past_work set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
    tx,
  );
  await moveAmbassador(tx, workspaceId, of);
  await sql`
    insert into manager_creator (workspace_id, manager_id, person_id, since)
    select workspace_id, manager_id, ${to}, since from manager_creator where workspace_id = ${workspaceId} and person_id = ${from}
    on conflict do nothing`.execute(tx);
  await sql`delete from manager_creator where workspace_id = ${workspaceId} and person_id = ${from}`.execute(tx);
  await sql`
    update do_not_work set lifted_at = now(), lifted_by = 'Rapport', lifted_reason = 'Merged into a creator who has a flag'
    where workspace_id = ${workspaceId} and person_id = ${from} and lifted_at is null and exists (
      select from do_not_work kept where kept.workspace_id = ${workspaceId} and kept.person_id = ${to} and kept.lifted_at is null)`.execute(
    tx,
  );
  await sql`update do_not_work set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
    tx,
  );
}

/** Removes the ids of erased persons from messages about many; all else of them goes with their row. */
export async function forgetInMessages(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  await sql`
    update manager_message set person_ids = array_remove(person_ids, ${personId})
    where workspace_id = ${workspaceId} and person_ids @> array[${personId}]::text[]`.execute(tx);
}
