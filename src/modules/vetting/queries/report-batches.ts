import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { MachineVerdict, Report } from '../api.ts';
import { type Findings, findingsOf } from '../rules/findings.ts';
import type { PackedReport } from './pack-report.ts';

/** One computation at a time per profile: two at once would store the same result twice. Taken in order, so that two batches cannot wait for each other. */
export async function lockProfiles(tx: Tx, workspaceId: string, profileIds: readonly string[]): Promise<void> {
  const keys = [...new Set(profileIds)].sort().map((profileId) => `vetting ${workspaceId} ${profileId}`);
  await sql`
    select count(pg_advisory_xact_lock(hashtextextended(key, 0)))
    from (select key from unnest(${keys}::text[]) with ordinality as given (key, place) order by place) ordered`.execute(
    tx,
  );
}

export interface LatestKey {
  id: string;
  resultHash: string;
  computedAt: string;
  /** Hash of its text; null for one from before it was kept. */
  textHash: Buffer | null;
}

/** Which report of each profile is its newest, by profile. */
export async function findLatestKeys(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<Map<string, LatestKey>> {
  const { rows } = await sql<{
    profile_id: string;
    id: string;
    result_hash: string;
    computed_at: Date;
    text_hash: Buffer | null;
  }>`
    select wanted.id as profile_id, newest.id, newest.result_hash, newest.computed_at, newest.text_hash
    from unnest(${profileIds}::text[]) as wanted (id) cross join lateral (
      select id, result_hash, computed_at, text_hash from vetting_report
      where workspace_id = ${workspaceId} and profile_id = wanted.id
      order by computed_at desc, id desc limit 1
    ) newest`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.profile_id,
      {
        id: row.id,
        resultHash: row.result_hash,
        computedAt: row.computed_at.toISOString(),
        textHash: row.text_hash,
      },
    ]),
  );
}

/** Stores new reports, all by one statement. */
export async function insertReports(
  tx: Tx,
  workspaceId: string,
  stored: readonly { report: Report; resultHash: string; text: PackedReport }[],
): Promise<void> {
  if (stored.length === 0) return;
  const of = <Value>(read: (report: Report) => Value) => stored.map((one) => read(one.report));
  await sql`
    insert into vetting_report (workspace_id, id, person_id, profile_id, is_main, rules_version, rules_set, computed_at, checked_at, data_at, score,
      verdict, result_hash, findings, packed, text_hash)
    select ${workspaceId}, r.id, r.person_id, r.profile_id, r.is_main, r.rules_version, r.rules_set, r.computed_at, r.checked_at, r.data_at, r.score,
      r.verdict, r.result_hash, r.findings::jsonb, r.packed, r.text_hash
    from unnest(${of((report) => report.id)}::text[], ${of((report) => report.personId)}::text[], ${of((report) => report.profileId)}::text[],
      ${of((report) => report.isMain)}::bool[], ${of((report) => report.rulesVersion)}::text[], ${of((report) => report.weightsVersion ?? 0)}::int[],
      ${of((report) => report.computedAt)}::timestamptz[], ${of((report) => report.checkedAt)}::timestamptz[],
      ${of((report) => report.dataAt)}::timestamptz[], ${of((report) => report.score)}::float8[], ${of((report) => report.verdict)}::text[],
      ${stored.map((one) => one.resultHash)}::text[], ${of((report) => JSON.stringify(findingsOf(report)))}::text[],
      ${stored.map((one) => one.text.packed)}::bytea[], ${stored.map((one) => one.text.textHash)}::bytea[])
      as r (id, person_id, profile_id, is_main, rules_version, rules_set, computed_at, checked_at, data_at, score, verdict, result_hash, findings, packed, text_hash)`.execute(
    tx,
  );
}

