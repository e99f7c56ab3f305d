import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What is known of a person that was merged into another is known of that one: open groups of one rule become one. Again it changes nothing. */
export async function moveToPerson(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  const { from, to } = of;
  await sql`
    update fraud_event e set group_id = kept.id
    from fraud_group old join fraud_group kept on kept.workspace_id = old.workspace_id and kept.rule = old.rule and kept.code_id is not distinct from old.code_id
      and kept.person_id = ${to} and kept.state = 'open'
    where old.workspace_id = ${workspaceId} and old.person_id = ${from} and old.state = 'open' and e.workspace_id = old.workspace_id and e.group_id = old.id`.execute(
    tx,
  );
  await sql`
    update fraud_appeal a set group_id = kept.id
    from fraud_group old join fraud_group kept on kept.workspace_id = old.workspace_id and kept.rule = old.rule and kept.code_id is not distinct from old.code_id
      and kept.person_id = ${to} and kept.state = 'open'
    where old.workspace_id = ${workspaceId} and old.person_id = ${from} and old.state = 'open' and a.workspace_id = old.workspace_id and a.group_id = old.id
      and (a.answered_at is not null or not exists (
        select from fraud_appeal b where b.workspace_id = a.workspace_id and b.group_id = kept.id and b.answered_at is null))`.execute(
    tx,
  );
  await sql`
    delete from fraud_group old using fraud_group kept
    where old.workspace_id = ${workspaceId} and old.person_id = ${from} and old.state = 'open' and kept.workspace_id = old.workspace_id and kept.rule = old.rule
      and kept.code_id is not distinct from old.code_id and kept.person_id = ${to} and kept.state = 'open'`.execute(tx);
  await sql`
    delete from fraud_event e using fraud_event other
    where e.workspace_id = ${workspaceId} and e.person_id = ${from} and other.workspace_id = e.workspace_id and other.person_id = ${to} and other.rule = e.rule
      and coalesce(other.conversion_id, other.group_id) = coalesce(e.conversion_id, e.group_id)`.execute(tx);
  await sql`
    update fraud_event set person_id = ${to}, event_hash = encode(sha256(convert_to(concat_ws(E'\\n', rule, ${to}::text, coalesce(conversion_id, group_id)), 'UTF8')), 'hex')
    where workspace_id = ${workspaceId} and person_id = ${from}`.execute(tx);
  await sql`
    update fraud_ban set lifted_at = banned_at, lifted_by_name = 'Rapport', lift_reason = 'Merged into one who is banned already'
    where workspace_id = ${workspaceId} and person_id = ${from} and lifted_at is null
      and exists (select from fraud_ban b where b.workspace_id = ${workspaceId} and b.person_id = ${to} and b.lifted_at is null)`.execute(
    tx,
  );
  for (const table of ['fraud_group', 'fraud_ban', 'fraud_appeal', 'fraud_order'] as const)
    await tx
      .updateTable(table)
      .set({ person_id: to })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', from)
      .execute();
  await sql`
    insert into fraud_visit (workspace_id, person_id, day, visitor_hash, prefix_hash)
    select workspace_id, ${to}, day, visitor_hash, prefix_hash from fraud_visit where workspace_id = ${workspaceId} and person_id = ${from}
    on conflict do nothing`.execute(tx);
  for (const table of ['fraud_visit', 'fraud_creator', 'fraud_due'] as const)
    await tx.deleteFrom(table).where('workspace_id', '=', workspaceId).where('person_id', '=', from).execute();
}

/** Forgets who was erased: what speaks against them goes, what was decided about orders stays without a name. */
export async function forgetPersons(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  const ids = [...personIds];
  for (const table of ['fraud_visit', 'fraud_creator', 'fraud_due', 'fraud_appeal', 'fraud_ban'] as const)
    await tx.deleteFrom(table).where('workspace_id', '=', workspaceId).where('person_id', 'in', ids).execute();
  await tx
    .deleteFrom('fraud_group')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', 'in', ids)
    .where('state', '<>', 'fraud')
    .execute();
  await sql`
    update fraud_event set evidence = '[]', says = 'The creator was erased.' where workspace_id = ${workspaceId} and person_id = any(${ids}::text[])`.execute(
    tx,
  );
}
