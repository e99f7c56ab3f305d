import type { Tx } from '#infra/db/database.ts';
import type { Logger } from '#infra/log.ts';
import type { Outbox } from '#infra/outbox/outbox.ts';
import { AppError } from '#kernel/errors.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { dayOfClickId } from './click-id.ts';
import { type ClickRecord, decodeClick } from './click-log/click-record.ts';
import { clicksDrained, conversionChanged, idsPerEventMax } from './events.ts';
import { type ClickRow, takeWaitingOrders } from './queries/store-clicks.ts';
import { type Channel, channelOf } from './rules/channel.ts';
import { readReferrerHost } from './rules/read-referrer.ts';
import { type Agent, readUserAgent } from './rules/read-user-agent.ts';
import { storeClicks } from './store-clicks.ts';

export interface LiveClick {
  workspaceId: string;
  linkId: string;
  clickId: string;
  clickedAt: Date;
  counted: boolean;
  dropReason: string | null;
  country: string | null;
  device: string;
  browser: string;
  referrerHost: string | null;
}

/** Stores a batch of log records in this transaction and tells the other modules. */
export async function storePayloads(
  tx: Tx,
  parts: { outbox: Outbox; log: Logger },
  payloads: readonly string[],
): Promise<LiveClick[]> {
  const clicks = payloads.map(decodeClick).filter((click) => click !== null);
  if (clicks.length < payloads.length) {
    parts.log.error(
      { records: payloads.length - clicks.length },
      'records of the click log are none of this version and were passed over',
    );
  }
  if (clicks.length === 0) return [];
  const rows = await toRows(tx, clicks);
  const stored = rows.length === 0 ? [] : await storeClicks(tx, rows);
  if (stored.length === 0) return [];
  for (const group of groupByWorkspace(stored)) {
    for (const linkIds of chunks(group.items.map((item) => item.linkId))) {
      await parts.outbox.emit(tx, { workspaceId: group.workspaceId, name: clicksDrained, payload: { linkIds } });
    }
  }
  return stored;
}

/**
 * Has orders that waited for these clicks decided anew. Called in a transaction of its own after the clicks are committed: an order that was written meanwhile either
 * shows its wait here or was decided with the clicks in sight, so none is left to the sweep of each minute but after a crash right between.
 */
export async function wakeWaitingOrders(tx: Tx, outbox: Outbox, stored: readonly LiveClick[]): Promise<void> {
  for (const order of groupByWorkspace(await takeWaitingOrders(tx, stored))) {
    for (const conversionIds of chunks(order.items.map((item) => item.conversionId))) {
      await outbox.emit(tx, {
        workspaceId: order.workspaceId,
        name: conversionChanged,
        payload: { conversionIds },
      });
    }
  }
}

async function toRows(tx: Tx, clicks: readonly ClickRecord[]): Promise<ClickRow[]> {
  const timeZones = new Map<string, string | null>();
  for (const workspaceId of new Set(clicks.map((click) => click.workspaceId)))
    timeZones.set(workspaceId, await findTimeZone(tx, workspaceId));
  return clicks.flatMap((click) => {
    const timeZone = timeZones.get(click.workspaceId) ?? null;
    const day = dayOfClickId(click.clickId);
    if (timeZone === null || day === null) return [];
    const agent = agentOf(click.userAgent);
    const referrerHost = readReferrerHost(click.referrer);
    return [
      {
        workspaceId: click.workspaceId,
        linkId: click.linkId,
        clickId: click.clickId,
        day,
        localDay: localDay(timeZone, click.atMs),
        clickedAt: new Date(click.atMs),
        dropReason: click.dropReason,
        visitorHash: Buffer.from(click.visitorHash, 'base64url').toString('hex'),
        country: click.country,
        device: agent.device,
        browser: agent.browser,
        referrerHost,
        os: agent.system,
        channel: channelOfReferrer(referrerHost),
        isQr: click.isQr,
        consent: click.consent,
        route: click.route,
      },
    ];
  });
}

/** Null when the workspace was removed after its links were clicked. */
async function findTimeZone(tx: Tx, workspaceId: string): Promise<string | null> {
  try {
    return (await getWorkspace(tx, workspaceId)).timeZone;
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not_found') return null;
    throw error;
  }
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** As the kernel's dayIn, with the costly formatter kept: this runs for each click. */
function localDay(timeZone: string, atMs: number): string {
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(timeZone, format);
  }
  return format.format(atMs);
}

const agents = new Map<string, Agent>();
const agentsMax = 5000;

function agentOf(userAgent: string): Agent {
  const known = agents.get(userAgent);
  if (known !== undefined) return known;
  const agent = readUserAgent(userAgent);
  if (agents.size >= agentsMax) agents.clear();
  agents.set(userAgent, agent);
  return agent;
}

const channelsByHost = new Map<string | null, Channel>();
const hostsMax = 5000;

/** Channel group of the page a visitor came from: the same few hundred hosts make nearly all visits. */
function channelOfReferrer(host: string | null): Channel {
  const known = channelsByHost.get(host);
  if (known !== undefined) return known;
  const channel = channelOf({ source: host, utmSource: null, utmMedium: null, utmCampaign: null, clickIdParam: null });
  if (channelsByHost.size >= hostsMax) channelsByHost.clear();
  channelsByHost.set(host, channel);
  return channel;
}

function groupByWorkspace<Item extends { workspaceId: string }>(
  items: readonly Item[],
): { workspaceId: string; items: Item[] }[] {
  return [...Map.groupBy(items, (item) => item.workspaceId)].map(([workspaceId, group]) => ({
    workspaceId,
    items: group,
  }));
}

function chunks(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  const result: string[][] = [];
  for (let at = 0; at < unique.length; at += idsPerEventMax) result.push(unique.slice(at, at + idsPerEventMax));
  return result;
}
