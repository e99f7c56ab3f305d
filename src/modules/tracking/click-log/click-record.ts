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
  /** True when the QR code was read. */
  isQr: boolean;
  consent: 'given' | 'refused' | 'unasked';
  /** What chose the destination; null for the link's own. */
  route: string | null;
  /** 8 bytes, base64url, of the visitor's network by the salt of the day; null when the address is none. */
  prefixHash: string | null;
  /** Name of an advertiser's parameter in the address that was opened; null for none. */
  adParam: string | null;
}

const version = 1;
// Characters that JSON writes otherwise; header values hold none of them but quotes and backslashes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
}

export function encodeClick(click: ClickRecord): string {
  // Written by hand, as JSON all the same: ids and reasons are our own plain words, and this runs for each click.
  const head = `[${version},"${click.workspaceId}","${click.linkId}","${click.clickId}",${click.atMs}`;
  const reason = click.dropReason === null ? 'null' : `"${click.dropReason}"`;
  const country = click.country === null ? 'null' : `"${click.country}"`;
  const route = click.route === null ? 'null' : `"${click.route}"`;
  return `${head},${reason},"${click.visitorHash}",${country},${quoted(click.userAgent)},${quoted(click.referrer)},${click.isQr ? 1 : 0},"${click.consent}",${route},${click.prefixHash === null ? 'null' : `"${click.prefixHash}"`},${click.adParam === null ? 'null' : `"${click.adParam}"`}]`;
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
  const [
    ,
    workspaceId,
    linkId,
    clickId,
    atMs,
    dropReason,
    visitorHash,
    country,
    userAgent,
    referrer,
    isQr,
    consent,
    route,
    prefixHash,
    adParam,
  ] = parts as unknown[];
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
    // Records from before these fields end earlier.
    isQr: isQr === 1,
    consent: consent === 'given' || consent === 'refused' ? consent : 'unasked',
    route: typeof route === 'string' ? route : null,
    prefixHash: typeof prefixHash === 'string' ? prefixHash : null,
    adParam: typeof adParam === 'string' ? adParam : null,
  };
}
