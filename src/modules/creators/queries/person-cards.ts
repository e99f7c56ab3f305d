import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

export interface CardPersonRow {
  asked_id: string;
  /** The person kept when the one asked for was merged. */
  person_id: string;
  name: string | null;
  country: string | null;
}

/** The persons asked for that exist; a merged one stands for the kept one. */
export async function selectCardPersons(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<CardPersonRow[]> {
  const select = (ids: readonly string[]) =>
    sql<{ id: string; merged_into: string | null; name: string | null; country: string | null }>`
    select id, merged_into, name, country from person
    where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id`.execute(tx);
  const { rows: asked } = await select(personIds);
  const mergedInto = asked.flatMap((row) => row.merged_into ?? []);
  const kept = new Map((mergedInto.length === 0 ? [] : (await select(mergedInto)).rows).map((row) => [row.id, row]));
  return asked.flatMap((row) => {
    const person = row.merged_into === null ? row : kept.get(row.merged_into);
    return person === undefined
      ? []
      : [{ asked_id: row.id, person_id: person.id, name: person.name, country: person.country }];
  });
}

export interface CardProfileRow {
  profile_id: string;
  person_id: string;
  platform: Platform;
  handle: string;
  handle_key: string;
  url: string | null;
  display_name: string | null;
  followers: bigint | null;
}

/** Profiles of the persons, most followers first within each. */
export async function selectCardProfiles(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<CardProfileRow[]> {
  const { rows: profiles } = await sql<Omit<CardProfileRow, 'followers'>>`
    select id as profile_id, person_id, platform, handle, handle_key, url, display_name from profile
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) order by id`.execute(tx);
  // Two statements by key instead of a join: on a table that was just filled the planner knows no sizes and may pick a product.
  const { rows: metrics } = await sql<{ profile_id: string; followers: bigint | null }>`
    select profile_id, followers from profile_metric
    where workspace_id = ${workspaceId} and profile_id = any(${profiles.map((row) => row.profile_id)}::text[])`.execute(
    tx,
  );
  const followersOf = new Map(metrics.map((row) => [row.profile_id, row.followers]));
  return profiles
    .map((row) => ({ ...row, followers: followersOf.get(row.profile_id) ?? null }))
    .sort((a, b) => Number((b.followers ?? -1n) - (a.followers ?? -1n)));
}
