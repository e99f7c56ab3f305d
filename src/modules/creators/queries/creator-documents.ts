import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { FollowerGrowth, Provenance } from '../creator-document.ts';
import type { ProfileContent } from '../rules/content-from-posts.ts';
import { type StoredPrice, selectPrices } from './prices.ts';

const postsPerProfileMax = 12;
const oneCaptionCharsMax = 600;

export interface PersonRow {
  id: string;
  name: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  languages: string[];
  niches: string[];
  tags: string[];
  has_email: boolean;
  has_phone: boolean;
  has_website: boolean;
  interests: string[];
  contacts: string[];
  gender: string | null;
  age: number | null;
  is_open_to_gifting: boolean | null;
  owner_id: string | null;
  created_at: Date;
  updated_at: Date;
}

export interface ProfileRow {
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
  is_official_artist: boolean | null;
  followers: bigint | null;
  following: bigint | null;
  post_count: bigint | null;
  avg_likes: number | null;
  avg_comments: number | null;
  avg_views: number | null;
  avg_shares: number | null;
  avg_saves: number | null;
  engagement_rate: number | null;
  last_post_at: Date | null;
  growth: FollowerGrowth | null;
  likes_growth: FollowerGrowth | null;
  views_growth: FollowerGrowth | null;
  audience: unknown;
  content: ProfileContent | null;
  provenance: Record<string, Provenance>;
}

export interface PostTextRow {
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

/** How many persons a workspace has; merged ones are not persons any more. */
export async function countPersons(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from person where workspace_id = ${workspaceId} and merged_into is null`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** All rows that documents are put together from. */
export interface DocumentRows {
  persons: PersonRow[];
  profiles: ProfileRow[];
  facts: Map<string, Record<string, unknown>>;
  texts: Map<string, PostTextRow>;
  prices: StoredPrice[];
}

/** Rows of the persons that exist, persons in id order. */
export async function selectDocumentRows(tx: Tx, workspaceId: string, personIds: string[]): Promise<DocumentRows> {
  const persons = await selectPersons(tx, workspaceId, personIds);
  const profiles = await selectProfiles(tx, workspaceId, personIds);
  const facts = await selectFacts(tx, workspaceId, personIds);
  const profileIds = profiles.map((profile) => profile.id);
  const texts = await postTexts(tx, workspaceId, profileIds);
  return { persons, profiles, facts, texts, prices: await selectPrices(tx, workspaceId, personIds) };
}

async function selectPersons(tx: Tx, workspaceId: string, ids: string[]): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select id, name, country, region, city, languages, niches, tags, interests, contacts, gender, age, is_open_to_gifting,
      cardinality(emails) > 0 as has_email, cardinality(phones) > 0 as has_phone, website is not null as has_website, owner_id, created_at, updated_at
    from person where workspace_id = ${workspaceId} and id = any(${ids}::text[]) and merged_into is null order by id`.execute(
    tx,
  );
  return rows;
}

async function selectProfiles(tx: Tx, workspaceId: string, personIds: string[]): Promise<ProfileRow[]> {
  const { rows } = await sql<ProfileRow>`
    select p.id, p.person_id, p.platform, p.handle, p.url, p.display_name, p.bio, p.category, p.website, p.account_type, p.is_verified, p.is_private, p.is_official_artist,
      m.followers, m.following, m.post_count, m.avg_likes, m.avg_comments, m.avg_views, m.avg_shares, m.avg_saves, m.engagement_rate, m.last_post_at, m.growth,
      m.likes_growth, m.views_growth, m.audience, c.content,
      coalesce(m.provenance, '{}') as provenance
    from profile p left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    left join profile_content c on c.workspace_id = p.workspace_id and c.profile_id = p.id
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
