import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Stands by a piece that was owed by both entries of one creator. */
const closedReason = 'The same piece stands in this creator’s other entry, which was brought together with this one';

/**
 * A line of the brief is owed once: where both enrolments have a piece of it, one that nobody began or signed for is closed, and the joined one lets go of the line,
 * so that both can stand beside each other. Both are noted, for a parting.
 */
export async function closeRepeatedLines(
  tx: Tx,
  workspaceId: string,
  of: { joinedId: string; keptId: string },
): Promise<void> {
  const isFree = (one: string) => sql.raw(`(${one}.state = 'planned' and ${one}.contract_id is null)`);
  await sql`
    with pair as (
      select j.id as joined_id, k.id as kept_id,
        case when j.state = 'cancelled' or k.state = 'cancelled' then null when ${isFree('j')} then j.id when ${isFree('k')} then k.id end as closed_id
      from deliverable j
      join deliverable k on k.workspace_id = j.workspace_id and k.enrolment_id = ${of.keptId} and k.brief_line = j.brief_line
      where j.workspace_id = ${workspaceId} and j.enrolment_id = ${of.joinedId}),
    changed as (
      select joined_id as id, true as is_joined from pair union select closed_id, false from pair where closed_id is not null),
    noted as (
      insert into enrolment_move (workspace_id, joined_id, what, row_id, kept_id, stood)
      select distinct on (d.id) ${workspaceId}, ${of.joinedId}, 'deliverable_line', d.id, ${of.keptId}, jsonb_build_object('state', d.state, 'line', d.brief_line)
      from changed c join deliverable d on d.workspace_id = ${workspaceId} and d.id = c.id
      order by d.id
      on conflict do nothing)
    update deliverable d
    set brief_line = case when exists (select from pair where pair.joined_id = d.id) then null else d.brief_line end,
      state = case when exists (select from pair where closed_id = d.id) then 'cancelled' else d.state end,
      closed_reason = case when exists (select from pair where closed_id = d.id) then ${closedReason} else d.closed_reason end
    where d.workspace_id = ${workspaceId} and d.id in (select id from changed)`.execute(tx);
}

/** After a parting: pieces have their line again, and those closed for the other's sake are open, unless somebody did something with them since. */
export async function reopenRepeatedLines(tx: Tx, workspaceId: string, joinedId: string): Promise<void> {
  await sql`
    with given as (
      delete from enrolment_move where workspace_id = ${workspaceId} and joined_id = ${joinedId} and what = 'deliverable_line' returning row_id, stood)
    update deliverable d
    set brief_line = coalesce(d.brief_line, given.stood ->> 'line'),
      state = case when d.closed_reason = ${closedReason} then given.stood ->> 'state' else d.state end,
      closed_reason = nullif(d.closed_reason, ${closedReason})
    from given where d.workspace_id = ${workspaceId} and d.id = given.row_id`.execute(tx);
}

/** What the kept enrolment was sent of its brief stays what it has now: it counts on after what the joined one was sent. */
export async function raiseSentNo(
  tx: Tx,
  workspaceId: string,
  of: { joinedId: string; keptId: string },
): Promise<void> {
  await sql`
    update brief_receipt k set sent_no = k.sent_no + (
      select coalesce(max(j.sent_no), 0) from brief_receipt j where j.workspace_id = ${workspaceId} and j.enrolment_id = ${of.joinedId})
    where k.workspace_id = ${workspaceId} and k.enrolment_id = ${of.keptId}`.execute(tx);
}
