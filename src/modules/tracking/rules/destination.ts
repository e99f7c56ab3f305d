import { type Utm, utmKeys } from '../api/links.ts';

/** Parameters that Rapport sets itself; neither a destination nor a visitor may bring them. */
export const clickParam = 'rapport_click';
/** What QR codes carry, so that a scan is told from a tap. */
export const qrParam = 'rapport_qr';
const reservedPrefix = 'rapport_';

export type DestinationVerdict = { ok: true; url: string } | { ok: false; message: string };

/** Judges where a link may lead: an absolute web address without a user name, chosen by the team and nobody else. */
export function readDestination(text: string): DestinationVerdict {
  const trimmed = text.trim();
  if (/[\p{Cc}\p{Cf}]/u.test(trimmed)) return no('The address holds invisible characters. Type it anew.');
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return no(`"${clip(trimmed)}" is not a web address. Write it whole, such as https://shop.example/spring.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return no(`A link cannot lead to "${clip(url.protocol)}". Use an address that begins with https:// or http://.`);
  }
  if (url.username !== '' || url.password !== '')
    return no('The address holds a user name or password. Leave them out.');
  if (url.hostname === '') return no('The address names no host.');
  const reserved = [...url.searchParams.keys()].find((key) => key.toLowerCase().startsWith(reservedPrefix));
  if (reserved !== undefined)
    return no(`The address holds the parameter "${clip(reserved)}", which Rapport sets itself. Leave it out.`);
  return { ok: true, url: url.href };
}

export interface UtmFacts {
  platform: string | null;
  campaignName: string | null;
  handle: string | null;
}

/** The UTM parameters of a link as analytics tools file them: medium `affiliate` is a channel of its own in GA4. */
export function defaultUtm(facts: UtmFacts): Utm {
  const utm: Utm = { medium: 'affiliate' };
  utm.source = facts.platform ?? 'rapport';
  if (facts.campaignName !== null) utm.campaign = plain(facts.campaignName);
  if (facts.handle !== null) utm.content = plain(facts.handle);
  return utm;
}

/** UTM parameters with {platform}, {campaign} and {creator} replaced by what the link knows; a parameter that names what it does not know is left out. */
export function fillUtm(utm: Utm, facts: UtmFacts): Utm {
  const known: Record<string, string | null> = {
    platform: facts.platform,
    campaign: facts.campaignName === null ? null : plain(facts.campaignName),
    creator: facts.handle === null ? null : plain(facts.handle),
  };
  const filled: Utm = {};
  for (const key of utmKeys) {
    const value = utm[key];
    if (value === undefined) continue;
    const names = [...value.matchAll(/\{(platform|campaign|creator)\}/g)].map((match) => match[1] ?? '');
    if (names.some((name) => known[name] === null)) continue;
    filled[key] = names.reduce((text, name) => text.replace(`{${name}}`, () => known[name] ?? ''), value);
  }
  return filled;
}

/** Defaults with the given fields in their place; an empty text takes a parameter out. */
export function mergeUtm(base: Utm, own: Utm): Utm {
  const merged: Utm = {};
  for (const key of utmKeys) {
    const value = own[key] ?? base[key];
    if (value !== undefined && value !== '') merged[key] = value;
  }
  return merged;
}

/** Where the visitor arrives: the destination with the link's UTM parameters over its own. */
export function buildTarget(destination: string, utm: Utm): string {
  const url = new URL(destination);
  for (const key of utmKeys) {
    const value = utm[key];
    if (value !== undefined && value !== '') url.searchParams.set(`utm_${key}`, value);
  }
  return url.href;
}

const passedChars = 1000;

/**
 * Adds the visitor's own parameters to those of the target. What the target or Rapport sets stays as it is:
 * a visitor can neither change where a link leads nor whom it credits.
 */
export function passThrough(target: string, query: string): string {
  const url = new URL(target);
  const before = new Set([...url.searchParams.keys()].map((key) => key.toLowerCase()));
  for (const [key, value] of new URLSearchParams(query.slice(0, passedChars))) {
    const name = key.toLowerCase();
    if (key === '' || name.startsWith(reservedPrefix) || name.startsWith('utm_') || before.has(name)) continue;
    url.searchParams.append(key, value);
  }
  return url.href;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s/]+/g, '-')
    .replace(/[^\p{L}\p{N}._-]/gu, '')
    .slice(0, 100);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function no(message: string): DestinationVerdict {
  return { ok: false, message };
}
