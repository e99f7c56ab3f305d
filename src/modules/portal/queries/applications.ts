import { type Selectable, sql } from 'kysely';
import type { Application } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type ApplicationRow = Selectable<Application>;

export interface NewApplication {
  workspaceId: string;
  id: string;
  pageId: string;
  state: 'waits' | 'rejected';
  name: string;
  email: string;
  country: string | null;
  isAdult: boolean | null;
  profiles: { platform: string; handle: string; key: string; followers: number | null }[];
  answers: Record<string, unknown>;
  findings: unknown[];
  consentText: string;
  earlier: unknown[];
  at: Date;
  decidedReason: string | null;
  /** Whether they were told by mail; null while nothing was to be told. */
  mailState: string | null;
}

/** Holds the applications of a page, so that two of the same applicant at once become one. */
export async function holdPage(tx: Tx, workspaceId: string, pageId: string): Promise<void> {
  await tx
    .selectFrom('application_page')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', pageId)
    .forUpdate()
    .execute();
}

/** The newest application of the same e-mail or one of the accounts on a page. */
export async function sameApplicant(
  tx: Tx,
  of: { workspaceId: string; pageId: string; email: string; keys: readonly string[] },
): Promise<ApplicationRow | undefined> {
  const { rows } = await sql<ApplicationRow>`
    select * from application a where a.workspace_id = ${of.workspaceId} and a.page_id = ${of.pageId} and (a.email = ${of.email}
      or exists (select from jsonb_array_elements(a.profiles) p where (p->>'platform') || ':' || (p->>'key') = any(${[...of.keys]}::text[])))
    order by a.id desc limit 1`.execute(tx);
  return rows[0];
}

export async function putApplication(tx: Tx, row: NewApplication): Promise<void> {
  const values = {
    state: row.state,
    name: row.name,
    email: row.email,
    country: row.country,
    is_adult: row.isAdult,
    profiles: JSON.stringify(row.profiles),
    answers: JSON.stringify(row.answers),
    findings: JSON.stringify(row.findings),
    consent_text: row.consentText,
    earlier: JSON.stringify(row.earlier),
    submitted_at: row.at,
    decided_at: row.state === 'waits' ? null : row.at,
    decided_reason: row.decidedReason,
    mail_state: row.mailState,
  };
  await tx
    .insertInto('application')
    .values({ workspace_id: row.workspaceId, id: row.id, page_id: row.pageId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(values))
    .execute();
}

export function lockApplication(tx: Tx, workspaceId: string, id: string): Promise<ApplicationRow | undefined> {
  return tx
    .selectFrom('application')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export interface ApplicationFilter {
  workspaceId: string;
  pageId?: string | undefined;
  state?: string | undefined;
  q?: string | undefined;
  limit: number;
  after: string | null;
}

/** Newest first. */
export async function selectApplications(tx: Tx, filter: ApplicationFilter): Promise<ApplicationRow[]> {
  const words = filter.q?.trim().toLowerCase().replace(/^@/, '') ?? '';
  const conditions = [
    sql`a.workspace_id = ${filter.workspaceId}`,
    filter.pageId === undefined ? null : sql`a.page_id = ${filter.pageId}`,
    filter.state === undefined ? null : sql`a.state = ${filter.state}`,
    filter.after === null ? null : sql`a.id < ${filter.after}`,
    words === ''
      ? null
      : sql`(position(${words} in lower(a.name)) > 0 or position(${words} in a.email) > 0
          or exists (select from jsonb_array_elements(a.profiles) p where position(${words} in lower(p->>'handle')) > 0))`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<ApplicationRow>`
    select * from application a where ${sql.join(conditions, sql` and `)} order by a.id desc limit ${filter.limit}`.execute(
    tx,
  );
  return rows;
}

export async function decideApplication(
  tx: Tx,
  row: ApplicationRow,
  how: {
    state: 'approved' | 'rejected';
    by: string;
    at: Date;
    reason: string | null;
    personId: string | null;
    mailState: 'queued' | 'off' | 'not_asked';
  },
): Promise<void> {
  await tx
    .updateTable('application')
    .set({
      state: how.state,
      decided_by: how.by,
      decided_at: how.at,
      decided_reason: how.reason,
      person_id: how.personId,
      mail_state: how.mailState,
    })
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .execute();
}

export async function insertFile(
  tx: Tx,
  row: { workspaceId: string; fileId: string; pageId: string; questionId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('application_file')
    .values({
      workspace_id: row.workspaceId,
      file_id: row.fileId,
      page_id: row.pageId,
      question_id: row.questionId,
      created_at: row.at,
    })
    .execute();
}

/** Ties files to an application; returns those that were sent for that question and belong to nobody else. */
export async function claimFiles(
  tx: Tx,
  of: {
    workspaceId: string;
    pageId: string;
    applicationId: string;
    files: readonly { questionId: string; fileId: string }[];
  },
): Promise<Set<string>> {
  if (of.files.length === 0) return new Set();
  const { rows } = await sql<{ file_id: string }>`
    update application_file f set application_id = ${of.applicationId}
    from unnest(${of.files.map((file) => file.questionId)}::text[], ${of.files.map((file) => file.fileId)}::text[]) as given (question_id, file_id)
    where f.workspace_id = ${of.workspaceId} and f.page_id = ${of.pageId} and f.file_id = given.file_id and f.question_id = given.question_id
      and (f.application_id is null or f.application_id = ${of.applicationId})
    returning f.file_id`.execute(tx);
  return new Set(rows.map((row) => row.file_id));
}

export async function isFileOf(tx: Tx, workspaceId: string, applicationId: string, fileId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('application_file')
    .select('file_id')
    .where('workspace_id', '=', workspaceId)
    .where('application_id', '=', applicationId)
    .where('file_id', '=', fileId)
    .executeTakeFirst();
  return row !== undefined;
}

/** System role: files nobody applied with since a moment; they are forgotten here. */
export async function takeUnsentFiles(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ workspaceId: string; fileId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; fileId: string }>`
    delete from application_file where (workspace_id, file_id) in (
      select workspace_id, file_id from application_file where application_id is null and created_at < ${before} order by created_at limit ${limit})
    returning workspace_id as "workspaceId", file_id as "fileId"`.execute(tx);
  return rows;
}
