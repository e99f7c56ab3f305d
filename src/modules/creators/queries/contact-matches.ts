import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

export interface ContactsAsked {
  /** In lower case. */
  emails: readonly string[];
  handles: readonly { platform: Platform; key: string }[];
  /** Folded as `foldName` of the asker does: lower case, single spaces. */
  names: readonly string[];
  /** Letters and digits only, in lower case; compared with handles of which the rest was taken away. */
  bareNames: readonly string[];
}

export interface ContactMatches {
  emails: { email: string; person_id: string }[];
  handles: { platform: Platform; key: string; person_id: string }[];
  names: { name: string; person_id: string }[];
  bareNames: { name: string; person_id: string }[];
}

/** Who of the creators bears any of these addresses, handles or names: four statements, however many are asked for. */
export async function matchContacts(tx: Tx, workspaceId: string, asked: ContactsAsked): Promise<ContactMatches> {
  const emails = await sql<{ email: string; person_id: string }>`
    select distinct address as email, person.id as person_id from person cross join lateral (select lower(e) as address from unnest(emails) as e) given
    join unnest(${asked.emails}::text[]) as wanted (address) using (address)
    where person.workspace_id = ${workspaceId} and merged_into is null and emails <> '{}' order by 1, 2`.execute(tx);
  const handles = await sql<{ platform: Platform; key: string; person_id: string }>`
    select profile.platform, profile.handle_key as key, profile.person_id
    from unnest(${asked.handles.map((handle) => handle.platform)}::text[], ${asked.handles.map((handle) => handle.key)}::text[]) as wanted (platform, key)
    join profile on profile.workspace_id = ${workspaceId} and profile.platform = wanted.platform and profile.handle_key = wanted.key
    order by 1, 2`.execute(tx);
  const names = await sql<{ name: string; person_id: string }>`
    select wanted.name, person.id as person_id from unnest(${asked.names}::text[]) as wanted (name)
    join person on person.workspace_id = ${workspaceId} and merged_into is null
      and lower(regexp_replace(btrim(person.name), '\\s+', ' ', 'g')) = wanted.name order by 1, 2`.execute(tx);
  const bareNames = await sql<{ name: string; person_id: string }>`
    select distinct wanted.name, profile.person_id from unnest(${asked.bareNames}::text[]) as wanted (name)
    join profile on profile.workspace_id = ${workspaceId} and regexp_replace(profile.handle_key, '[^[:alnum:]]', '', 'g') = wanted.name
    order by 1, 2`.execute(tx);
  return { emails: emails.rows, handles: handles.rows, names: names.rows, bareNames: bareNames.rows };
}

export interface PersonContacts {
  personId: string;
  /** In lower case. */
  emails: string[];
  handles: { platform: Platform; key: string }[];
}

/** Addresses and handles of the persons that exist. */
export async function readContacts(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<PersonContacts[]> {
  const { rows } = await sql<{ id: string; emails: string[]; platforms: Platform[]; keys: string[] }>`
    select person.id, array(select lower(e) from unnest(person.emails) as e) as emails,
      array_agg(profile.platform order by profile.id) filter (where profile.id is not null) as platforms,
      array_agg(profile.handle_key order by profile.id) filter (where profile.id is not null) as keys
    from person left join profile on profile.workspace_id = person.workspace_id and profile.person_id = person.id
    where person.workspace_id = ${workspaceId} and person.id = any(${personIds}::text[]) and person.merged_into is null
    group by person.id, person.emails order by person.id`.execute(tx);
  return rows.map((row) => ({
    personId: row.id,
    emails: row.emails,
    handles: (row.platforms ?? []).flatMap((platform, at) => {
      const key = row.keys[at];
      return key === undefined ? [] : [{ platform, key }];
    }),
  }));
}

/** Accounts of a platform in the order of their ids, a page at a time. */
export async function readAccountPage(
  tx: Tx,
  workspaceId: string,
  page: { platform: Platform; afterProfileId: string; limit: number },
): Promise<{ profile_id: string; person_id: string; handle_key: string; external_id: string | null }[]> {
  const { rows } = await sql<{ profile_id: string; person_id: string; handle_key: string; external_id: string | null }>`
    select id as profile_id, person_id, handle_key, external_id from profile
    where workspace_id = ${workspaceId} and platform = ${page.platform} and id > ${page.afterProfileId} order by id limit ${page.limit}`.execute(
    tx,
  );
  return rows;
}
