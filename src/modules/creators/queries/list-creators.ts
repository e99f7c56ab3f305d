import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ContactType, CreatorFilter, CreatorListItem } from '../api.ts';

type Sort = 'followers' | 'name' | 'added' | 'lastPost' | 'engagementRate';

const sortKeys: Record<Sort, RawBuilder<unknown>> = {
  followers: sql`coalesce(main.followers, -1)::float8`,
  name: sql`lower(coalesce(person.name, ''))`,
  added: sql`extract(epoch from person.created_at)::float8`,
  lastPost: sql`coalesce(extract(epoch from main.last_post_at), -1)::float8`,
  engagementRate: sql`coalesce(main.engagement_rate, -1)::float8`,
};

// The main profile: most followers, then the older id.
const mainProfile = sql`left join lateral (
  select m.followers, m.engagement_rate, m.last_post_at from profile p
  left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
  where p.workspace_id = person.workspace_id and p.person_id = person.id order by m.followers desc nulls last, p.id limit 1) main on true`;

// As said; else by what happened: once somebody worked with us they are an influencer, whoever came by an application is one that applied.
const contactType = sql`coalesce(person.contact_type, case
  when exists (select from person_fact f where f.workspace_id = person.workspace_id and f.person_id = person.id and f.name = 'worked_with' and f.value = 'true') then 'influencer'
  when exists (select from person_key k where k.workspace_id = person.workspace_id and k.person_id = person.id and k.scope = 'application') then 'application'
  else 'prospect' end)`;

