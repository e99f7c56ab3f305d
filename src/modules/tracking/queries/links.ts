import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Utm } from '../api/links.ts';
import type { StoredApp, StoredRule, StoredVariant } from '../rules/link-rules.ts';

/** What a link has beyond one destination, as the table holds it. */
export interface LinkExtraColumns {
  expired_url: string | null;
  rules: StoredRule[];
  variants: StoredVariant[];
  apps: Partial<Record<'ios' | 'android', StoredApp | null>> | null;
  password_hash: string | null;
  cookies: 'always' | 'consent' | 'never' | null;
  tags: string[];
}

export interface LinkRecord extends LinkExtraColumns {
  id: string;
  slug: string;
  domain: string | null;
  destination: string;
  target: string;
  campaign_id: string | null;
  enrolment_id: string | null;
  person_id: string | null;
  utm: Utm;
  state: 'live' | 'paused' | 'archived';
  expires_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface LinkWithTotals extends LinkRecord {
  clicks: bigint;
  visitors: bigint;
  dropped: bigint;
  health_state: 'ok' | 'broken' | 'unknown' | null;
  health_status: number | null;
  health_problem: string | null;
  health_at: Date | null;
  health_since: Date | null;
}

const linkColumns = sql`l.id, l.slug, l.domain, l.destination, l.target, l.campaign_id, l.enrolment_id, l.person_id, l.utm, l.state, l.expires_at,
  l.expired_url, l.rules, l.variants, l.apps, l.password_hash, l.cookies, l.tags, l.created_at, l.updated_at`;
const healthColumns = sql`h.state as health_state, h.status as health_status, h.problem as health_problem, h.checked_at as health_at, h.since as health_since`;
const withHealth = sql`left join link_health h on h.workspace_id = l.workspace_id and h.link_id = l.id`;

export interface NewLink {
  id: string;
  slug: string;
  skeleton: string;
  destination: string;
  target: string;
  campaignId: string | null;
  enrolmentId: string | null;
  personId: string | null;
  utm: Utm;
  expiresAt: Date | null;
  createdBy: string;
  domain: string | null;
  extras: LinkExtraColumns;
}

/** Inserts those whose slug is free, in one statement; returns the ids that went in. */
export async function insertLinks(tx: Tx, workspaceId: string, links: readonly NewLink[]): Promise<Set<string>> {
  if (links.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    insert into link (workspace_id, id, slug, slug_skeleton, domain, destination, target, campaign_id, enrolment_id, person_id, utm, expires_at,
      expired_url, rules, variants, apps, password_hash, cookies, tags, created_by)
    select ${workspaceId}, l.id, l.slug, l.skeleton, l.domain, l.destination, l.target, l."campaignId", l."enrolmentId", l."personId", l.utm, l."expiresAt",
      e.expired_url, e.rules, e.variants, nullif(e.apps, 'null'), e.password_hash, e.cookies, e.tags, l."createdBy"
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l (
      id text, slug text, skeleton text, domain text, destination text, target text, "campaignId" text, "enrolmentId" text, "personId" text,
      utm jsonb, "expiresAt" timestamptz, "createdBy" text, extras jsonb)
    cross join lateral jsonb_to_record(l.extras) as e (
      expired_url text, rules jsonb, variants jsonb, apps jsonb, password_hash text, cookies text, tags text[])
    on conflict do nothing
    returning id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

export interface LinkQuery {
  workspaceId: string;
  q?: string | undefined;
  /** Persons whose name matches q. */
  personIds?: readonly string[] | undefined;
  campaignId?: string | undefined;
  enrolmentId?: string | undefined;
  personId?: string | undefined;
  state?: string | undefined;
  tag?: string | undefined;
  health?: string | undefined;
  sort: 'created' | 'clicks' | 'slug';
  desc: boolean;
  limit: number;
  /** Sort key and id of the last row of the page before. */
  after: { key: string; id: string } | null;
}

const sortKeys = {
  created: sql`(extract(epoch from l.created_at) * 1000000)::bigint`,
  clicks: sql`coalesce(t.clicks, 0)::bigint`,
  slug: sql`l.slug`,
};

/** Links with their totals, sorted, `limit` rows after the cursor, each with its sort key as text. */
export async function selectLinks(tx: Tx, query: LinkQuery): Promise<(LinkWithTotals & { sort_key: string })[]> {
  const { workspaceId, q, after } = query;
  const key = sortKeys[query.sort];
  const keyType = query.sort === 'slug' ? sql`text` : sql`bigint`;
  const beyond = query.desc ? sql`<` : sql`>`;
  const direction = query.desc ? sql`desc` : sql`asc`;
  const conditions = [
    sql`l.workspace_id = ${workspaceId}`,
    query.campaignId === undefined ? null : sql`l.campaign_id = ${query.campaignId}`,
    query.enrolmentId === undefined ? null : sql`l.enrolment_id = ${query.enrolmentId}`,
    query.personId === undefined ? null : sql`l.person_id = ${query.personId}`,
    query.state === undefined ? null : sql`l.state = ${query.state}`,
    query.tag === undefined ? null : sql`l.tags @> array[${query.tag}]::text[]`,
    query.health === undefined ? null : sql`h.state = ${query.health}`,
    q === undefined
      ? null
      : sql`(position(lower(${q}) in l.slug) > 0 or position(lower(${q}) in lower(l.destination)) > 0 or l.person_id = any(${[...(query.personIds ?? [])]}::text[]))`,
    after === null ? null : sql`(${key}, l.id) ${beyond} (${after.key}::${keyType}, ${after.id})`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<LinkWithTotals & { sort_key: string }>`
    select ${linkColumns}, ${healthColumns},
      coalesce(t.clicks, 0)::bigint as clicks, coalesce(t.visitors, 0)::bigint as visitors, coalesce(t.dropped, 0)::bigint as dropped,
      (${key})::text as sort_key
    from link l ${withHealth}
    left join (
      select link_id, sum(clicks) as clicks, sum(visitors) as visitors, sum(dropped) as dropped
      from click_daily where workspace_id = ${workspaceId} group by link_id
    ) t on t.link_id = l.id
    where ${sql.join(conditions, sql` and `)}
    order by ${key} ${direction}, l.id ${direction}
    limit ${query.limit}`.execute(tx);
  return rows;
}

/** The links named that exist, with totals, in the order made. */
export async function selectLinksById(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<LinkWithTotals[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<LinkWithTotals>`
    select ${linkColumns}, ${healthColumns},
      coalesce(sum(d.clicks), 0)::bigint as clicks, coalesce(sum(d.visitors), 0)::bigint as visitors, coalesce(sum(d.dropped), 0)::bigint as dropped
    from link l ${withHealth} left join click_daily d on d.workspace_id = l.workspace_id and d.link_id = l.id
    where l.workspace_id = ${workspaceId} and l.id = any(${[...ids]}::text[])
    group by l.workspace_id, l.id, h.workspace_id, h.link_id order by l.created_at, l.id`.execute(tx);
  return rows;
}

/** The link, held for a change in this transaction. */
export async function lockLink(tx: Tx, workspaceId: string, id: string): Promise<LinkRecord | undefined> {
  const { rows } = await sql<LinkRecord>`
    select ${linkColumns} from link l where l.workspace_id = ${workspaceId} and l.id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function changeLink(
  tx: Tx,
  workspaceId: string,
  link: {
    id: string;
    destination: string;
    target: string;
    utm: Utm;
    state: string;
    expiresAt: Date | null;
    extras: LinkExtraColumns;
  },
): Promise<void> {
  await tx
    .updateTable('link')
    .set({
      destination: link.destination,
      target: link.target,
      utm: JSON.stringify(link.utm),
      state: link.state,
      expires_at: link.expiresAt,
      expired_url: link.extras.expired_url,
      rules: JSON.stringify(link.extras.rules),
      variants: JSON.stringify(link.extras.variants),
      apps: link.extras.apps === null ? null : JSON.stringify(link.extras.apps),
      password_hash: link.extras.password_hash,
      cookies: link.extras.cookies,
      tags: link.extras.tags,
      updated_at: sql`now()`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', link.id)
    .execute();
}

/** Enrolments of a campaign that have a link which is not archived. */
export async function enrolmentsWithLink(tx: Tx, workspaceId: string, campaignId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('link')
    .select('enrolment_id')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('enrolment_id', 'is not', null)
    .where('state', '!=', 'archived')
    .execute();
  return new Set(rows.flatMap((row) => (row.enrolment_id === null ? [] : [row.enrolment_id])));
}

/** Of these slugs on a host, those that are taken in this workspace. */
export async function takenSlugs(
  tx: Tx,
  workspaceId: string,
  of: { slugs: readonly string[]; domain: string | null },
): Promise<Set<string>> {
  if (of.slugs.length === 0) return new Set();
  const { rows } = await sql<{ slug: string }>`
    select slug from link where workspace_id = ${workspaceId} and slug = any(${[...of.slugs]}::text[])
      and domain is not distinct from ${of.domain}`.execute(tx);
  return new Set(rows.map((row) => row.slug));
}

/** Everyone who has a link. */
export async function personsWithLinks(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('link')
    .select('person_id')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', 'is not', null)
    .execute();
  return rows.flatMap((row) => (row.person_id === null ? [] : [row.person_id]));
}

/** Counted clicks of links by day, for the small shapes in tables. */
export async function dailyClicks(
  tx: Tx,
  workspaceId: string,
  of: { linkIds: readonly string[]; from: string; to: string },
): Promise<{ link_id: string; day: string; clicks: bigint }[]> {
  if (of.linkIds.length === 0) return [];
  return await tx
    .selectFrom('click_daily')
    .select(['link_id', 'day', 'clicks'])
    .where('workspace_id', '=', workspaceId)
    .where('link_id', 'in', [...of.linkIds])
    .where('day', '>=', of.from)
    .where('day', '<=', of.to)
    .execute();
}
