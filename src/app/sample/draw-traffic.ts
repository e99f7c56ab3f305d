import { dayMs } from '#kernel/time.ts';
import type { Random } from './random.ts';

/** A creator on a campaign whose content is out, with what visitors and the till need. */
export interface Outlet {
  linkId: string;
  slug: string;
  code: string;
  liveAtMs: number[];
  /** Orders it brings in all its time. */
  orders: number;
}

export interface DrawnClick {
  linkId: string;
  at: Date;
  counted: boolean;
  dropReason: string | null;
  visitor: number;
  country: string;
  device: string;
  browser: string;
  referrerHost: string | null;
}

export interface DrawnOrder {
  at: Date;
  totalMinor: number;
  code: string | null;
  /** The click that led here, when there was one that the shop saw. */
  click: DrawnClick | null;
  refundMinor: number;
  isNewCustomer: boolean;
}

const clicksPerOrder = 24;
const withCodeShare = 0.58;
const refundShare = 0.04;
const halfLifeDays = 3.2;

const countries = [
  ['IE', 44],
  ['NL', 27],
  ['GB', 18],
  ['DE', 6],
  ['US', 5],
] as const;
const devices = [
  ['mobile', 81],
  ['desktop', 14],
  ['tablet', 5],
] as const;
const browsers = [
  ['Instagram', 48],
  ['Safari', 26],
  ['Chrome', 21],
  ['Firefox', 5],
] as const;
const drops = [
  ['bot', 5],
  ['duplicate', 4],
  ['preview', 3],
] as const;
/** Hits by hour of day: few at night, most at breakfast and in the evening. */
const hours = [1, 1, 0, 0, 0, 1, 3, 8, 10, 9, 7, 6, 6, 5, 4, 4, 5, 6, 7, 8, 8, 7, 5, 3].map(
  (weight, hour) => [hour, weight] as const,
);

/** Clicks and orders of one outlet: they come after each post and fade by half every three days. */
export function drawTraffic(
  outlet: Outlet,
  draw: { random: Random; nowMs: number; untilMs: number },
): { clicks: DrawnClick[]; orders: DrawnOrder[] } {
  const { random, nowMs, untilMs } = draw;
  const lastMs = Math.min(nowMs, untilMs);
  const clicks: DrawnClick[] = [];
  const wanted = Math.round(outlet.orders * clicksPerOrder * (0.7 + 0.6 * random.unit()));
  for (let n = 0; n < wanted; n += 1) {
    const afterDays = -Math.log2(1 - random.unit()) * halfLifeDays;
    const dayStart = Math.floor((random.pick(outlet.liveAtMs) + afterDays * dayMs) / dayMs) * dayMs;
    const atMs = dayStart + (random.weighted(hours) + random.unit()) * (dayMs / 24);
    if (atMs < Math.min(...outlet.liveAtMs) || atMs > lastMs) continue;
    clicks.push(drawClick(outlet.linkId, new Date(atMs), random));
  }
  const counted = clicks.filter((click) => click.counted);
  const orders = Array.from({ length: Math.min(outlet.orders, Math.floor(counted.length / 4)) }, () =>
    drawOrder(outlet.code, { random, from: counted, lastMs }),
  );
  return { clicks, orders };
}

function drawClick(linkId: string, at: Date, random: Random): DrawnClick {
  const dropped = random.chance(0.08);
  const browser = random.weighted(browsers);
  return {
    linkId,
    at,
    counted: !dropped,
    dropReason: dropped ? random.weighted(drops) : null,
    visitor: random.whole(1, 1_000_000_000),
    country: random.weighted(countries),
    device: random.weighted(devices),
    browser,
    referrerHost: browser === 'Instagram' ? 'instagram.com' : random.chance(0.3) ? 'l.instagram.com' : null,
  };
}

function drawOrder(code: string, draw: { random: Random; from: DrawnClick[]; lastMs: number }): DrawnOrder {
  const { random, lastMs } = draw;
  const click = random.pick(draw.from);
  const usesCode = random.chance(withCodeShare);
  // Half of those who use the code come back later on another device, so the shop sees no click.
  const sawClick = !usesCode || random.chance(0.5);
  const laterMs = random.chance(0.7) ? random.unit() * 3_600_000 : random.unit() * 6 * dayMs;
  // Nobody has ordered yet who would only order tomorrow: such a one comes sooner instead.
  const roomMs = lastMs - click.at.getTime();
  const totalMinor = Math.round(Math.exp(3.65 + 0.42 * random.normal()) * 100);
  return {
    at: new Date(click.at.getTime() + (laterMs <= roomMs ? laterMs : random.unit() * roomMs)),
    totalMinor,
    code: usesCode ? code : null,
    click: sawClick ? click : null,
    refundMinor: random.chance(refundShare) ? (random.chance(0.5) ? totalMinor : Math.round(totalMinor * 0.4)) : 0,
    isNewCustomer: random.chance(0.64),
  };
}
