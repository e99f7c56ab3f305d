import { sql, type Updateable } from 'kysely';
import type { LivePost as LivePostTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import type { LiveCheck, LiveResult } from '../api.ts';

export interface LivePostRow {
  submission_id: string;
  url: string;
  url_key: string;
  given_by: string;
  given_at: Date;
  live_at: Date | null;
  post_id: string | null;
  seen_hash: string | null;
  seen_at: Date | null;
  result: LiveResult;
  checks: number;
  next_look: number | null;
  next_check_at: Date | null;
  gone_at: Date | null;
  accepted_by: string | null;
  accepted_reason: string | null;
  accepted_at: Date | null;
}

export async function selectLivePosts(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<LivePostRow[]> {
  const { rows } = await sql<LivePostRow>`
    select * from live_post where workspace_id = ${workspaceId} and submission_id = any(${ids}::text[])
    order by submission_id`.execute(tx);
  return rows;
}

/** Puts a live post in place of the one before: what was found of another address counts no more. */
export async function putLivePost(
  tx: Tx,
  workspaceId: string,
  of: {
    submissionId: string;
    url: string;
    urlKey: string;
    by: string;
    at: Date;
    liveAt: Date | null;
    postId: string | null;
    nextCheckAt: Date;
  },
): Promise<void> {
  await sql`
    insert into live_post as old (workspace_id, submission_id, url, url_key, given_by, given_at, live_at, post_id, next_look, next_check_at)
    values (${workspaceId}, ${of.submissionId}, ${of.url}, ${of.urlKey}, ${of.by}, ${of.at}, ${of.liveAt}, ${of.postId}, 0, ${of.nextCheckAt})
    on conflict (workspace_id, submission_id) do update set url = excluded.url, url_key = excluded.url_key, given_by = excluded.given_by,
      given_at = excluded.given_at, live_at = excluded.live_at, post_id = excluded.post_id, next_look = 0, next_check_at = excluded.next_check_at,
      seen_hash = null, seen_at = null, result = 'unknown', gone_at = null, accepted_by = null, accepted_reason = null, accepted_at = null`.execute(
    tx,
  );
}

export async function updateLivePost(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; change: Updateable<LivePostTable> },
): Promise<void> {
  await tx
    .updateTable('live_post')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('submission_id', '=', of.submissionId)
    .execute();
}

/** Posts whose planned look is due, in whichever workspace; only as the system. */
export async function selectDue(
  tx: Tx,
  of: { at: Date; limit: number },
): Promise<{ workspace_id: string; submission_id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; submission_id: string }>`
    select workspace_id, submission_id from live_post where next_check_at <= ${of.at}
    order by next_check_at, workspace_id, submission_id limit ${of.limit}`.execute(tx);
  return rows;
}

export interface LiveCheckRow {
  id: string;
  submission_id: string;
  cause: LiveCheck['cause'];
  result: LiveResult;
  findings: unknown;
  seen: unknown;
  evidence_id: string | null;
  checked_by: string;
  checked_at: Date;
}

export async function insertLiveCheck(
  tx: Tx,
  workspaceId: string,
  row: Omit<LiveCheckRow, 'findings' | 'seen'> & { findings: string; seen: string | null },
): Promise<void> {
  await tx
    .insertInto('live_check')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

/** Newest looks at a post. */
export async function selectLiveChecks(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; limit: number },
): Promise<LiveCheckRow[]> {
  const { rows } = await sql<LiveCheckRow>`
    select id, submission_id, cause, result, findings, seen, evidence_id, checked_by, checked_at from live_check
    where workspace_id = ${workspaceId} and submission_id = ${of.submissionId} order by place desc limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}

export interface ExpectationRow {
  enrolment_id: string;
  deliverable_id: string;
  links: string[];
  codes: string[];
  hashtags: string[];
  mentions: string[];
  live_from: string | null;
  live_until: string | null;
}

/** What was set for creators and their deliverables; a row without deliverable is for all of the creator's. */
export async function selectExpectations(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<ExpectationRow[]> {
  const { rows } = await sql<ExpectationRow>`
    select enrolment_id, deliverable_id, links, codes, hashtags, mentions, live_from, live_until from post_expectation
    where workspace_id = ${workspaceId} and enrolment_id = any(${enrolmentIds}::text[])
    order by enrolment_id, deliverable_id`.execute(tx);
  return rows;
}

export async function saveExpectation(
  tx: Tx,
  workspaceId: string,
  of: { row: ExpectationRow; by: string; at: Date },
): Promise<void> {
  const { row } = of;
  await sql`
    insert into post_expectation (workspace_id, enrolment_id, deliverable_id, links, codes, hashtags, mentions, live_from, live_until, updated_by, updated_at)
    values (${workspaceId}, ${row.enrolment_id}, ${row.deliverable_id}, ${row.links}, ${row.codes}, ${row.hashtags}, ${row.mentions}, ${row.live_from}, ${row.live_until}, ${of.by}, ${of.at})
    on conflict (workspace_id, enrolment_id, deliverable_id) do update set links = excluded.links, codes = excluded.codes, hashtags = excluded.hashtags,
      mentions = excluded.mentions, live_from = excluded.live_from, live_until = excluded.live_until, updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(
    tx,
  );
}