/** The same results as before: the newest reports stand, checked now; their texts are written only where they differ. */
export async function refreshReports(
  tx: Tx,
  workspaceId: string,
  { equal, rewritten }: { equal: readonly Report[]; rewritten: readonly { report: Report; text: PackedReport }[] },
): Promise<void> {
  if (equal.length > 0) {
    await sql`
      update vetting_report v set checked_at = r.checked_at, stale_at = null, is_main = r.is_main
      from unnest(${equal.map((report) => report.id)}::text[], ${equal.map((report) => report.checkedAt)}::timestamptz[],
        ${equal.map((report) => report.isMain)}::bool[]) as r (id, checked_at, is_main)
      where v.workspace_id = ${workspaceId} and v.id = r.id`.execute(tx);
  }
  if (rewritten.length === 0) return;
  const of = <Value>(read: (report: Report) => Value) => rewritten.map((one) => read(one.report));
  await sql`
    update vetting_report v set checked_at = r.checked_at, data_at = r.data_at, stale_at = null, is_main = r.is_main, rules_set = r.rules_set,
      findings = r.findings::jsonb, report = null, packed = r.packed, text_hash = r.text_hash
    from unnest(${of((report) => report.id)}::text[], ${of((report) => report.checkedAt)}::timestamptz[],
      ${of((report) => report.dataAt)}::timestamptz[], ${of((report) => report.isMain)}::bool[],
      ${of((report) => report.weightsVersion ?? 0)}::int[], ${of((report) => JSON.stringify(findingsOf(report)))}::text[],
      ${rewritten.map((one) => one.text.packed)}::bytea[], ${rewritten.map((one) => one.text.textHash)}::bytea[])
      as r (id, checked_at, data_at, is_main, rules_set, findings, packed, text_hash)
    where v.workspace_id = ${workspaceId} and v.id = r.id`.execute(tx);
}

export interface StoredFindings {
  personId: string;
  profileId: string;
  score: number | null;
  verdict: MachineVerdict;
  findings: Findings;
}

/** What the newest report of each main profile found, by profile id after the given one; those from before findings were kept are read from the report. */
export async function pageFindings(
  tx: Tx,
  workspaceId: string,
  page: { afterProfileId: string; limit: number },
): Promise<StoredFindings[]> {
  const { rows } = await sql<{
    person_id: string;
    profile_id: string;
    score: number | null;
    verdict: string;
    findings: unknown;
    report: unknown;
  }>`
    select distinct on (profile_id) profile_id, person_id, score, verdict, findings, case when findings is null then report end as report
    from vetting_report where workspace_id = ${workspaceId} and is_main and profile_id > ${page.afterProfileId}
    order by profile_id, computed_at desc, id desc limit ${page.limit}`.execute(tx);
  // Both were written by findingsOf and insertReports from their own types.
  return rows.map((row) => ({
    personId: row.person_id,
    profileId: row.profile_id,
    score: row.score,
    verdict: row.verdict as MachineVerdict,
    findings: row.findings === null ? findingsOf(row.report as Report) : (row.findings as Findings),
  }));
}

/** Everybody with a report, by id; at most `limit`. */
export async function listVettedPersons(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from vetting_report where workspace_id = ${workspaceId} and is_main
    order by person_id limit ${limit}`.execute(tx);
  return rows.map((row) => row.person_id);
}

/** Flags the workspace's reports have raised, by name. */
export async function listRaisedFlags(
  tx: Tx,
  workspaceId: string,
): Promise<{ name: string; title: string; severity: 'red' | 'amber' }[]> {
  const { rows } = await sql<{ name: string; title: string; severity: 'red' | 'amber' }>`
    select distinct on (flag.name) flag.name, flag.title, flag.severity
    from (select findings from vetting_report where workspace_id = ${workspaceId} and findings is not null order by id desc limit 5000) newest
    cross join lateral jsonb_to_recordset(newest.findings -> 'flags') as flag (name text, title text, severity text)
    order by flag.name, flag.title limit 200`.execute(tx);
  return rows;
}
