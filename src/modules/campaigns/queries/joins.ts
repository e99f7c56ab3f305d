import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { JoinSide } from '../rules/join-fields.ts';

/** That an enrolment followed a merge of its creator; see migration 0165. `kept_id` is `joined_id` where it only came under another person. */
export interface JoinRow {
  joined_id: string;
  kept_id: string;
  campaign_id: string;
  joined_person_id: string;
  kept_person_id: string;
  fee_question: 'none' | 'open' | 'decided';
  fee_choice: 'both' | 'kept' | 'joined' | null;
  fee_reason: string | null;
  decided_by: string | null;
  joined_at: Date;
  parted_at: Date | null;
}

const columns = sql.raw(
  'joined_id, kept_id, campaign_id, joined_person_id, kept_person_id, fee_question, fee_choice, fee_reason, decided_by, joined_at, parted_at',
);

/** The row, held until the transaction ends. */
export async function lockJoin(
  tx: Tx,
  workspaceId: string,
  of: { joinedId: string; joinedPersonId: string },
): Promise<JoinRow | undefined> {
  const { rows } = await sql<JoinRow>`
    select ${columns} from enrolment_join
    where workspace_id = ${workspaceId} and joined_id = ${of.joinedId} and joined_person_id = ${of.joinedPersonId} for update`.execute(
    tx,
  );
  return rows[0];
}

/** What stands because these persons were merged, or because others were merged into them; the newest first, so that chains are undone from their end. */
export async function selectStandingJoins(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<JoinRow[]> {
  const { rows } = await sql<JoinRow>`
    select ${columns} from enrolment_join
    where workspace_id = ${workspaceId} and parted_at is null
      and (joined_person_id = any(${personIds}::text[]) or kept_person_id = any(${personIds}::text[]))
    order by joined_at desc, joined_id desc`.execute(tx);
  return rows;
}

/** What was brought together with enrolments and still is, the oldest first. */
export async function selectJoinedWith(tx: Tx, workspaceId: string, keptIds: readonly string[]): Promise<JoinRow[]> {
  const { rows } = await sql<JoinRow>`
    select ${columns} from enrolment_join
    where workspace_id = ${workspaceId} and kept_id = any(${keptIds}::text[]) and joined_id <> kept_id and parted_at is null
    order by joined_at, joined_id`.execute(tx);
  return rows;
}

/** Joins whose fees wait for a decision, the oldest first. */
export async function selectOpenQuestions(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string | undefined; limit: number },
): Promise<JoinRow[]> {
  const { rows } = await sql<JoinRow>`
    select ${columns} from enrolment_join
    where workspace_id = ${workspaceId} and fee_question = 'open' and parted_at is null
      and (${of.campaignId ?? null}::text is null or campaign_id = ${of.campaignId ?? null})
    order by joined_at, joined_id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Enrolments of a person that stand by themselves, and the one of another person on the same campaign where there is one. */
export async function selectToJoin(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; keptPersonId: string },
): Promise<{ id: string; campaign_id: string; kept_id: string | null }[]> {
  const { rows } = await sql<{ id: string; campaign_id: string; kept_id: string | null }>`
    select e.id, e.campaign_id, k.id as kept_id
    from enrolment e
    left join enrolment k on k.workspace_id = e.workspace_id and k.campaign_id = e.campaign_id and k.person_id = ${of.keptPersonId}
    where e.workspace_id = ${workspaceId} and e.person_id = ${of.personId} and e.joined_into is null
    order by e.campaign_id, e.id`.execute(tx);
  return rows;
}

/** Notes that an enrolment follows a merge, with both rows as they stand. */
export async function writeJoin(
  tx: Tx,
  workspaceId: string,
  of: {
    joinedId: string;
    keptId: string;
    campaignId: string;
    joinedPersonId: string;
    keptPersonId: string;
    feeQuestion: 'none' | 'open';
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into enrolment_join (workspace_id, joined_id, kept_id, campaign_id, joined_person_id, kept_person_id, stood, fee_question, joined_at)
    select ${workspaceId}, j.id, k.id, ${of.campaignId}, ${of.joinedPersonId}, ${of.keptPersonId},
      jsonb_build_object('kept', to_jsonb(k), 'joined', to_jsonb(j)), ${of.feeQuestion}, ${of.at}
    from enrolment j, enrolment k
    where j.workspace_id = ${workspaceId} and j.id = ${of.joinedId} and k.workspace_id = ${workspaceId} and k.id = ${of.keptId}
    on conflict (workspace_id, joined_id, joined_person_id) do update
      set kept_id = excluded.kept_id, kept_person_id = excluded.kept_person_id, stood = excluded.stood, fee_question = excluded.fee_question,
        fee_choice = null, fee_reason = null, decided_by = null, decided_at = null, joined_at = excluded.joined_at, parted_at = null`.execute(
    tx,
  );
}

