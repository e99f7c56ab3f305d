import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What is left of erased creators once their own rows went, and everything that can name them. */
export interface Leftover {
  workspaceId: string;
  personIds: readonly string[];
  /** Names, handles and addresses they went by. */
  texts: readonly string[];
}

export interface Swept {
  /** Rows taken away or emptied, by table. */
  went: Record<string, number>;
  /** Files whose content no row of theirs names any more. */
  fileIds: string[];
}

interface Ids {
  enrolments: string[];
  submissions: string[];
  subjects: string[];
}

/**
 * Takes away or empties what modules keep of creators without a foreign key on them. Together with `everything-about.ts` the one place that reaches into
 * tables of other modules (decision 0131): a sweep that has to be whole is one list. As the system; doing it again finds nothing.
 */
export async function sweepLeftovers(tx: Tx, of: Leftover): Promise<Swept> {
  const ids = await idsOf(tx, of);
  const fileIds = await filesOf(tx, of, ids);
  const went: Record<string, number> = {};
  const run = async (table: string, query: ReturnType<typeof sql>) => {
    const { numAffectedRows } = await query.execute(tx);
    const rows = Number(numAffectedRows ?? 0n);
    if (rows > 0) went[table] = (went[table] ?? 0) + rows;
  };
  const ws = of.workspaceId;
  const persons = sql`any(${[...of.personIds]}::text[])`;
  const enrolments = sql`any(${ids.enrolments}::text[])`;
  const names = pattern(of.texts);
  await run('submission', sql`delete from submission where workspace_id = ${ws} and person_id = ${persons}`);
  await run('content_asset', sql`delete from content_asset where workspace_id = ${ws} and person_id = ${persons}`);
  await run(
    'task',
    sql`delete from task where workspace_id = ${ws} and (person_id = ${persons} or enrolment_id = ${enrolments})`,
  );
  await run(
    'campaign_invitation',
    sql`delete from campaign_invitation where workspace_id = ${ws} and person_id = ${persons}`,
  );
  await run('application', applicationsOf(of));
  await run(
    'portal_account',
    sql`delete from portal_account a where a.email = any(${of.texts.map((text) => text.toLowerCase())}::text[])
      and not exists (select from portal_account_person p where p.account_id = a.id)`,
  );
  await run(
    'portal_deletion',
    sql`update portal_deletion set asked_by = '', reason = '' where workspace_id = ${ws} and person_id = ${persons} and (asked_by <> '' or reason <> '')`,
  );
  await run(
    'enrolment',
    sql`update enrolment set note = null, blocker = null, tags = '{}' where workspace_id = ${ws} and id = ${enrolments}
      and (note is not null or blocker is not null or tags <> '{}')`,
  );
  await run(
    'deliverable',
    sql`update deliverable set live_url = null, live_url_key = null where workspace_id = ${ws} and enrolment_id = ${enrolments} and live_url is not null`,
  );
  await run(
    'disclosure_evidence',
    sql`update disclosure_evidence set subject_id = null, url = null, caption = '', media = '{"kind": "text"}', findings = '[]', screenshot_file_id = null,
        recorded_by_name = case when recorded_by_name ~* ${names} then 'Erased creator' else recorded_by_name end
      where workspace_id = ${ws} and person_id = ${persons} and caption <> ''`,
  );
  await run(
    'enrolment_history',
    sql`update enrolment_history set changes = '{}' where workspace_id = ${ws} and enrolment_id = ${enrolments} and changes <> '{}'`,
  );
  await run(
    'enrolment_happening',
    sql`update enrolment_happening set by_name = 'Erased creator' where workspace_id = ${ws} and enrolment_id = ${enrolments} and by_name ~* ${names}`,
  );
  for (const table of ['automation_run', 'automation_event'])
    await run(
      table,
      sql`delete from ${sql.table(table)} where workspace_id = ${ws} and (payload ->> 'personId' = ${persons} or payload ->> 'enrolmentId' = ${enrolments})`,
    );
  await run(
    'audit_entry',
    sql`update audit_entry set changes = '{}', actor_name = case when actor_kind = 'creator' and actor_id = ${persons} then 'Erased creator' else actor_name end
      where workspace_id = ${ws} and (subject_id = any(${ids.subjects}::text[]) or (actor_kind = 'creator' and actor_id = ${persons}) or changes::text ~* ${names})
        and (changes <> '{}' or (actor_kind = 'creator' and actor_id = ${persons} and actor_name <> 'Erased creator'))`,
  );
  await run(
    'outbox',
    sql`update outbox set payload = payload - 'actorName' || '{"actorName": "Erased creator"}'
      where workspace_id = ${ws} and payload ->> 'actorName' ~* ${`^${names}$`}`,
  );
  return { went, fileIds };
}

