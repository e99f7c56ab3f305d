import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type {
  AmbassadorJudgement,
  AmbassadorMove,
  AmbassadorProgram,
  Ambassador as AmbassadorTable,
} from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type ProgramRow = Selectable<AmbassadorProgram>;
export type StandingRow = Selectable<AmbassadorTable>;
export type JudgementRow = Selectable<AmbassadorJudgement>;
export type MoveRow = Selectable<AmbassadorMove>;

export async function selectProgram(tx: Tx, workspaceId: string, campaignId: string): Promise<ProgramRow | undefined> {
  return tx
    .selectFrom('ambassador_program')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
}

/** The programme, held until the transaction ends: who judges, decides or changes it comes one after the other. */
export async function lockProgram(tx: Tx, workspaceId: string, campaignId: string): Promise<ProgramRow | undefined> {
  return tx
    .selectFrom('ambassador_program')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
}

/** Programmes of any workspace that may have to judge by a day; days of workspaces differ by hours, so ask each one again. */
export async function selectDuePrograms(
  tx: Tx,
  of: { until: string; limit: number },
): Promise<{ workspace_id: string; campaign_id: string }[]> {
  return tx
    .selectFrom('ambassador_program')
    .select(['workspace_id', 'campaign_id'])
    .where('is_on', '=', true)
    .where('next_judged_on', '<=', of.until)
    .orderBy('next_judged_on')
    .orderBy('workspace_id')
    .orderBy('campaign_id')
    .limit(of.limit)
    .execute();
}

/** Writes the programme and keeps this version of its rules. */
export async function upsertProgram(tx: Tx, row: Insertable<AmbassadorProgram>, rules: string): Promise<void> {
  const { workspace_id, campaign_id, ...set } = row;
  await tx
    .insertInto('ambassador_program')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'campaign_id']).doUpdateSet(set))
    .execute();
  const { version, saved_by, saved_at } = row;
  await tx
    .insertInto('ambassador_program_version')
    .values({ workspace_id, campaign_id, version, rules, saved_by, saved_at })
    .execute();
}

export async function setNextJudging(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; on: string },
): Promise<void> {
  await tx
    .updateTable('ambassador_program')
    .set({ next_judged_on: of.on })
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .execute();
}

export async function selectStandings(tx: Tx, workspaceId: string, campaignId: string): Promise<StandingRow[]> {
  return tx
    .selectFrom('ambassador')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('enrolment_id')
    .execute();
}

export async function upsertStanding(tx: Tx, row: Insertable<AmbassadorTable>): Promise<void> {
  await tx
    .insertInto('ambassador')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'enrolment_id']).doUpdateSet({ tier_id: row.tier_id, since: row.since }),
    )
    .execute();
}

/** Keeps judgements; of a day that was judged already nothing changes. Returns the ids that came in. */
export async function insertJudgements(tx: Tx, rows: readonly Insertable<AmbassadorJudgement>[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const made = await tx
    .insertInto('ambassador_judgement')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return new Set(made.map((row) => row.id));
}

/** What waits for these enrolments is decided by nobody any more. */
export async function supersede(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentIds: readonly string[]; before: string },
): Promise<void> {
  await tx
    .updateTable('ambassador_judgement')
    .set({ state: 'superseded' })
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', sql<string>`any(${[...of.enrolmentIds]}::text[])`)
    .where('judged_on', '<', of.before)
    .where('state', '=', 'waiting')
    .execute();
}

export async function lockJudgements(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<JudgementRow[]> {
  return tx
    .selectFrom('ambassador_judgement')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function setDecided(
  tx: Tx,
  workspaceId: string,
  of: { id: string; state: string; tierId: string; reason: string | null; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('ambassador_judgement')
    .set({
      state: of.state,
      decided_tier: of.tierId,
      reason: of.reason,
      decided_by: of.by,
      decided_at: of.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

/** Newest first, ties by id. */
export async function selectJudgements(
  tx: Tx,
  workspaceId: string,
  of: {
    campaignId?: string;
    enrolmentId?: string | undefined;
    ids?: readonly string[];
    state?: string;
    limit: number;
  },
): Promise<JudgementRow[]> {
  let query = tx.selectFrom('ambassador_judgement').selectAll().where('workspace_id', '=', workspaceId);
  if (of.campaignId !== undefined) query = query.where('campaign_id', '=', of.campaignId);
  if (of.enrolmentId !== undefined) query = query.where('enrolment_id', '=', of.enrolmentId);
  if (of.ids !== undefined) query = query.where('id', '=', sql<string>`any(${[...of.ids]}::text[])`);
  if (of.state !== undefined) query = query.where('state', '=', of.state);
  return query.orderBy('judged_on', 'desc').orderBy('id', 'desc').limit(of.limit).execute();
}

export async function insertMove(tx: Tx, row: Insertable<AmbassadorMove>): Promise<void> {
  await tx.insertInto('ambassador_move').values(row).execute();
}

/** Newest first, ties by id. */
export async function selectMoves(
  tx: Tx,
  workspaceId: string,
  of: { campaignId?: string; personId?: string; limit: number },
): Promise<MoveRow[]> {
  let query = tx.selectFrom('ambassador_move').selectAll().where('workspace_id', '=', workspaceId);
  if (of.campaignId !== undefined) query = query.where('campaign_id', '=', of.campaignId);
  if (of.personId !== undefined) query = query.where('person_id', '=', of.personId);
  return query.orderBy('moved_at', 'desc').orderBy('id', 'desc').limit(of.limit).execute();
}

/** Points all of a merged person to the kept one. */
export async function moveAmbassador(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  for (const table of ['ambassador', 'ambassador_judgement', 'ambassador_move'] as const)
    await tx
      .updateTable(table)
      .set({ person_id: of.to })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', of.from)
      .execute();
}
