import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type ContentMetric, campaignModels, campaignModelTraits } from '../api.ts';

export interface DeliverableRow {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  person_id: string;
  profile_id: string | null;
  platform: string;
  format: string;
  title: string;
  due_on: string | null;
  state: string;
  live_url: string | null;
  live_at: Date | null;
  contract_id: string | null;
  signed_title: string | null;
  signed_due_on: string | null;
  closed_reason: string | null;
  currency: string;
  is_for_brand: boolean;
  approved_at: Date | null;
}

/** Deliverables with what their enrolment and campaign say. */
export const deliverableRows = sql`
  select d.id, e.campaign_id, d.enrolment_id, e.person_id, e.profile_id, d.platform, d.format, d.title, d.due_on, d.state, d.live_url, d.live_at, d.contract_id, d.signed_title, d.signed_due_on, d.closed_reason, d.is_for_brand, d.approved_at, c.currency
  from deliverable d
  join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
  join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id`;

/** Deliverables of a campaign: by due day, those without one last, ties by id. */
export async function selectDeliverables(tx: Tx, workspaceId: string, campaignId: string): Promise<DeliverableRow[]> {
  const { rows } = await sql<DeliverableRow>`
    ${deliverableRows} where d.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId}
    order by d.due_on nulls last, d.id`.execute(tx);
  return rows;
}

export async function selectDeliverable(tx: Tx, workspaceId: string, id: string): Promise<DeliverableRow | undefined> {
  const { rows } =
    await sql<DeliverableRow>`${deliverableRows} where d.workspace_id = ${workspaceId} and d.id = ${id}`.execute(tx);
  return rows[0];
}

/**
 * The same, held until the transaction ends, its enrolment first: whoever needs both takes them in that order, or a signed contract
 * (which holds the enrolment and then all its pieces) and a piece that moves on would wait for each other.
 */
export async function lockDeliverable(tx: Tx, workspaceId: string, id: string): Promise<DeliverableRow | undefined> {
  await sql`
    select e.id from enrolment e
    where e.workspace_id = ${workspaceId}
      and e.id = (select d.enrolment_id from deliverable d where d.workspace_id = ${workspaceId} and d.id = ${id})
    for update`.execute(tx);
  const { rows } = await sql<DeliverableRow>`
    ${deliverableRows} where d.workspace_id = ${workspaceId} and d.id = ${id} for update of d`.execute(tx);
  return rows[0];
}

/** All pieces of an enrolment, held, by id. */
export async function lockDeliverablesOf(tx: Tx, workspaceId: string, enrolmentId: string): Promise<DeliverableRow[]> {
  const { rows } = await sql<DeliverableRow>`
    ${deliverableRows} where d.workspace_id = ${workspaceId} and d.enrolment_id = ${enrolmentId} order by d.id for update of d`.execute(
    tx,
  );
  return rows;
}

/** What a creator still has to make or publish. */
export async function selectOpenDeliverables(tx: Tx, workspaceId: string, enrolmentId: string) {
  return tx
    .selectFrom('deliverable')
    .select(['id', 'state', 'is_for_brand'])
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', enrolmentId)
    .where('state', 'in', ['planned', 'drafted', 'approved'])
    .execute();
}

/** State and title of all deliverables of enrolments. */
export async function selectDeliverablesOf(tx: Tx, workspaceId: string, enrolmentIds: readonly string[]) {
  return tx
    .selectFrom('deliverable')
    .select(['id', 'enrolment_id', 'title', 'state'])
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', sql<string>`any(${enrolmentIds}::text[])`)
    .orderBy('id')
    .execute();
}

export interface NewestResultRow {
  deliverable_id: string;
  metric: ContentMetric;
  value: bigint;
  is_estimate: boolean;
  source: string;
  observed_at: Date;
  typed_by: string | null;
}

