import { setImmediate as turn } from 'node:timers/promises';
import { dayOfClickId } from './click-id.ts';
import { type ClickRecord, decodeClick } from './click-log/click-record.ts';
import { readSegment } from './click-log/read-segment.ts';
import type { ClickRow } from './queries/store-clicks.ts';
import { type Channel, channelOf } from './rules/channel.ts';
import { readReferrerHost } from './rules/read-referrer.ts';
import { type Agent, readUserAgent } from './rules/read-user-agent.ts';

/** What a record says by itself: all of a click but its day in the workspace's time zone. */
export type ReadClick = Omit<ClickRow, 'localDay'>;

export interface Batch {
  fromBytes: number;
  /** Bytes of whole records read. */
  bytes: number;
  records: number;
  clicks: ReadClick[];
  /** Records that are none of this version. */
  unknown: number;
  isTorn: boolean;
  isEnd: boolean;
}

// A turn of the loop in between, so that no redirect waits for thousands of records to be read.
const recordsPerTurn = 250;

/** Reads whole records of a segment from there on, ready to be stored. Throws ENOENT when the segment was drained away already. */
export async function readBatch(
  path: string,
  fromBytes: number,
  limits: { untilBytes: number | null; recordsMax: number },
): Promise<Batch> {
  const { payloads, bytes, isTorn, isEnd } = await readSegment(path, fromBytes, limits);
  const clicks: ReadClick[] = [];
  let unknown = 0;
  for (let at = 0; at < payloads.length; at += recordsPerTurn) {
    if (at > 0) await turn();
    for (const payload of payloads.slice(at, at + recordsPerTurn)) {
      const record = decodeClick(payload);
      const click = record === null ? null : readClick(record);
      if (record === null) unknown += 1;
      if (click !== null) clicks.push(click);
    }
  }
  return { fromBytes, bytes, records: payloads.length, clicks, unknown, isTorn, isEnd };
}

function readClick(click: ClickRecord): ReadClick | null {
  const day = dayOfClickId(click.clickId);
  if (day === null) return null;
  const agent = agentOf(click.userAgent);
  const referrerHost = readReferrerHost(click.referrer);
  return {
    workspaceId: click.workspaceId,
    linkId: click.linkId,
    clickId: click.clickId,
    day,
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
    prefixHash: click.prefixHash === null ? null : Buffer.from(click.prefixHash, 'base64url').toString('hex'),
    adParam: click.adParam,
  };
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
