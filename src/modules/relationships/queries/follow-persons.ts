import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { moveAmbassador } from './ambassadors.ts';

/** Tables whose rows have an id and a person; each is moved whole. */
const ownRows = ['creator_note', 'rebook_opinion', 'incident', 'past_work', 'do_not_work'] as const;

/** Points everything of a merged person to the kept one, and notes what was moved. A second flag falls: one of them stands. */
export async function moveToPerson(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  const { from, to } = of;
  await sql`
    with fallen as (
      update do_not_work set lifted_at = now(), lifted_by = 'Rapport', lifted_reason = 'Merged into a creator who has a flag'
      where workspace_id = ${workspaceId} and person_id = ${from} and lifted_at is null and exists (
        select from do_not_work kept where kept.workspace_id = ${workspaceId} and kept.person_id = ${to} and kept.lifted_at is null)
      returning id)
    insert into relationship_move (workspace_id, from_person_id, to_person_id, what, row_id)
    select ${workspaceId}, ${from}, ${to}, 'lifted_flag', id from fallen on conflict do nothing`.execute(tx);
  for (const table of ownRows)
    await sql`
      with moved as (
        update ${sql.table(table)} set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from} returning id)
      insert into relationship_move (workspace_id, from_person_id, to_person_id, what, row_id)
      select ${workspaceId}, ${from}, ${to}, ${table}, id from moved on conflict do nothing`.execute(tx);
  await moveAmbassador(tx, workspaceId, of);
  await sql`
    insert into relationship_move (workspace_id, from_person_id, to_person_id, what, row_id)
    select workspace_id, ${from}, ${to}, case when exists (
        select from manager_creator kept where kept.workspace_id = mine.workspace_id and kept.manager_id = mine.manager_id and kept.person_id = ${to})
      then 'shared_manager' else 'manager_creator' end, manager_id
    from manager_creator mine where workspace_id = ${workspaceId} and person_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  await sql`
    insert into manager_creator (workspace_id, manager_id, person_id, since)
    select workspace_id, manager_id, ${to}, since from manager_creator where workspace_id = ${workspaceId} and person_id = ${from}
    on conflict do nothing`.execute(tx);
  await sql`delete from manager_creator where workspace_id = ${workspaceId} and person_id = ${from}`.execute(tx);
}

/** Gives a person who was merged by mistake back what the merge moved and still stands with the kept one. Doing it again finds nothing. */
export async function giveBack(tx: Tx, workspaceId: string, of: { absorbed: string; kept: string }): Promise<void> {
  const { absorbed, kept } = of;
  const noted = (what: string) => sql`(
    select row_id from relationship_move where workspace_id = ${workspaceId} and from_person_id = ${absorbed} and to_person_id = ${kept} and what = ${what})`;
  for (const table of ownRows)
    await sql`
      update ${sql.table(table)} set person_id = ${absorbed}
      where workspace_id = ${workspaceId} and person_id = ${kept} and id in ${noted(table)}`.execute(tx);
  await sql`
    update do_not_work set lifted_at = null, lifted_by = null, lifted_reason = null
    where workspace_id = ${workspaceId} and person_id = ${absorbed} and id in ${noted('lifted_flag')}`.execute(tx);
  await sql`
    insert into manager_creator (workspace_id, manager_id, person_id, since)
    select workspace_id, manager_id, ${absorbed}, since from manager_creator
    where workspace_id = ${workspaceId} and person_id = ${kept} and (manager_id in ${noted('manager_creator')} or manager_id in ${noted('shared_manager')})
    on conflict do nothing`.execute(tx);
  await sql`
    delete from manager_creator
    where workspace_id = ${workspaceId} and person_id = ${kept} and manager_id in ${noted('manager_creator')}`.execute(
    tx,
  );
  await sql`
    delete from relationship_move
    where workspace_id = ${workspaceId} and from_person_id = ${absorbed} and to_person_id = ${kept}`.execute(tx);
}

/** Removes the ids of erased persons from messages about many; all else of them goes with their row. */
export async function forgetInMessages(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  await sql`
    update manager_message set person_ids = array_remove(person_ids, ${personId})
    where workspace_id = ${workspaceId} and person_ids @> array[${personId}]::text[]`.execute(tx);
}
