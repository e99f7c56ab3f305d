import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type Link, ruleSchema } from './api.ts';
import { dailyClicks, type LinkWithTotals } from './queries/links.ts';
import { readRefs } from './read-refs.ts';

const shapeDays = 7;

/** Links as they are answered: with names, totals and the shape of the last seven days in the workspace's time zone. */
export async function presentLinks(
  infra: Infra,
  tx: Tx,
  workspaceId: string,
  rows: readonly LinkWithTotals[],
): Promise<Link[]> {
  if (rows.length === 0) return [];
  const now = infra.clock.now();
  const today = dayIn((await getWorkspace(tx, workspaceId)).timeZone, now);
  const days = Array.from({ length: shapeDays }, (_, index) => addDays(today, index - shapeDays + 1));
  const refs = await readRefs(tx, workspaceId, rows);
  const daily = await dailyClicks(tx, workspaceId, {
    linkIds: rows.map((row) => row.id),
    from: days[0] ?? today,
    to: today,
  });
  const clicksOf = new Map(daily.map((row) => [`${row.link_id} ${row.day}`, Number(row.clicks)]));
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    shortUrl: shortUrl(infra, row),
    previewUrl: `${shortUrl(infra, row)}+`,
    domain: row.domain,
    destination: row.destination,
    utm: row.utm,
    target: row.target,
    state: row.state,
    expiresAt: row.expires_at?.toISOString() ?? null,
    isExpired: row.expires_at !== null && row.expires_at <= now,
    expiredUrl: row.expired_url,
    rules: row.rules.map(({ target: _, ...rule }) => ruleSchema.parse(rule)),
    variants: row.variants.map(({ weight, destination }) => ({ weight, destination })),
    apps: row.apps,
    hasPassword: row.password_hash !== null,
    cookies: row.cookies,
    tags: row.tags,
    health: healthOf(row),
    creator: refs.creatorOf(row.person_id),
    campaign: refs.campaignOf(row.campaign_id),
    enrolmentId: row.enrolment_id,
    clicks: Number(row.clicks),
    visitors: Number(row.visitors),
    dropped: Number(row.dropped),
    lastSevenDays: days.map((day) => ({ day, clicks: clicksOf.get(`${row.id} ${day}`) ?? 0 })),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

function healthOf(row: LinkWithTotals): Link['health'] {
  const { health_state, health_at, health_since } = row;
  if (health_state === null || health_at === null || health_since === null) return null;
  return {
    state: health_state,
    status: row.health_status,
    problem: row.health_problem,
    checkedAt: health_at.toISOString(),
    since: health_since.toISOString(),
  };
}

/** Address a creator gives out: on the workspace's own host, or on the installation's. */
export function shortUrl(infra: Infra, link: { slug: string; domain: string | null }): string {
  const { protocol } = new URL(infra.config.publicUrl);
  const origin = link.domain === null ? infra.config.publicUrl : `${protocol}//${link.domain}`;
  return `${origin}/${encodeURIComponent(link.slug)}`;
}
