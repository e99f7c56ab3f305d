import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ExperimentRow {
  id: string;
  campaign_id: string;
  name: string;
  unit: 'place' | 'code' | 'customer';
  outcome: string;
  currency: string | null;
  arms: { name: string; share: number }[];
  seed: number;
  state: 'draft' | 'running' | 'ended';
  starts_on: string | null;
  ends_on: string | null;
  created_by_name: string;
  created_at: Date;
  assigned_at: Date | null;
  outcomes_at: Date | null;
}

export interface UnitRow {
  experiment_id: string;
  unit_key: string;
  arm: string;
  before_value: number | null;
  outcome_value: number | null;
}

const columns = sql`id, campaign_id, name, unit, outcome, currency, arms, seed, state, starts_on, ends_on, created_by_name, created_at, assigned_at, outcomes_at`;

export async function insertExperiment(
  tx: Tx,
  workspaceId: string,
  of: {
    row: Omit<ExperimentRow, 'state' | 'outcomes_at'>;
    createdBy: string;
    units: readonly Omit<UnitRow, 'experiment_id' | 'outcome_value'>[];
  },
): Promise<void> {
  const { row, units } = of;
  await sql`
    insert into experiment (workspace_id, id, campaign_id, name, unit, outcome, currency, arms, seed, starts_on, ends_on, created_by, created_by_name, created_at, assigned_at)
    values (${workspaceId}, ${row.id}, ${row.campaign_id}, ${row.name}, ${row.unit}, ${row.outcome}, ${row.currency}, ${JSON.stringify(row.arms)}::jsonb, ${row.seed},
      ${row.starts_on}, ${row.ends_on}, ${of.createdBy}, ${row.created_by_name}, ${row.created_at}, ${row.assigned_at})`.execute(
    tx,
  );
  await sql`
    insert into experiment_unit (workspace_id, experiment_id, unit_key, arm, before_value)
    select ${workspaceId}, ${row.id}, u.* from unnest(${units.map((unit) => unit.unit_key)}::text[], ${units.map((unit) => unit.arm)}::text[],
      ${units.map((unit) => unit.before_value)}::double precision[]) as u`.execute(tx);
}

export async function selectExperiments(
  tx: Tx,
  of: { workspaceId: string; campaignId?: string; id?: string; limit: number },
): Promise<ExperimentRow[]> {
  const { rows } = await sql<ExperimentRow>`
    select ${columns} from experiment
    where workspace_id = ${of.workspaceId} and ${of.campaignId === undefined ? sql`true` : sql`campaign_id = ${of.campaignId}`}
      and ${of.id === undefined ? sql`true` : sql`id = ${of.id}`}
    order by created_at desc, id desc limit ${of.limit}`.execute(tx);
  return rows;
}

export async function selectUnits(tx: Tx, workspaceId: string, experimentIds: readonly string[]): Promise<UnitRow[]> {
  const { rows } = await sql<UnitRow>`
    select experiment_id, unit_key, arm, before_value, outcome_value from experiment_unit
    where workspace_id = ${workspaceId} and experiment_id = any(${[...experimentIds]}::text[]) order by experiment_id, unit_key`.execute(
    tx,
  );
  return rows;
}

/** Writes outcomes of units that are there; returns the keys that are not. */
export async function saveOutcomes(
  tx: Tx,
  workspaceId: string,
  of: { experimentId: string; outcomes: readonly { key: string; value: number }[]; at: Date },
): Promise<string[]> {
  const keys = of.outcomes.map((outcome) => outcome.key);
  const { rows: unknown } = await sql<{ key: string }>`
    select k.key from unnest(${keys}::text[]) as k (key)
    where not exists (select from experiment_unit u where u.workspace_id = ${workspaceId} and u.experiment_id = ${of.experimentId} and u.unit_key = k.key)
    order by k.key`.execute(tx);
  if (unknown.length > 0) return unknown.map((row) => row.key);
  await sql`
    update experiment_unit u set outcome_value = v.value
    from unnest(${keys}::text[], ${of.outcomes.map((outcome) => outcome.value)}::double precision[]) as v (key, value)
    where u.workspace_id = ${workspaceId} and u.experiment_id = ${of.experimentId} and u.unit_key = v.key`.execute(tx);
  await sql`update experiment set outcomes_at = ${of.at} where workspace_id = ${workspaceId} and id = ${of.experimentId}`.execute(
    tx,
  );
  return [];
}

export async function saveExperimentState(
  tx: Tx,
  workspaceId: string,
  of: { id: string; state: 'running' | 'ended' },
): Promise<void> {
  await sql`update experiment set state = ${of.state} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}