/** The result that counts for each metric: measured before typed from a picture before estimated, then the newest, ties by when it was recorded and id. */
export async function selectNewestResults(
  tx: Tx,
  workspaceId: string,
  deliverableIds: readonly string[],
): Promise<NewestResultRow[]> {
  const { rows } = await sql<NewestResultRow>`
    select distinct on (deliverable_id, metric) deliverable_id, metric, value, is_estimate, source, observed_at, typed_by
    from content_result
    where workspace_id = ${workspaceId} and deliverable_id = any(${deliverableIds}::text[])
    order by deliverable_id, metric, is_estimate, typed_by is not null, observed_at desc, recorded_at desc, id desc`.execute(
    tx,
  );
  return rows;
}

export async function selectResultHistory(tx: Tx, workspaceId: string, of: { deliverableId: string; limit: number }) {
  return tx
    .selectFrom('content_result')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('deliverable_id', '=', of.deliverableId)
    .orderBy('observed_at', 'desc')
    .orderBy('metric')
    .orderBy('id', 'desc')
    .limit(of.limit)
    .execute();
}

export interface NewDeliverable {
  id: string;
  enrolmentId: string;
  platform: string;
  format: string;
  title: string;
  dueOn: string | null;
  briefLine: string | null;
  /** The contract it is owed by. */
  contractId?: string;
}

// Of models in which nobody posts: what is planned there is for the brand to show.
const modelsForBrand = campaignModels.filter((model) => campaignModelTraits[model].pieceEnds === 'approved');

