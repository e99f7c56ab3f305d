import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Click, listClicks as listEndpoint, getTrackingSummary as summaryEndpoint } from './api.ts';
import { readCursor } from './list-links.ts';
import {
  type ClickListRow,
  countLive,
  selectClicks,
  selectDays,
  selectDropReasons,
  selectRevenue,
} from './queries/read-clicks.ts';
import { type Refs, readRefs } from './read-refs.ts';

/** Hits of links, newest first. Error: tracking.bad_cursor. */
export async function listClicks(infra: Infra, call: Call<typeof listEndpoint>): Promise<Page<Click>> {
  const { input, workspaceId } = call;
  const { cursor, limit, linkId, counted } = input;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectClicks(tx, { workspaceId, linkId, counted, limit: limit + 1, after: readCursor(cursor) });
    const page = rows.slice(0, limit);
    const refs = await readRefs(tx, workspaceId, page);
    const last = page.at(-1);
    return {
      rows: page.map((row) => toClick(row, refs)),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.sort_key, last.click_id]) : null,
    };
  });
}

export function toClick(row: ClickListRow, refs: Refs): Click {
  return {
    id: row.click_id,
    linkId: row.link_id,
    slug: row.slug,
    creator: refs.creatorOf(row.person_id),
    clickedAt: row.clicked_at.toISOString(),
    counted: row.counted,
    dropReason: row.drop_reason,
    country: row.country,
    device: row.device,
    browser: row.browser,
    referrerHost: row.referrer_host,
  };
}

/** Clicks and orders of the last days, today included, in the workspace's time zone. */
export async function getTrackingSummary(infra: Infra, call: Call<typeof summaryEndpoint>) {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const to = dayIn(timeZone, infra.clock.now());
    const from = addDays(to, 1 - input.days);
    const of = { workspaceId, from, to, timeZone };
    const days = await selectDays(tx, of);
    const revenue = await selectRevenue(tx, of);
    const reasons = await selectDropReasons(tx, of);
    const live = await countLive(tx, workspaceId);
    const sum = (key: 'clicks' | 'visitors' | 'dropped' | 'orders') =>
      days.reduce((total, day) => total + Number(day[key]), 0);
    return {
      from,
      to,
      days: days.map((day) => ({ day: day.day, clicks: Number(day.clicks), orders: Number(day.orders) })),
      clicks: sum('clicks'),
      visitors: sum('visitors'),
      dropped: sum('dropped'),
      orders: sum('orders'),
      revenue: revenue.map((row) => toMoneyJson({ amountMinor: row.net_minor, currency: row.currency })),
      liveLinks: Number(live.links),
      liveCodes: Number(live.codes),
      dropReasons: reasons.map((row) => ({ reason: row.reason, hits: Number(row.hits) })),
    };
  });
}
