import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A table whose rows belong to an enrolment, named by the module that owns it. */
export interface CarriedRows {
  table: string;
  /** Column that tells a row apart within its enrolment: `id` where left out. */
  key?: string;
  /** Whether rows name the creator too, in `person_id`. */
  hasPerson?: boolean;
  /** Rows `r` that stay where they are, because the kept enrolment `${kept}` has one already and two may not be. */
  unless?: (kept: string) => RawBuilder<unknown>;
}

export interface CarriedTo {
  workspaceId: string;
  joinedId: string;
  /** Null once parted. */
  keptId: string | null;
  /** Whose the rows are that stand at the joined enrolment, and whose those at the kept one. */
  joinedPersonId: string;
  keptPersonId: string;
}

/**
 * Brings the rows of one table to where they belong by the join as it stands now: with the kept enrolment, or back, each by the note of where it went.
 * Doing it again finds nothing to do.
 */
export async function settleRows(tx: Tx, of: CarriedTo, rows: CarriedRows): Promise<void> {
  const { workspaceId, joinedId, keptId } = of;
  const table = sql.table(rows.table);
  const key = sql.ref(`r.${rows.key ?? 'id'}`);
  const isSame = keptId === joinedId;
  await sql`
    with given as (
      delete from enrolment_move
      where workspace_id = ${workspaceId} and joined_id = ${joinedId} and what = ${rows.table} and kept_id is distinct from ${keptId}::text
      returning row_id, kept_id)
    update ${table} r set enrolment_id = ${joinedId} from given
    where r.workspace_id = ${workspaceId} and r.enrolment_id = given.kept_id and ${key} = given.row_id`.execute(tx);
  if (keptId !== null && !isSame) {
    const stays = rows.unless === undefined ? sql`false` : rows.unless(keptId);
    await sql`
      with moved as (
        update ${table} r set enrolment_id = ${keptId}
        where r.workspace_id = ${workspaceId} and r.enrolment_id = ${joinedId} and not (${stays})
        returning ${key} as row_id)
      insert into enrolment_move (workspace_id, joined_id, what, row_id, kept_id)
      select ${workspaceId}, ${joinedId}, ${rows.table}, row_id, ${keptId} from moved on conflict do nothing`.execute(
      tx,
    );
  }
  if (rows.hasPerson !== true) return;
  const own = (id: string, personId: string, from: string) =>
    sql`
    update ${table} r set person_id = ${personId}
    where r.workspace_id = ${workspaceId} and r.enrolment_id = ${id} and r.person_id = ${from}`.execute(tx);
  if (keptId === null) await own(joinedId, of.joinedPersonId, of.keptPersonId);
  else await own(keptId, of.keptPersonId, of.joinedPersonId);
}