function conditions(workspaceId: string, filter: CreatorFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`person.workspace_id = ${workspaceId} and person.merged_into is null`];
  const hasProfile = (condition: RawBuilder<unknown>) =>
    sql`exists (select from profile p where p.workspace_id = person.workspace_id and p.person_id = person.id and ${condition})`;
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const like = `%${filter.q
      .trim()
      .replace(/^@/, '')
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`(lower(person.name) like ${like} or ${hasProfile(sql`p.handle_key like ${like}`)})`);
  }
  if (filter.platforms !== undefined && filter.platforms.length > 0)
    parts.push(hasProfile(sql`p.platform = any(${filter.platforms}::text[])`));
  if (filter.countries !== undefined && filter.countries.length > 0)
    parts.push(sql`person.country = any(${filter.countries}::text[])`);
  if (filter.niches !== undefined && filter.niches.length > 0)
    parts.push(sql`person.niches && ${filter.niches}::text[]`);
  if (filter.tags !== undefined && filter.tags.length > 0) parts.push(sql`person.tags && ${filter.tags}::text[]`);
  if (filter.ownerId === 'none') parts.push(sql`person.owner_id is null`);
  else if (filter.ownerId !== undefined) parts.push(sql`person.owner_id = ${filter.ownerId}`);
  if (filter.contactTypes !== undefined && filter.contactTypes.length > 0)
    parts.push(sql`${contactType} = any(${filter.contactTypes}::text[])`);
  for (const field of filter.custom ?? []) {
    const at = field.indexOf('=');
    parts.push(sql`lower(person.custom ->> ${field.slice(0, at)}) = lower(${field.slice(at + 1)})`);
  }
  if (filter.hasEmail !== undefined) parts.push(sql`(cardinality(person.emails) > 0) = ${filter.hasEmail}`);
  if (filter.followersMin !== undefined) parts.push(sql`main.followers >= ${filter.followersMin}`);
  if (filter.followersMax !== undefined) parts.push(sql`main.followers <= ${filter.followersMax}`);
  for (const [name, values] of factsByName(filter.facts ?? []))
    parts.push(sql`exists (select from person_fact f where f.workspace_id = person.workspace_id and f.person_id = person.id and f.name = ${name}
      and (cardinality(${values}::text[]) = 0 or exists (select from unnest(${values}::text[]) v where f.value @> to_jsonb(v))))`);
  return sql.join(parts, sql` and `);
}

/** Values asked for by the name of their fact; "name" alone asks for any value. */
function factsByName(facts: readonly string[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const fact of facts) {
    const at = fact.indexOf(':');
    const name = at < 0 ? fact : fact.slice(0, at);
    byName.set(name, [...(byName.get(name) ?? []), ...(at < 0 ? [] : [fact.slice(at + 1)])]);
  }
  return byName;
}

export interface ListedId {
  id: string;
  key: string | number;
}

/** Ids of the creators that fit, sorted; ties by id in the same direction. */
export async function selectCreatorIds(
  tx: Tx,
  workspaceId: string,
  page: { filter: CreatorFilter; sort: Sort; desc: boolean; limit: number; after: ListedId | null },
): Promise<ListedId[]> {
  const key = sortKeys[page.sort];
  const direction = page.desc ? sql`desc` : sql`asc`;
  const cast = page.sort === 'name' ? sql`::text` : sql`::float8`;
  const beyond =
    page.after === null
      ? sql`true`
      : page.desc
        ? sql`(${key}, person.id) < (${page.after.key}${cast}, ${page.after.id})`
        : sql`(${key}, person.id) > (${page.after.key}${cast}, ${page.after.id})`;
  const { rows } = await sql<ListedId>`
    select person.id, ${key} as key from person ${mainProfile}
    where ${conditions(workspaceId, page.filter)} and ${beyond}
    order by ${key} ${direction}, person.id ${direction} limit ${page.limit}`.execute(tx);
  return rows;
}

/** List items of persons, in the order of the ids. */
export async function selectListItems(tx: Tx, workspaceId: string, ids: string[]): Promise<CreatorListItem[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CreatorListItem>`
    select person.id, person.name, person.country, person.niches, person.tags, person.owner_id as "ownerId", ${contactType} as "contactType", person.contact_type is not null as "isContactTypeSaid", cardinality(person.emails) > 0 as "hasEmail",
      to_char(person.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt", to_char(person.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'platform', p.platform, 'handle', p.handle, 'url', p.url, 'followers', m.followers, 'engagementRate', m.engagement_rate,
        'lastPostAt', to_char(m.last_post_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'provenance', coalesce(m.provenance, '{}')) order by m.followers desc nulls last, p.id)
        from profile p left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
        where p.workspace_id = person.workspace_id and p.person_id = person.id), '[]') as profiles
    from person where person.workspace_id = ${workspaceId} and person.id = any(${ids}::text[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export interface CreatorCounts {
  matching: number;
  total: number;
  addedThisWeek: number;
  niches: { value: string; count: number }[];
  tags: { value: string; count: number }[];
  countries: { value: string; count: number }[];
  platforms: { value: 'instagram' | 'tiktok' | 'youtube' | 'pinterest' | 'blog'; count: number }[];
  contactTypes: { value: ContactType; count: number }[];
  owners: { value: string; count: number }[];
}

const facetValuesMax = 100;

/** Counts for the head and the filters of the list. */
export async function selectCounts(
  tx: Tx,
  workspaceId: string,
  filter: CreatorFilter,
  weekAgo: Date,
): Promise<CreatorCounts> {
  const needsMain = filter.followersMin !== undefined || filter.followersMax !== undefined;
  const { rows } = await sql<CreatorCounts>`
    with mine as materialized (select id, country, niches, tags, created_at, owner_id, ${contactType} as contact_type from person where workspace_id = ${workspaceId} and merged_into is null)
    select (select count(*) from person ${needsMain ? mainProfile : sql``} where ${conditions(workspaceId, filter)})::int as matching,
      (select count(*) from mine)::int as total,
      (select count(*) from mine where created_at >= ${weekAgo})::int as "addedThisWeek",
      ${facet(sql`select niche as value from mine, unnest(niches) as niche`)} as niches,
      ${facet(sql`select tag as value from mine, unnest(tags) as tag`)} as tags,
      ${facet(sql`select country as value from mine where country is not null`)} as countries,
      ${facet(sql`select distinct person_id, platform as value from profile where workspace_id = ${workspaceId}`)} as platforms,
      ${facet(sql`select contact_type as value from mine`)} as "contactTypes",
      ${facet(sql`select owner_id as value from mine where owner_id is not null`)} as owners`.execute(tx);
  const [counts] = rows;
  return (
    counts ?? {
      matching: 0,
      total: 0,
      addedThisWeek: 0,
      niches: [],
      tags: [],
      countries: [],
      platforms: [],
      contactTypes: [],
      owners: [],
    }
  );
}

function facet(values: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', n) order by n desc, value), '[]') from (
    select value, count(*)::int as n from (${values}) as v group by value order by count(*) desc, value limit ${facetValuesMax}) as f)`;
}
