import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { CreatorDocument, FollowerGrowth, ProfileDocument, Provenance } from '../creator-document.ts';

const postsPerProfileMax = 12;
const captionCharsMax = 4000;
const oneCaptionCharsMax = 600;

interface PersonRow {
  id: string;
  name: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  languages: string[];
  niches: string[];
  tags: string[];
  has_email: boolean;
  owner_id: string | null;
  created_at: Date;
  updated_at: Date;
}

interface ProfileRow {
  id: string;
  person_id: string;
  platform: Platform;
  handle: string;
  url: string | null;
  display_name: string | null;
  bio: string | null;
  category: string | null;
  website: string | null;
  account_type: string | null;
  is_verified: boolean | null;
  is_private: boolean | null;
  followers: bigint | null;
  following: bigint | null;
  post_count: bigint | null;
  avg_likes: number | null;
  avg_comments: number | null;
  avg_views: number | null;
  engagement_rate: number | null;
  last_post_at: Date | null;
  growth: FollowerGrowth | null;
  provenance: Record<string, Provenance>;
}

interface PostTextRow {
  profile_id: string;
  captions: string[];
  hashtags: string[];
  mentions: string[];
}

/** Ids of the next persons of a workspace in id order; merged ones are not persons any more. */
export async function nextPersonIds(tx: Tx, workspaceId: string, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from person where workspace_id = ${workspaceId} and id > ${after} and merged_into is null order by id limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** Documents of the persons that exist, in id order. */
export async function readDocuments(tx: Tx, workspaceId: string, personIds: string[]): Promise<CreatorDocument[]> {
  if (personIds.length === 0) return [];
  const persons = await selectPersons(tx, workspaceId, personIds);
  const profiles = await selectProfiles(tx, workspaceId, personIds);
  const facts = await selectFacts(tx, workspaceId, personIds);
  const texts = await postTexts(
    tx,
    workspaceId,
    profiles.map((profile) => profile.id),
  );
  const profilesOf = Map.groupBy(profiles, (profile) => profile.person_id);
  return persons.map((person) =>
    toDocument(person, { profiles: profilesOf.get(person.id) ?? [], facts: facts.get(person.id) ?? {}, texts }),
  );
}

async function selectPersons(tx: Tx, workspaceId: string, ids: string[]): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select id, name, country, region, city, languages, niches, tags, cardinality(emails) > 0 as has_email, owner_id, created_at, updated_at
    from person where workspace_id = ${workspaceId} and id = any(${ids}::text[]) and merged_into is null order by id`.execute(
    tx,
  );
  return rows;
}

async function selectProfiles(tx: Tx, workspaceId: string, personIds: string[]): Promise<ProfileRow[]> {
  const { rows } = await sql<ProfileRow>`
    select p.id, p.person_id, p.platform, p.handle, p.url, p.display_name, p.bio, p.category, p.website, p.account_type, p.is_verified, p.is_private,
      m.followers, m.following, m.post_count, m.avg_likes, m.avg_comments, m.avg_views, m.engagement_rate, m.last_post_at, m.growth,
      coalesce(m.provenance, '{}') as provenance
    from profile p left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    where p.workspace_id = ${workspaceId} and p.person_id = any(${personIds}::text[])
    order by p.person_id, m.followers desc nulls last, p.id`.execute(tx);
  return rows;
}

async function selectFacts(
  tx: Tx,
  workspaceId: string,
  personIds: string[],
): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await sql<{ person_id: string; facts: Record<string, unknown> }>`
    select person_id, jsonb_object_agg(name, value) as facts from person_fact
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) group by person_id`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row.facts]));
}

async function postTexts(tx: Tx, workspaceId: string, profileIds: string[]): Promise<Map<string, PostTextRow>> {
  const { rows } = await sql<PostTextRow>`
    select wanted.profile_id,
      coalesce(array_agg(left(newest.caption, ${oneCaptionCharsMax}::int)) filter (where newest.caption is not null), '{}') as captions,
      coalesce(array_agg(array_to_string(newest.hashtags, ' ')) filter (where cardinality(newest.hashtags) > 0), '{}') as hashtags,
      coalesce(array_agg(array_to_string(newest.mentions, ' ')) filter (where cardinality(newest.mentions) > 0), '{}') as mentions
    from unnest(${profileIds}::text[]) as wanted (profile_id)
    cross join lateral (
      select caption, hashtags, mentions from post
      where workspace_id = ${workspaceId} and profile_id = wanted.profile_id
      order by posted_at desc nulls last, id desc limit ${postsPerProfileMax}
    ) newest
    group by wanted.profile_id`.execute(tx);
  return new Map(rows.map((row) => [row.profile_id, row]));
}

function toDocument(
  person: PersonRow,
  parts: { profiles: ProfileRow[]; facts: Record<string, unknown>; texts: Map<string, PostTextRow> },
): CreatorDocument {
  const texts = parts.profiles.flatMap((profile) => parts.texts.get(profile.id) ?? []);
  return {
    personId: person.id,
    name: person.name,
    profiles: parts.profiles.map(toProfile),
    country: person.country,
    region: person.region,
    city: person.city,
    languages: person.languages,
    niches: person.niches,
    tags: person.tags,
    hasEmail: person.has_email,
    ownerId: person.owner_id,
    hashtags: words(texts.flatMap((text) => text.hashtags)),
    mentions: words(texts.flatMap((text) => text.mentions)),
    captions: bounded(texts.flatMap((text) => text.captions)),
    facts: parts.facts,
    createdAt: person.created_at.toISOString(),
    updatedAt: person.updated_at.toISOString(),
  };
}

function toProfile(row: ProfileRow): ProfileDocument {
  return {
    profileId: row.id,
    platform: row.platform,
    handle: row.handle,
    url: row.url,
    displayName: row.display_name,
    bio: row.bio,
    category: row.category,
    website: row.website,
    accountType: row.account_type,
    isVerified: row.is_verified,
    isPrivate: row.is_private,
    followers: toNumber(row.followers),
    following: toNumber(row.following),
    postCount: toNumber(row.post_count),
    avgLikes: row.avg_likes,
    avgComments: row.avg_comments,
    avgViews: row.avg_views,
    engagementRate: row.engagement_rate,
    lastPostAt: row.last_post_at?.toISOString() ?? null,
    growth: row.growth,
    provenance: row.provenance,
  };
}

const toNumber = (value: bigint | null) => (value === null ? null : Number(value));

function words(joined: string[]): string[] {
  return [...new Set(joined.flatMap((text) => text.split(' ')))];
}

function bounded(captions: string[]): string[] {
  let chars = 0;
  return captions.filter((caption) => {
    chars += caption.length;
    return chars <= captionCharsMax;
  });
}
