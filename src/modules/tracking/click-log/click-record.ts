import { type DropReason, dropReasons } from '../rules/judge-hit.ts';

/** One hit of a link as it stands in the click log. No address of the visitor is in it. */
export interface ClickRecord {
  workspaceId: string;
  linkId: string;
  clickId: string;
  atMs: number;
  dropReason: DropReason | null;
  /** 16 bytes, base64url; made with the salt of the day. */
  visitorHash: string;
  country: string | null;
  userAgent: string;
  referrer: string;
}

const version = 1;

export function encodeClick(click: ClickRecord): string {
  return JSON.stringify([
    version,
    click.workspaceId,
    click.linkId,
    click.clickId,
    click.atMs,
    click.dropReason,
    click.visitorHash,
    click.country,
    click.userAgent,
    click.referrer,
  ]);
}

/** Reads a record back; null when it is none of ours, which the drain reports and passes over. */
export function decodeClick(payload: string): ClickRecord | null {
  let parts: unknown;
  try {
    parts = JSON.parse(payload);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts[0] !== version) return null;
  const [, workspaceId, linkId, clickId, atMs, dropReason, visitorHash, country, userAgent, referrer] =
    parts as unknown[];
  if (typeof workspaceId !== 'string' || typeof linkId !== 'string' || typeof clickId !== 'string') return null;
  if (typeof atMs !== 'number' || typeof visitorHash !== 'string') return null;
  return {
    workspaceId,
    linkId,
    clickId,
    atMs,
    dropReason: dropReasons.find((reason) => reason === dropReason) ?? null,
    visitorHash,
    country: typeof country === 'string' ? country : null,
    userAgent: typeof userAgent === 'string' ? userAgent : '',
    referrer: typeof referrer === 'string' ? referrer : '',
  };
}
