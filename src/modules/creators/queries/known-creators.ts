import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import {
  figureNames,
  identityNames,
  type PersonState,
  type ProfileState,
  personFieldNames,
} from '../rules/creator-state.ts';
import type { FieldValue, Stamps } from '../rules/merge-fields.ts';

export interface KnownProfile {
  profileId: string;
  personId: string;
  rowHash: Buffer | null;
}

export const profileKey = (platform: Platform, handleKey: string) => `${platform}:${handleKey}`;

/** One writer of creators per workspace at a time: what was looked up stays true until the commit. */
export async function lockCreators(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`creators:${workspaceId}`}, 0))`.execute(tx);
}

/** Profiles that exist already, by profileKey. */
export async function selectKnownProfiles(
  tx: Tx,
  workspaceId: string,
  wanted: { platform: Platform; handleKey: string }[],
): Promise<Map<string, KnownProfile>> {
  const known = new Map<string, KnownProfile>();
  for (const [platform, group] of Map.groupBy(wanted, (one) => one.platform)) {
    const { rows } = await sql<{ id: string; person_id: string; handle_key: string; source_row_hash: Buffer | null }>`
      select id, person_id, handle_key, source_row_hash from profile
      where workspace_id = ${workspaceId} and platform = ${platform} and handle_key = any(${group.map((one) => one.handleKey)}::text[])`.execute(
      tx,
    );
    for (const row of rows)
      known.set(profileKey(platform, row.handle_key), {
        profileId: row.id,
        personId: row.person_id,
        rowHash: row.source_row_hash,
      });
  }
  return known;
}

/** Persons by the sender's own key. */
export async function selectPersonKeys(
  tx: Tx,
  workspaceId: string,
  wanted: { scope: string; keys: string[] },
): Promise<Map<string, string>> {
  if (wanted.keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; person_id: string }>`
    select k.key, coalesce(p.merged_into, p.id) as person_id from person_key k join person p on p.workspace_id = k.workspace_id and p.id = k.person_id
    where k.workspace_id = ${workspaceId} and k.scope = ${wanted.scope} and k.key = any(${wanted.keys}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.key, row.person_id]));
}

export async function selectPersonStates(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, PersonState>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('person')
    .select([
      'id',
      'name',
      'country',
      'region',
      'city',
      'website',
      'languages',
      'emails',
      'phones',
      'niches',
      'tags',
      'gender',
      'age',
      'is_open_to_gifting as isOpenToGifting',
      'contact_type as contactType',
      'interests',
      'contacts',
      'custom',
      'provenance',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => {
      const values: Record<string, FieldValue> = Object.fromEntries(personFieldNames.map((name) => [name, row[name]]));
      for (const [name, value] of Object.entries(row.custom as Record<string, FieldValue>))
        values[`custom.${name}`] = value;
      const sets = {
        languages: row.languages,
        emails: row.emails,
        phones: row.phones,
        niches: row.niches,
        tags: row.tags,
        interests: row.interests,
        contacts: row.contacts,
      };
      return [row.id, { fields: { values, stamps: row.provenance as unknown as Stamps }, sets }];
    }),
  );
}

export async function selectProfileStates(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, ProfileState>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    identity: Record<string, FieldValue>;
    figures: Record<string, FieldValue>;
    identity_stamps: Stamps;
    figure_stamps: Stamps;
    last_post_at: Date | null;
  }>`
    select p.id, p.provenance as identity_stamps, coalesce(m.provenance, '{}') as figure_stamps, m.last_post_at,
      jsonb_build_object('handle', p.handle, 'externalId', p.external_id, 'url', p.url, 'displayName', p.display_name, 'bio', p.bio, 'website', p.website,
        'category', p.category, 'accountType', p.account_type, 'isPrivate', p.is_private, 'isVerified', p.is_verified,
        'isOfficialArtist', p.is_official_artist) as identity,
      jsonb_build_object('followers', m.followers, 'following', m.following, 'postCount', m.post_count, 'avgLikes', m.avg_likes, 'avgComments', m.avg_comments,
        'avgViews', m.avg_views, 'avgShares', m.avg_shares, 'avgSaves', m.avg_saves, 'engagementRate', m.engagement_rate, 'audience', m.audience) as figures
    from profile p left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::text[])`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        identity: { values: inOrder(row.identity, identityNames), stamps: row.identity_stamps },
        figures: {
          values: { ...inOrder(row.figures, figureNames), lastPostAt: row.last_post_at?.toISOString() ?? null },
          stamps: row.figure_stamps,
        },
      },
    ]),
  );
}

function inOrder(values: Record<string, FieldValue>, names: readonly string[]): Record<string, FieldValue> {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
