import { type Selectable, sql } from 'kysely';
import type { Person as PersonTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { Person, Profile } from '../api.ts';
import { newestAt, type Stamps } from '../rules/merge-fields.ts';
import { readAudience, toAudience } from '../rules/read-audience.ts';

const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
const instant = (value: Date | null) => value?.toISOString() ?? null;

export interface ProfileMatch {
  profileId: string;
  personId: string;
  platform: Platform;
  handle: string;
  followers: number | null;
}

/** The person with all that is known, or null; the id of a merged person finds the one it was merged into. */
export async function selectPerson(tx: Tx, workspaceId: string, personId: string): Promise<Person | null> {
  const row = await tx
    .selectFrom('person')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where(
      'id',
      '=',
      sql<string>`coalesce((select merged_into from person where workspace_id = ${workspaceId} and id = ${personId}), ${personId})`,
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  const profiles = await selectProfiles(tx, workspaceId, [row.id]);
  const facts = await selectFacts(tx, workspaceId, [row.id]);
  return toPerson(row, profiles, facts);
}

/** Persons by the id asked for, as `selectPerson` gives each; three statements, however many. Those that do not exist are left out. */
export async function selectPersons(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, Person>> {
  const rows = await tx
    .selectFrom('person as asked')
    .innerJoin('person as p', (join) =>
      join
        .onRef('p.workspace_id', '=', 'asked.workspace_id')
        .on(sql<boolean>`p.id = coalesce(asked.merged_into, asked.id)`),
    )
    .selectAll('p')
    .select('asked.id as asked_id')
    .where('asked.workspace_id', '=', workspaceId)
    .where('asked.id', '=', sql<string>`any(${personIds}::text[])`)
    .execute();
  const kept = [...new Set(rows.map((row) => row.id))];
  const profilesOf = Map.groupBy(await selectProfiles(tx, workspaceId, kept), (profile) => profile.personId);
  const factsOf = Map.groupBy(await selectFacts(tx, workspaceId, kept), (fact) => fact.person_id);
  return new Map(
    rows.map((row) => [row.asked_id, toPerson(row, profilesOf.get(row.id) ?? [], factsOf.get(row.id) ?? [])]),
  );
}

interface FactRow {
  person_id: string;
  name: string;
  value: unknown;
}

function selectFacts(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<FactRow[]> {
  return tx
    .selectFrom('person_fact')
    .select(['person_id', 'name', 'value'])
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', sql<string>`any(${personIds}::text[])`)
    .orderBy('person_id')
    .orderBy('name')
    .execute();
}

function toPerson(row: Selectable<PersonTable>, profiles: Profile[], facts: readonly FactRow[]): Person {
  return {
    id: row.id,
    name: row.name,
    country: row.country,
    region: row.region,
    city: row.city,
    languages: row.languages,
    emails: row.emails,
    phones: row.phones,
    website: row.website,
    niches: row.niches,
    tags: row.tags,
    interests: row.interests,
    contacts: row.contacts,
    gender: row.gender,
    age: row.age,
    isOpenToGifting: row.is_open_to_gifting,
    // The check constraint of the column holds exactly the types.
    contactType: row.contact_type as Person['contactType'],
    custom: row.custom as Person['custom'],
    ownerId: row.owner_id,
    provenance: row.provenance as Person['provenance'],
    profiles,
    facts: Object.fromEntries(facts.map((fact) => [fact.name, fact.value])),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Profiles of persons, most followers first within a person. */
export async function selectProfiles(tx: Tx, workspaceId: string, personIds: string[]): Promise<Profile[]> {
  const rows = await tx
    .selectFrom('profile as p')
    .leftJoin('profile_metric as m', (join) =>
      join.onRef('m.workspace_id', '=', 'p.workspace_id').onRef('m.profile_id', '=', 'p.id'),
    )
    .leftJoin('profile_content as c', (join) =>
      join.onRef('c.workspace_id', '=', 'p.workspace_id').onRef('c.profile_id', '=', 'p.id'),
    )
    .selectAll('p')
    .select([
      'm.followers',
      'm.following',
      'm.post_count',
      'm.avg_likes',
      'm.avg_comments',
      'm.avg_views',
      'm.avg_shares',
      'm.avg_saves',
    ])
    .select([
      'm.engagement_rate',
      'm.last_post_at',
      'm.audience',
      'm.growth',
      'm.likes_growth',
      'm.views_growth',
      'c.content',
      'm.provenance as metric_provenance',
      'm.updated_at as metric_updated_at',
    ])
    .where('p.workspace_id', '=', workspaceId)
    .where('p.person_id', '=', sql<string>`any(${personIds}::text[])`)
    .orderBy('p.person_id')
    .orderBy(sql`m.followers desc nulls last`)
    .orderBy('p.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    platform: row.platform as Platform,
    handle: row.handle,
    externalId: row.external_id,
    url: row.url,
    displayName: row.display_name,
    bio: row.bio,
    website: row.website,
    category: row.category,
    accountType: row.account_type,
    isPrivate: row.is_private,
    isVerified: row.is_verified,
    isOfficialArtist: row.is_official_artist,
    source: row.source,
    followers: number(row.followers),
    following: number(row.following),
    postCount: number(row.post_count),
    avgLikes: row.avg_likes,
    avgComments: row.avg_comments,
    avgViews: row.avg_views,
    avgShares: row.avg_shares,
    avgSaves: row.avg_saves,
    engagementRate: row.engagement_rate,
    lastPostAt: instant(row.last_post_at),
    audience: audienceOf(row.audience, row.metric_provenance as unknown as Stamps | null),
    content: row.content as Profile['content'],
    growth: row.growth as Profile['growth'],
    likesGrowth: row.likes_growth as Profile['growth'],
    viewsGrowth: row.views_growth as Profile['growth'],
    refreshedAt: newestAt((row.metric_provenance ?? {}) as unknown as Stamps),
    provenance: joinProvenance(
      row.provenance as Profile['provenance'],
      row.metric_provenance as Profile['provenance'] | null,
    ),
    createdAt: row.created_at.toISOString(),
    updatedAt: (row.metric_updated_at ?? row.updated_at).toISOString(),
  }));
}

function audienceOf(stored: unknown, stamps: Stamps | null): Profile['audience'] {
  const audience = readAudience(stored);
  return audience === null ? null : toAudience(audience, stamps ?? {});
}

const figureNames = [
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
  'lastPostAt',
  'audience',
];

// Identity and figures keep their default entries apart in the tables; outside they are one record.
function joinProvenance(identity: Profile['provenance'], figures: Profile['provenance'] | null): Profile['provenance'] {
  if (figures === null) return identity;
  const { '*': everyFigure, ...own } = figures;
  const { '*': everyField } = identity;
  if (everyFigure === undefined || (everyField?.at === everyFigure.at && everyField.source === everyFigure.source))
    return { ...identity, ...own };
  return { ...identity, ...Object.fromEntries(figureNames.map((name) => [name, everyFigure])), ...own };
}

/** Profiles that bear the handle (compared without @ and case), on one platform or on all, most followers first. */
export async function selectProfilesByHandleKey(
  tx: Tx,
  workspaceId: string,
  wanted: { handleKey: string; platforms: readonly Platform[] },
): Promise<ProfileMatch[]> {
  const rows = await tx
    .selectFrom('profile as p')
    .leftJoin('profile_metric as m', (join) =>
      join.onRef('m.workspace_id', '=', 'p.workspace_id').onRef('m.profile_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.person_id', 'p.platform', 'p.handle', 'm.followers'])
    .where('p.workspace_id', '=', workspaceId)
    .where('p.platform', '=', sql<string>`any(${wanted.platforms}::text[])`)
    .where('p.handle_key', '=', wanted.handleKey)
    .orderBy(sql`m.followers desc nulls last`)
    .orderBy('p.id')
    .execute();
  return rows.map((row) => ({
    profileId: row.id,
    personId: row.person_id,
    platform: row.platform as Platform,
    handle: row.handle,
    followers: number(row.followers),
  }));
}
