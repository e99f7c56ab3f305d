import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { PersonState } from '../rules/creator-state.ts';

export interface StoredMerge {
  id: string;
  keptPersonId: string;
  absorbedPersonId: string;
  keptBefore: PersonState;
  keptAfter: PersonState;
  profileIds: string[];
  reason: string;
  mergedBy: string;
  mergedAt: Date;
  splitAt: Date | null;
}

/** Whether persons exist and are not merged away, with the name shown; locked until the commit. */
export async function lockPersons(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, { name: string | null }>> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    select id, name from person where workspace_id = ${workspaceId} and id = any(${ids}::text[]) and merged_into is null order by id for update`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, { name: row.name }]));
}

export async function selectProfileIds(tx: Tx, workspaceId: string, personId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from profile where workspace_id = ${workspaceId} and person_id = ${personId} order by id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Gives profiles to another person; those that are not the first one's any more stay where they are. */
export async function moveProfiles(
  tx: Tx,
  workspaceId: string,
  move: { profileIds: string[]; from: string; to: string },
): Promise<void> {
  await sql`
    update profile set person_id = ${move.to} where workspace_id = ${workspaceId} and person_id = ${move.from} and id = any(${move.profileIds}::text[])`.execute(
    tx,
  );
}

/** Marks a person as merged, and those merged into it before as well; or frees it again with those that were its own. */
export async function setMergedInto(
  tx: Tx,
  workspaceId: string,
  mark: { personId: string; into: string | null },
): Promise<void> {
  await sql`update person set merged_into = ${mark.into} where workspace_id = ${workspaceId} and id = ${mark.personId}`.execute(
    tx,
  );
  await sql`
    update person set merged_into = ${mark.into ?? mark.personId} where workspace_id = ${workspaceId} and id in (
      select absorbed_person_id from person_merge where workspace_id = ${workspaceId} and kept_person_id = ${mark.personId} and split_at is null)`.execute(
    tx,
  );
}

export async function insertMerge(tx: Tx, workspaceId: string, merge: Omit<StoredMerge, 'splitAt'>): Promise<void> {
  await sql`
    insert into person_merge (workspace_id, id, kept_person_id, absorbed_person_id, kept_before, kept_after, profile_ids, reason, merged_by, merged_at)
    values (${workspaceId}, ${merge.id}, ${merge.keptPersonId}, ${merge.absorbedPersonId}, ${JSON.stringify(merge.keptBefore)}, ${JSON.stringify(merge.keptAfter)},
      ${merge.profileIds}, ${merge.reason}, ${merge.mergedBy}, ${merge.mergedAt})`.execute(tx);
}

export async function selectMerges(
  tx: Tx,
  workspaceId: string,
  wanted: { keptPersonId: string } | { id: string },
): Promise<StoredMerge[]> {
  const { rows } = await sql<{
    id: string;
    kept_person_id: string;
    absorbed_person_id: string;
    kept_before: PersonState;
    kept_after: PersonState;
    profile_ids: string[];
    reason: string;
    merged_by: string;
    merged_at: Date;
    split_at: Date | null;
  }>`select * from person_merge where workspace_id = ${workspaceId}
    and ${'id' in wanted ? sql`id = ${wanted.id}` : sql`kept_person_id = ${wanted.keptPersonId} and split_at is null`} order by merged_at desc, id desc limit 200`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    keptPersonId: row.kept_person_id,
    absorbedPersonId: row.absorbed_person_id,
    keptBefore: row.kept_before,
    keptAfter: row.kept_after,
    profileIds: row.profile_ids,
    reason: row.reason,
    mergedBy: row.merged_by,
    mergedAt: row.merged_at,
    splitAt: row.split_at,
  }));
}

export async function markSplit(tx: Tx, workspaceId: string, mergeId: string, now: Date): Promise<void> {
  await sql`update person_merge set split_at = ${now} where workspace_id = ${workspaceId} and id = ${mergeId}`.execute(
    tx,
  );
}

/**
 * Persons that one file brought in with the same e-mail address on different platforms and without two names: groups to be joined. A shared
 * address on one platform is more likely an agency's, so such groups are left for a reader to judge.
 */
export async function selectSameEmailGroups(
  tx: Tx,
  workspaceId: string,
  run: { source: string; since: Date },
): Promise<{ email: string; personIds: string[] }[]> {
  const { rows } = await sql<{ email: string; person_ids: string[] }>`
    with fresh as (
      select p.id, p.name, p.emails, array_agg(f.platform) as platforms from person p join profile f on f.workspace_id = p.workspace_id and f.person_id = p.id
      where p.workspace_id = ${workspaceId} and p.merged_into is null and cardinality(p.emails) > 0 and f.source = ${run.source} and f.created_at >= ${run.since}
      group by p.id, p.name, p.emails
    )
    select email, array_agg(fresh.id order by fresh.id) as person_ids from fresh, unnest(fresh.emails) as email
    group by email
    having count(*) > 1 and count(distinct lower(fresh.name)) <= 1
      and sum(cardinality(fresh.platforms)) = (select count(distinct platform) from fresh f2, unnest(f2.platforms) as platform where email = any(f2.emails))
    order by email limit 10000`.execute(tx);
  return rows.map((row) => ({ email: row.email, personIds: row.person_ids }));
}

export interface MergeCandidate {
  personIds: [string, string];
  reasons: string[];
}

/** Pairs of persons who may be one, with the reasons, strongest first; without pairs that a reader parted. */
export async function selectCandidates(tx: Tx, workspaceId: string, limit: number): Promise<MergeCandidate[]> {
  const { rows } = await sql<{ a: string; b: string; reasons: string[] }>`
    with mails as (
      select p.id, email from person p, unnest(p.emails) as email where p.workspace_id = ${workspaceId} and p.merged_into is null
    ), sites as (
      select id, person_id, regexp_replace(lower(website), '^(https?://)?(www\.)?|/+$', '', 'g') as site from profile
      where workspace_id = ${workspaceId} and website is not null
    ), pairs as (
      select a.id as a, b.id as b, 3 as weight, 'the same e-mail address' as reason from mails a join mails b on a.email = b.email and a.id < b.id
      union all
      select least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), 2, 'the same handle @' || a.handle_key || ' on two platforms'
      from profile a join profile b on b.workspace_id = a.workspace_id and b.handle_key = a.handle_key and b.platform > a.platform and b.person_id <> a.person_id
      where a.workspace_id = ${workspaceId}
      union all
      select least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), 2, 'the same website ' || a.site
      from sites a join sites b on a.site = b.site and a.id < b.id and a.person_id <> b.person_id
      where length(a.site) > 6 and a.site not like 'linktr.ee%' and a.site not like '%youtube.com%' and a.site not like '%instagram.com%'
      union all
      select a.id, b.id, 1, 'the same name on different platforms' from person a join person b on b.workspace_id = a.workspace_id and lower(b.name) = lower(a.name) and a.id < b.id
      where a.workspace_id = ${workspaceId} and a.merged_into is null and b.merged_into is null and length(a.name) >= 7 and a.name like '% %'
        and not exists (select from profile f join profile g on g.workspace_id = f.workspace_id and g.platform = f.platform and g.person_id = b.id
          where f.workspace_id = a.workspace_id and f.person_id = a.id)
    )
    select pairs.a, pairs.b, array_agg(distinct pairs.reason) as reasons from pairs
    where not exists (select from person_distinct d where d.workspace_id = ${workspaceId} and d.person_a = pairs.a and d.person_b = pairs.b)
    group by pairs.a, pairs.b order by sum(pairs.weight) desc, pairs.a, pairs.b limit ${limit}`.execute(tx);
  return rows.map((row) => ({ personIds: [row.a, row.b], reasons: row.reasons }));
}

export async function insertDistinct(
  tx: Tx,
  workspaceId: string,
  pair: { a: string; b: string; by: string },
): Promise<void> {
  const [a, b] = pair.a < pair.b ? [pair.a, pair.b] : [pair.b, pair.a];
  await sql`
    insert into person_distinct (workspace_id, person_a, person_b, said_by) values (${workspaceId}, ${a}, ${b}, ${pair.by}) on conflict do nothing`.execute(
    tx,
  );
}

/** Profiles of these that are still a person's, by platform and handle. */
export async function selectHandles(
  tx: Tx,
  workspaceId: string,
  of: { profileIds: readonly string[]; personId: string },
): Promise<{ platform: Platform; handle: string }[]> {
  const { rows } = await sql<{ platform: Platform; handle: string }>`
    select platform, handle from profile
    where workspace_id = ${workspaceId} and id = any(${[...of.profileIds]}::text[]) and person_id = ${of.personId} order by platform, handle, id`.execute(
    tx,
  );
  return rows;
}

/** Names of persons with what they are merged into; those that are gone are not there. */
export async function selectNames(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, { name: string | null; mergedInto: string | null }>> {
  const { rows } = await sql<{ id: string; name: string | null; mergedInto: string | null }>`
    select id, name, merged_into as "mergedInto" from person where workspace_id = ${workspaceId} and id = any(${[...ids]}::text[]) order by id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface RecentMerge {
  id: string;
  keptPersonId: string;
  keptName: string | null;
  absorbedPersonId: string;
  absorbedName: string | null;
  reason: string;
  mergedBy: string;
  mergedAt: Date;
}

/** The newest merges that were not undone, with the names of both. */
export async function selectRecentMerges(tx: Tx, workspaceId: string, limit: number): Promise<RecentMerge[]> {
  const { rows } = await sql<RecentMerge>`
    select m.id, m.kept_person_id as "keptPersonId", kept.name as "keptName", m.absorbed_person_id as "absorbedPersonId", absorbed.name as "absorbedName",
      m.reason, m.merged_by as "mergedBy", m.merged_at as "mergedAt"
    from person_merge m
    join person kept on kept.workspace_id = m.workspace_id and kept.id = m.kept_person_id
    join person absorbed on absorbed.workspace_id = m.workspace_id and absorbed.id = m.absorbed_person_id
    where m.workspace_id = ${workspaceId} and m.split_at is null and kept.merged_into is null
    order by m.merged_at desc, m.id desc limit ${limit}`.execute(tx);
  return rows;
}
