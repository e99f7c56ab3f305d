import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface AnswerRow {
  id: string;
  external_id: string;
  answered_at: Date;
  answer: string;
  order_external_id: string | null;
  conversion_id: string | null;
  person_id: string | null;
  campaign_id: string | null;
  matched_by: 'given' | 'handle' | 'name' | 'code' | 'choice' | 'hand' | null;
  choice: string | null;
  via: 'api' | 'file' | 'page' | 'hand';
}

const columns = sql`id, external_id, answered_at, answer, order_external_id, conversion_id, person_id, campaign_id, matched_by, choice, via`;

/** Stores answers that are not there yet; returns the external ids that are new. */
export async function insertAnswers(
  tx: Tx,
  workspaceId: string,
  rows: readonly (Omit<AnswerRow, 'answered_at'> & { answered_at: string })[],
): Promise<Set<string>> {
  const { rows: fresh } = await sql<{ external_id: string }>`
    insert into survey_answer (workspace_id, id, external_id, answered_at, answer, order_external_id, conversion_id, person_id, campaign_id, matched_by, choice, via)
    select ${workspaceId}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, external_id text, answered_at timestamptz, answer text,
      order_external_id text, conversion_id text, person_id text, campaign_id text, matched_by text, choice text, via text)
    order by r.external_id
    on conflict (workspace_id, external_id) do nothing returning external_id`.execute(tx);
  return new Set(fresh.map((row) => row.external_id));
}

/** True when an answer waits for an order that is not here yet. */
export async function hasLooseAnswers(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from survey_answer where workspace_id = ${workspaceId} and order_external_id is not null and conversion_id is null
    ) as found`.execute(tx);
  return rows[0]?.found === true;
}

/** Ties answers that came before their order to it; returns the orders. */
export async function tieAnswers(tx: Tx, workspaceId: string, orders: ReadonlyMap<string, string>): Promise<string[]> {
  if (orders.size === 0) return [];
  const { rows } = await sql<{ conversion_id: string }>`
    update survey_answer a set conversion_id = o.id
    from unnest(${[...orders.keys()]}::text[], ${[...orders.values()]}::text[]) as o (external_id, id)
    where a.workspace_id = ${workspaceId} and a.order_external_id = o.external_id and a.conversion_id is null
    returning a.conversion_id`.execute(tx);
  return [...new Set(rows.map((row) => row.conversion_id))].sort();
}

export async function selectAnswers(
  tx: Tx,
  of: {
    workspaceId: string;
    campaignId: string | undefined;
    personId: string | undefined;
    names: 'somebody' | 'nobody' | undefined;
    after: { at: string; id: string } | null;
    limit: number;
  },
): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select ${columns} from survey_answer
    where workspace_id = ${of.workspaceId} and ${of.names === undefined ? sql`true` : of.names === 'nobody' ? sql`person_id is null` : sql`person_id is not null`} and ${of.campaignId === undefined ? sql`true` : sql`campaign_id = ${of.campaignId}`}
      and ${of.personId === undefined ? sql`true` : sql`person_id = ${of.personId}`}
      and ${of.after === null ? sql`true` : sql`(answered_at, id) < (${of.after.at}::timestamptz, ${of.after.id})`}
    order by answered_at desc, id desc limit ${of.limit}`.execute(tx);
  return rows;
}

/** Answers of a period, those that name a creator of the campaign, and those of them whose order nobody is paid for. */
export async function countAnswers(
  tx: Tx,
  of: { workspaceId: string; campaignId: string; from: string; to: string; timeZone: string },
): Promise<{ answers: number; named: number; untracked: number }> {
  const { rows } = await sql<{ answers: number; named: number; untracked: number }>`
    select count(*)::int as answers, count(*) filter (where a.campaign_id = ${of.campaignId})::int as named,
      count(*) filter (where a.campaign_id = ${of.campaignId} and c.rule = 'none')::int as untracked
    from survey_answer a
    left join credit c on c.workspace_id = a.workspace_id and c.conversion_id = a.conversion_id and c.model = 'paid' and c.place = 0
    where a.workspace_id = ${of.workspaceId} and a.answered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone}
      and a.answered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}`.execute(tx);
  return rows[0] ?? { answers: 0, named: 0, untracked: 0 };
}

export async function selectAnswer(tx: Tx, workspaceId: string, id: string): Promise<AnswerRow | undefined> {
  const { rows } = await sql<AnswerRow>`
    select ${columns} from survey_answer where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return rows[0];
}

/** Says by hand whom an answer names. */
export async function updateAnswerCreator(
  tx: Tx,
  workspaceId: string,
  of: { id: string; personId: string | null; campaignId: string | null },
): Promise<void> {
  await sql`
    update survey_answer set person_id = ${of.personId}, campaign_id = ${of.campaignId}, matched_by = 'hand'
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}
