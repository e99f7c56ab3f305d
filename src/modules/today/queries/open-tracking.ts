import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PausedLinkRow {
  link_id: string;
  slug: string;
  person_id: string | null;
  campaign_id: string | null;
  campaign_name: string | null;
  hits: bigint;
  last_hit_at: Date;
}

/** Links that are switched off and were visited all the same since `from`. */
export async function selectPausedLinks(tx: Tx, workspaceId: string, from: Date): Promise<PausedLinkRow[]> {
  const { rows } = await sql<PausedLinkRow>`
    select l.id as link_id, l.slug, l.person_id, l.campaign_id, c.name as campaign_name, count(*) as hits, max(k.clicked_at) as last_hit_at
    from link l
    join click k on k.workspace_id = l.workspace_id and k.link_id = l.id and k.clicked_at >= ${from}::timestamptz and k.drop_reason = 'paused'
    left join campaign c on c.workspace_id = l.workspace_id and c.id = l.campaign_id
    where l.workspace_id = ${workspaceId} and k.workspace_id = ${workspaceId} and l.state = 'paused'
    group by l.id, l.slug, l.person_id, l.campaign_id, c.name
    order by hits desc, l.id`.execute(tx);
  return rows;
}

export interface UnknownCodeRow {
  code: string;
  currency: string;
  orders: bigint;
  net_minor: bigint;
  last_ordered_at: Date;
}

/** Codes on paid orders since `from` that nobody has, on orders that no other code of ours credits: one row a code and currency. */
export async function selectUnknownCodes(tx: Tx, workspaceId: string, from: Date): Promise<UnknownCodeRow[]> {
  const { rows } = await sql<UnknownCodeRow>`
    select min(coalesce(used.code, used.key)) as code, o.currency, count(*) as orders, sum(o.amount_minor - o.refunded_minor)::bigint as net_minor,
      max(o.ordered_at) as last_ordered_at
    from conversion o
    cross join lateral (select distinct on (key) key, code from unnest(o.code_keys, o.codes) as pair (key, code) where key is not null order by key, code) used
    where o.workspace_id = ${workspaceId} and o.ordered_at >= ${from}::timestamptz and o.state = 'paid'
      and o.credit_rule is distinct from 'code'
      and not exists (select 1 from discount_code d where d.workspace_id = ${workspaceId} and d.code_key = used.key)
    group by used.key, o.currency
    order by orders desc, used.key, o.currency
    limit 20`.execute(tx);
  return rows;
}

export interface ImportRow {
  id: string;
  file_name: string;
  errors: bigint;
  finished_at: Date;
}

/** The newest run of each file that ended since `from` and left rows out. */
export async function selectFaultyImports(tx: Tx, workspaceId: string, from: Date): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    with newest as (
      select distinct on (file_name) id, file_name, finished_at from import_run
      where workspace_id = ${workspaceId} and not is_dry_run and state in ('done', 'failed') and finished_at >= ${from}::timestamptz
      order by file_name, created_at desc, id desc
    )
    select n.id, n.file_name, n.finished_at, count(distinct e.row_number) as errors
    from newest n join import_error e on e.workspace_id = ${workspaceId} and e.import_id = n.id
    group by n.id, n.file_name, n.finished_at
    order by errors desc, n.id`.execute(tx);
  return rows;
}

export interface Beginnings {
  has_creators: boolean;
  has_lists: boolean;
  has_campaigns: boolean;
}

/** Which of the first steps were taken. */
export async function selectBeginnings(tx: Tx, workspaceId: string): Promise<Beginnings> {
  const { rows } = await sql<Beginnings>`
    select exists (select 1 from person where workspace_id = ${workspaceId}) as has_creators,
      exists (select 1 from list_member where workspace_id = ${workspaceId})
        or exists (select 1 from enrolment where workspace_id = ${workspaceId}) as has_lists,
      exists (select 1 from campaign where workspace_id = ${workspaceId}) as has_campaigns`.execute(tx);
  return rows[0] ?? { has_creators: false, has_lists: false, has_campaigns: false };
}