/** Inserts deliverables; one that a line of the brief has made before is left out of the answer. */
export async function insertDeliverables(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly NewDeliverable[]; createdBy: string; at: Date },
): Promise<string[]> {
  const column = (pick: (row: NewDeliverable) => string | null) => of.rows.map(pick);
  const { rows } = await sql<{ id: string }>`
    insert into deliverable (workspace_id, id, enrolment_id, platform, format, title, due_on, brief_line, contract_id, signed_title, signed_due_on, is_for_brand, created_by, created_at, updated_at)
    select ${workspaceId}, new.id, new.enrolment_id, new.platform, new.format, new.title, new.due_on::date, new.brief_line, new.contract_id,
      case when new.contract_id is not null then new.title end, case when new.contract_id is not null then new.due_on::date end,
      exists (
        select from enrolment e join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
        where e.workspace_id = ${workspaceId} and e.id = new.enrolment_id and c.model = any(${modelsForBrand}::text[])), ${of.createdBy}, ${of.at}::timestamptz, ${of.at}::timestamptz
    from unnest(${column((row) => row.id)}::text[], ${column((row) => row.enrolmentId)}::text[], ${column((row) => row.platform)}::text[], ${column((row) => row.format)}::text[],
      ${column((row) => row.title)}::text[], ${column((row) => row.dueOn)}::text[], ${column((row) => row.briefLine)}::text[],
      ${column((row) => row.contractId ?? null)}::text[]) as new (id, enrolment_id, platform, format, title, due_on, brief_line, contract_id)
    on conflict (workspace_id, enrolment_id, brief_line) where brief_line is not null do nothing
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

export interface DeliverableChange {
  title?: string;
  format?: string;
  due_on?: string | null;
  state?: string;
  live_url?: string | null;
  live_url_key?: string | null;
  live_at?: Date | null;
  approved_at?: Date | null;
  contract_id?: string;
  signed_title?: string;
  signed_due_on?: string | null;
  closed_reason?: string | null;
}

export async function updateDeliverableRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: DeliverableChange; at: Date },
): Promise<void> {
  await tx
    .updateTable('deliverable')
    .set({ ...of.change, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export interface NewResult {
  id: string;
  deliverableId: string;
  metric: ContentMetric;
  value: bigint;
  isEstimate: boolean;
  source: string;
  observedAt: Date;
  /** Who typed it from which picture; left out for what was measured, entered or imported. */
  typed?: { by: string; fileId: string } | undefined;
}

/**
 * Records results. The same metric, source and moment again is the same result: an equal one is left alone, another value corrects it.
 * Answers the ids of the deliverables whose results changed, one entry a value.
 */
export async function upsertResults(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly NewResult[]; recordedBy: string; at: Date },
): Promise<string[]> {
  const column = <Value>(pick: (row: NewResult) => Value) => of.rows.map(pick);
  const { rows } = await sql<{ deliverable_id: string }>`
    insert into content_result as old (workspace_id, id, deliverable_id, metric, value, is_estimate, source, observed_at, typed_by, picture_file_id, recorded_by, recorded_at)
    select ${workspaceId}, new.id, new.deliverable_id, new.metric, new.value, new.is_estimate, new.source, new.observed_at, new.typed_by, new.picture_file_id, ${of.recordedBy}, ${of.at}::timestamptz
    from unnest(${column((row) => row.id)}::text[], ${column((row) => row.deliverableId)}::text[], ${column((row) => row.metric)}::text[], ${column((row) => row.value)}::bigint[],
      ${column((row) => row.isEstimate)}::boolean[], ${column((row) => row.source)}::text[], ${column((row) => row.observedAt.toISOString())}::timestamptz[],
      ${column((row) => row.typed?.by ?? null)}::text[], ${column((row) => row.typed?.fileId ?? null)}::text[])
      as new (id, deliverable_id, metric, value, is_estimate, source, observed_at, typed_by, picture_file_id)
    on conflict (workspace_id, deliverable_id, metric, source, observed_at) do update
      set value = excluded.value, is_estimate = excluded.is_estimate, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at,
        typed_by = excluded.typed_by, picture_file_id = excluded.picture_file_id
      where (old.value, old.is_estimate) is distinct from (excluded.value, excluded.is_estimate)
    returning deliverable_id`.execute(tx);
  return rows.map((row) => row.deliverable_id);
}

/** Newest result a source gave per deliverable and metric, for telling a file that is read again from news. */
export async function selectNewestOfSources(
  tx: Tx,
  workspaceId: string,
  of: { deliverableIds: readonly string[]; sources: readonly string[] },
) {
  const { rows } = await sql<{
    deliverable_id: string;
    metric: ContentMetric;
    source: string;
    value: bigint;
    is_estimate: boolean;
  }>`
    select distinct on (deliverable_id, metric, source) deliverable_id, metric, source, value, is_estimate
    from content_result
    where workspace_id = ${workspaceId} and deliverable_id = any(${of.deliverableIds}::text[]) and source = any(${of.sources}::text[])
    order by deliverable_id, metric, source, observed_at desc, recorded_at desc, id desc`.execute(tx);
  return rows;
}

/** Deliverables of a campaign as the match of imported results needs them. */
export async function selectMatchTargets(tx: Tx, workspaceId: string, campaignId: string) {
  const { rows } = await sql<{
    id: string;
    person_id: string;
    state: string;
    live_url_key: string | null;
    title: string;
  }>`
    select d.id, e.person_id, d.state, d.live_url_key, d.title
    from deliverable d join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where d.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId} and d.state <> 'cancelled'
    order by d.id`.execute(tx);
  return rows;
}

/** Results recorded before for the same posts, sources and moments. */
export async function selectResultsAt(
  tx: Tx,
  workspaceId: string,
  of: readonly { deliverableId: string; source: string; observedAt: Date }[],
) {
  const unique = (values: readonly string[]) => [...new Set(values)];
  const { rows } = await sql<{
    deliverable_id: string;
    metric: ContentMetric;
    source: string;
    observed_at: Date;
    value: bigint;
    is_estimate: boolean;
  }>`
    select deliverable_id, metric, source, observed_at, value, is_estimate
    from content_result
    where workspace_id = ${workspaceId} and deliverable_id = any(${unique(of.map((one) => one.deliverableId))}::text[])
      and source = any(${unique(of.map((one) => one.source))}::text[])
      and observed_at = any(${unique(of.map((one) => one.observedAt.toISOString()))}::timestamptz[])`.execute(tx);
  return rows;
}
