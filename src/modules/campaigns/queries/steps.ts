import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Happening } from '../api.ts';

export interface StepRow {
  enrolment_id: string;
  stage: string;
  state: 'done' | 'skipped' | 'extra';
  reason: string | null;
  by_name: string;
  at: Date;
}

/** Where the enrolments depart from the stages of their campaign. */
export async function selectSteps(tx: Tx, workspaceId: string, enrolmentIds: readonly string[]): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`
    select enrolment_id, stage, state, reason, by_name, at from enrolment_step
    where workspace_id = ${workspaceId} and enrolment_id = any(${enrolmentIds}::text[])
    order by enrolment_id, stage`.execute(tx);
  return rows;
}

export interface NewStep {
  enrolmentId: string;
  stage: string;
  state: StepRow['state'];
  reason: string | null;
}

/** Says of stages that they are done, skipped or extra; what was said before of the same stage is replaced. */
export async function upsertSteps(
  tx: Tx,
  workspaceId: string,
  of: { steps: readonly NewStep[]; byName: string; at: Date },
): Promise<void> {
  if (of.steps.length === 0) return;
  const column = (pick: (step: NewStep) => string | null) => of.steps.map(pick);
  await sql`
    insert into enrolment_step (workspace_id, enrolment_id, stage, state, reason, by_name, at)
    select ${workspaceId}, new.enrolment_id, new.stage, new.state, new.reason, ${of.byName}, ${of.at}::timestamptz
    from unnest(${column((step) => step.enrolmentId)}::text[], ${column((step) => step.stage)}::text[],
      ${column((step) => step.state)}::text[], ${column((step) => step.reason)}::text[]) as new (enrolment_id, stage, state, reason)
    on conflict (workspace_id, enrolment_id, stage) do update
      set state = excluded.state, reason = excluded.reason, by_name = excluded.by_name, at = excluded.at`.execute(tx);
}

/** Forgets that stages were done; what a person said of them (skipped, extra) stays. */
export async function deleteStepsFrom(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentIds: readonly string[]; stages: readonly string[] },
): Promise<void> {
  await sql`
    delete from enrolment_step
    where workspace_id = ${workspaceId} and enrolment_id = any(${of.enrolmentIds}::text[]) and stage = any(${of.stages}::text[])
      and state = 'done'`.execute(tx);
}

export async function deleteSteps(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentIds: readonly string[]; stages: readonly string[] },
): Promise<void> {
  await sql`
    delete from enrolment_step
    where workspace_id = ${workspaceId} and enrolment_id = any(${of.enrolmentIds}::text[]) and stage = any(${of.stages}::text[])`.execute(
    tx,
  );
}

/** Forgets what was said of stages a campaign no longer has. */
export async function deleteStepsOfStages(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; stages: readonly string[] },
): Promise<void> {
  await sql`
    delete from enrolment_step s using enrolment e
    where s.workspace_id = ${workspaceId} and e.workspace_id = ${workspaceId} and e.id = s.enrolment_id
      and e.campaign_id = ${of.campaignId} and s.stage = any(${of.stages}::text[])`.execute(tx);
}

export async function selectHappenings(tx: Tx, workspaceId: string, enrolmentIds: readonly string[]) {
  const { rows } = await sql<{ enrolment_id: string; happening: Happening; by_name: string; at: Date }>`
    select enrolment_id, happening, by_name, at from enrolment_happening
    where workspace_id = ${workspaceId} and enrolment_id = any(${enrolmentIds}::text[])
    order by enrolment_id, at, happening`.execute(tx);
  return rows;
}

/** Notes that something happened; the first time counts. True when it is news. */
export async function insertHappening(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentId: string; happening: Happening; byName: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into enrolment_happening (workspace_id, enrolment_id, happening, by_name, at)
    values (${workspaceId}, ${of.enrolmentId}, ${of.happening}, ${of.byName}, ${of.at}::timestamptz)
    on conflict do nothing returning happening`.execute(tx);
  return rows.length > 0;
}