/** Applications lose their person when it goes, so they are found by what it was called. */
function applicationsOf({ workspaceId, personIds, texts }: Leftover) {
  const known = texts.map((text) => text.toLowerCase());
  return sql`
    delete from application a where a.workspace_id = ${workspaceId} and (a.person_id = any(${[...personIds]}::text[]) or (
      a.person_id is null and (a.email = any(${known}::text[]) or exists (
        select from jsonb_array_elements(a.profiles) p where lower(p ->> 'key') = any(${known}::text[]) or lower(p ->> 'handle') = any(${known}::text[])))))`;
}

async function idsOf(tx: Tx, { workspaceId, personIds }: Leftover): Promise<Ids> {
  const read = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    (await query.execute(tx)).rows.map((row) => row.id);
  const persons = [...personIds];
  const enrolments = await read(
    sql<{
      id: string;
    }>`select id from enrolment where workspace_id = ${workspaceId} and person_id = any(${persons}::text[]) order by id`,
  );
  const submissions = await read(
    sql<{
      id: string;
    }>`select id from submission where workspace_id = ${workspaceId} and person_id = any(${persons}::text[]) order by id`,
  );
  const deliverables = await read(
    sql<{
      id: string;
    }>`select id from deliverable where workspace_id = ${workspaceId} and enrolment_id = any(${enrolments}::text[]) order by id`,
  );
  const others = await read(
    sql<{ id: string }>`
      select id from content_asset where workspace_id = ${workspaceId} and person_id = any(${persons}::text[])
      union all select id from task where workspace_id = ${workspaceId} and (person_id = any(${persons}::text[]) or enrolment_id = any(${enrolments}::text[]))
      order by 1`,
  );
  return { enrolments, submissions, subjects: [...persons, ...enrolments, ...submissions, ...deliverables, ...others] };
}

/** Files that only these creators' rows name: of drafts, of live posts, of the library, of applications. */
async function filesOf(tx: Tx, of: Leftover, ids: Ids): Promise<string[]> {
  const { workspaceId } = of;
  const { rows } = await sql<{ file_id: string }>`
    select file_id from submission_file where workspace_id = ${workspaceId} and submission_id = any(${ids.submissions}::text[])
    union select file_id from live_screenshot where workspace_id = ${workspaceId} and submission_id = any(${ids.submissions}::text[])
    union select screenshot_file_id from disclosure_evidence
      where workspace_id = ${workspaceId} and person_id = any(${[...of.personIds]}::text[]) and screenshot_file_id is not null
    union select file_id from content_asset
      where workspace_id = ${workspaceId} and person_id = any(${[...of.personIds]}::text[]) and file_id is not null
    union select f.file_id from application_file f join application a on a.workspace_id = f.workspace_id and a.id = f.application_id
      where f.workspace_id = ${workspaceId} and (a.person_id = any(${[...of.personIds]}::text[])
        or a.person_id is null and a.email = any(${of.texts.map((text) => text.toLowerCase())}::text[]))
    order by 1`.execute(tx);
  return rows.map((row) => row.file_id);
}

/** Any of the texts as whole words; nothing when there is none. A name of one word is too common to be looked for. */
function pattern(texts: readonly string[]): string {
  const told = texts.filter((text) => /[\s@.\d_-]/u.test(text) || text.length >= 8);
  if (told.length === 0) return '$a';
  return `(${told.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`;
}

export interface ErasureRow {
  person_id: string;
  erased_at: Date;
  went: { table: string; rows: number }[];
}

/** Keeps what went; a repeat adds nothing. */
export async function insertErasure(
  tx: Tx,
  row: { workspaceId: string; personId: string; at: Date; went: Record<string, number> },
): Promise<void> {
  const went = Object.entries(row.went)
    .sort(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([table, rows]) => ({ table, rows }));
  await tx
    .insertInto('erasure_report')
    .values({
      workspace_id: row.workspaceId,
      person_id: row.personId,
      erased_at: row.at,
      went: JSON.stringify(went),
      stays: '[]',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Newest first. */
export async function selectErasures(
  tx: Tx,
  workspaceId: string,
  of: { limit: number; after: { at: string; id: string } | null },
): Promise<ErasureRow[]> {
  const { rows } = await sql<ErasureRow>`
    select person_id, erased_at, went from erasure_report where workspace_id = ${workspaceId}
      and (${of.after === null} or (erased_at, person_id) < (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? null}))
    order by erased_at desc, person_id desc limit ${of.limit}`.execute(tx);
  return rows;
}
