import { type Selectable, sql } from 'kysely';
import type { ApplicationPage } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type PageRow = Selectable<ApplicationPage>;

export interface PageValues {
  slug: string;
  title: string;
  intro: string;
  state: string;
  access: string;
  invite_code: string;
  is_listed: boolean;
  category: string | null;
  accent: string | null;
  closes_on: string | null;
  /** JSON. */
  questions: string;
  /** JSON. */
  rules: string;
  consent: string;
  campaign_id: string | null;
  list_id: string | null;
  tags: string[];
}

export function selectPages(tx: Tx, workspaceId: string): Promise<PageRow[]> {
  return tx
    .selectFrom('application_page')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
}

export function pageById(tx: Tx, workspaceId: string, pageId: string): Promise<PageRow | undefined> {
  return tx
    .selectFrom('application_page')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', pageId)
    .executeTakeFirst();
}

export interface FoundPage extends PageRow {
  brand_name: string;
}

/** System role: the page behind a public address; drafts are not there. */
export function pageByAddress(tx: Tx, workspaceSlug: string, pageSlug: string): Promise<FoundPage | undefined> {
  return tx
    .selectFrom('application_page as p')
    .innerJoin('workspace as w', 'w.id', 'p.workspace_id')
    .selectAll('p')
    .select('w.name as brand_name')
    .where('w.slug', '=', workspaceSlug)
    .where('p.slug', '=', pageSlug)
    .where('p.state', '!=', 'draft')
    .executeTakeFirst();
}

/** System role: listed pages that are open to anybody. */
export async function listedPages(
  tx: Tx,
  today: string,
): Promise<(PageRow & { brand_name: string; brand_slug: string })[]> {
  return tx
    .selectFrom('application_page as p')
    .innerJoin('workspace as w', 'w.id', 'p.workspace_id')
    .selectAll('p')
    .select(['w.name as brand_name', 'w.slug as brand_slug'])
    .where('p.is_listed', '=', true)
    .where('p.state', '=', 'open')
    .where('p.access', '=', 'open')
    .where((where) => where.or([where('p.closes_on', 'is', null), where('p.closes_on', '>=', today)]))
    .orderBy('w.name')
    .orderBy('p.title')
    .orderBy('p.id')
    .limit(500)
    .execute();
}

/** False when the slug is taken. */
export async function insertPage(
  tx: Tx,
  row: PageValues & { workspaceId: string; id: string; createdBy: string; now: Date },
): Promise<boolean> {
  const { workspaceId, id, createdBy, now, ...values } = row;
  const done = await tx
    .insertInto('application_page')
    .values({ workspace_id: workspaceId, id, created_by: createdBy, created_at: now, updated_at: now, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'slug']).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function slugTaken(tx: Tx, workspaceId: string, slug: string, exceptId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('application_page')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('slug', '=', slug)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updatePage(
  tx: Tx,
  row: PageRow,
  values: Partial<PageValues> & { updated_at: Date },
): Promise<void> {
  await tx
    .updateTable('application_page')
    .set(values)
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .execute();
}

/** False when somebody applied on it. */
export async function deletePage(tx: Tx, row: PageRow): Promise<boolean> {
  const gone = await tx
    .deleteFrom('application_page')
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('application as a')
            .select('a.id')
            .where('a.workspace_id', '=', row.workspace_id)
            .where('a.page_id', '=', row.id),
        ),
      ),
    )
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

export interface FunnelRow {
  page_id: string;
  visit: bigint;
  start: bigint;
  submit: bigint;
  approve: bigint;
  waiting: bigint;
}

export async function funnels(tx: Tx, workspaceId: string): Promise<Map<string, FunnelRow>> {
  const { rows } = await sql<FunnelRow>`
    select p.id as page_id, coalesce(v.visit, 0) as visit, coalesce(v.start, 0) as start, coalesce(v.submit, 0) as submit,
      coalesce(a.approve, 0) as approve, coalesce(a.waiting, 0) as waiting
    from application_page p
    left join (
      select page_id, count(*) filter (where step = 'visit') as visit, count(*) filter (where step = 'start') as start,
        count(*) filter (where step = 'submit') as submit
      from application_visit where workspace_id = ${workspaceId} group by page_id
    ) v on v.page_id = p.id
    left join (
      select page_id, count(*) filter (where state = 'approved') as approve, count(*) filter (where state = 'waits') as waiting
      from application where workspace_id = ${workspaceId} group by page_id
    ) a on a.page_id = p.id
    where p.workspace_id = ${workspaceId}`.execute(tx);
  return new Map(rows.map((row) => [row.page_id, row]));
}

const daysMax = 120;

/** The newest days first. */
export async function funnelDays(
  tx: Tx,
  workspaceId: string,
  pageId: string,
): Promise<{ day: string; visit: bigint; start: bigint; submit: bigint }[]> {
  const { rows } = await sql<{ day: string; visit: bigint; start: bigint; submit: bigint }>`
    select day, count(*) filter (where step = 'visit') as visit, count(*) filter (where step = 'start') as start,
      count(*) filter (where step = 'submit') as submit
    from application_visit where workspace_id = ${workspaceId} and page_id = ${pageId}
    group by day order by day desc limit ${daysMax}`.execute(tx);
  return rows;
}

/** Counts a step of a visitor once a day. */
export async function countVisit(
  tx: Tx,
  of: { workspaceId: string; pageId: string; day: string; step: 'visit' | 'start' | 'submit'; visitor: string },
): Promise<void> {
  await tx
    .insertInto('application_visit')
    .values({ workspace_id: of.workspaceId, page_id: of.pageId, day: of.day, step: of.step, visitor: of.visitor })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