/** Notes how the kept row stands right after, so that what somebody changes later is told from what the join changed. */
export async function noteAfter(tx: Tx, workspaceId: string, join: { joinedId: string; joinedPersonId: string }) {
  await sql`
    update enrolment_join n set stood = n.stood || jsonb_build_object('after', to_jsonb(k))
    from enrolment k
    where n.workspace_id = ${workspaceId} and n.joined_id = ${join.joinedId} and n.joined_person_id = ${join.joinedPersonId}
      and k.workspace_id = n.workspace_id and k.id = n.kept_id`.execute(tx);
}

export async function setDecided(
  tx: Tx,
  workspaceId: string,
  of: { joinedId: string; joinedPersonId: string; choice: string; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`
    update enrolment_join set fee_question = 'decided', fee_choice = ${of.choice}, fee_reason = ${of.reason}, decided_by = ${of.by}, decided_at = ${of.at}
    where workspace_id = ${workspaceId} and joined_id = ${of.joinedId} and joined_person_id = ${of.joinedPersonId}`.execute(
    tx,
  );
}

export async function writeFields(
  tx: Tx,
  workspaceId: string,
  of: { id: string; fields: Partial<JoinSide> & { joined_into?: string | null } },
): Promise<void> {
  await tx
    .updateTable('enrolment')
    .set(of.fields)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

/** Puts an enrolment under another person; false where that one has an enrolment of their own on the campaign. */
export async function setPerson(
  tx: Tx,
  workspaceId: string,
  of: { id: string; from: string; to: string },
): Promise<boolean> {
  const { rows } = await sql`
    update enrolment e set person_id = ${of.to}
    where e.workspace_id = ${workspaceId} and e.id = ${of.id} and e.person_id = ${of.from}
      and not exists (select from enrolment o where o.workspace_id = e.workspace_id and o.campaign_id = e.campaign_id and o.person_id = ${of.to})
    returning e.id`.execute(tx);
  return rows.length > 0;
}

const putBack: readonly (keyof JoinSide)[] = [
  'stage',
  'stage_since',
  'profile_id',
  'signed_fee_minor',
  'signed_fee_currency',
  'note',
  'owner_id',
  'blocker',
  'blocker_since',
  'respond_by',
  'drafts_by',
  'live_from',
  'live_until',
  'tags',
  'contract_ended_on',
  'contract_end_reason',
  'removed_at',
  'removed_reason',
];

/** Columns of the kept enrolment that somebody changed since the join: those stay as they are when it is parted. */
export async function selectChangedSince(
  tx: Tx,
  workspaceId: string,
  join: Pick<JoinRow, 'joined_id' | 'joined_person_id'>,
): Promise<{ changed: Set<string>; keepsFee: boolean }> {
  const names = [...putBack, 'fee_minor', 'fee_paid_on'];
  const { rows } = await sql<{ name: string; is_changed: boolean; was_touched: boolean }>`
    select c.name, to_jsonb(k) -> c.name is distinct from n.stood -> 'after' -> c.name as is_changed,
      n.stood -> 'after' -> c.name is distinct from n.stood -> 'kept' -> c.name as was_touched
    from enrolment_join n
    join enrolment k on k.workspace_id = n.workspace_id and k.id = n.kept_id
    cross join unnest(${names}::text[]) as c (name)
    where n.workspace_id = ${workspaceId} and n.joined_id = ${join.joined_id} and n.joined_person_id = ${join.joined_person_id}`.execute(
    tx,
  );
  const fee = rows.filter((row) => row.name === 'fee_minor' || row.name === 'fee_paid_on');
  // A fee that took in the other one and was changed afterwards cannot be divided again.
  const keepsFee = fee.some((row) => row.is_changed) && fee.some((row) => row.was_touched);
  return { changed: new Set(rows.filter((row) => row.is_changed && row.was_touched).map((row) => row.name)), keepsFee };
}

/** Parts a join: the joined row as it stood, the kept one without what came of it, but where somebody changed that since. */
export async function restoreFields(
  tx: Tx,
  workspaceId: string,
  of: { join: JoinRow; keepsFee: boolean },
): Promise<void> {
  const { joined_id: joinedId, joined_person_id: personId, kept_id: keptId } = of.join;
  const was = (name: string, side: 'kept' | 'joined') =>
    sql`(jsonb_populate_record(null::enrolment, n.stood -> ${sql.lit(side)})).${sql.ref(name)}`;
  const untouched = (name: string) =>
    sql`${sql.ref(name)} = case when to_jsonb(e) -> ${sql.lit(name)} is not distinct from n.stood -> 'after' -> ${sql.lit(name)}
      then ${was(name, 'kept')} else e.${sql.ref(name)} end`;
  // Costs were added up: what the other one brought is taken off again, whatever came since.
  const without = (name: string) =>
    sql`${sql.ref(name)} = case
      when to_jsonb(e) -> ${sql.lit(name)} is not distinct from n.stood -> 'after' -> ${sql.lit(name)} then ${was(name, 'kept')}
      when e.${sql.ref(name)} is null then null
      else greatest(e.${sql.ref(name)} - coalesce(${was(name, 'joined')}, 0), 0) end`;
  const costs = ['product_cost_minor', 'postage_minor', 'postage_assumed_minor'];
  const fees = ['fee_minor', 'fee_paid_on'];
  const sets = [...[...putBack, ...(of.keepsFee ? [] : fees)].map(untouched), ...costs.map(without)];
  await sql`
    update enrolment e set ${sql.join(sets)} from enrolment_join n
    where n.workspace_id = ${workspaceId} and n.joined_id = ${joinedId} and n.joined_person_id = ${personId}
      and e.workspace_id = n.workspace_id and e.id = ${keptId}`.execute(tx);
  const back = [...putBack, ...costs, ...(of.keepsFee ? [] : fees)].map(
    (name) => sql`${sql.ref(name)} = ${was(name, 'joined')}`,
  );
  await sql`
    update enrolment e set joined_into = null, ${sql.join(back)} from enrolment_join n
    where n.workspace_id = ${workspaceId} and n.joined_id = ${joinedId} and n.joined_person_id = ${personId}
      and e.workspace_id = n.workspace_id and e.id = ${joinedId}`.execute(tx);
}

export async function markParted(
  tx: Tx,
  workspaceId: string,
  of: { joinedId: string; joinedPersonId: string; at: Date },
): Promise<void> {
  await sql`
    update enrolment_join set parted_at = ${of.at}
    where workspace_id = ${workspaceId} and joined_id = ${of.joinedId} and joined_person_id = ${of.joinedPersonId}`.execute(
    tx,
  );
}

/** An enrolment and all that were brought together with it, through any number of merges. */
export async function selectFamily(tx: Tx, workspaceId: string, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive family (id) as (
      select ${id}::text
      union
      select e.id from family f join enrolment e on e.workspace_id = ${workspaceId} and e.joined_into = f.id)
    select id from family order by id`.execute(tx);
  return rows.map((row) => row.id);
}

/** The enrolment an id leads to: itself, or the one it was brought together with, through any number of merges. */
export async function selectStandingId(tx: Tx, workspaceId: string, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive way (id, into_id) as (
      select e.id, e.joined_into from enrolment e where e.workspace_id = ${workspaceId} and e.id = ${id}
      union
      select e.id, e.joined_into from way w join enrolment e on e.workspace_id = ${workspaceId} and e.id = w.into_id)
    select id from way where into_id is null`.execute(tx);
  return rows[0]?.id ?? id;
}
