import { dayMs } from '#kernel/time.ts';
import { type ConflictCheck, competitorDaysDefault } from '../api.ts';
import { groupHandles } from './brand-names.ts';
import type { Deal } from './find-deals.ts';
import type { BrandWords, VettedPost } from './subject.ts';
import { dayText, joinWords, plural } from './words.ts';

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

interface Window {
  fromMs: number;
  toMs: number;
  days: number;
  exclusivity: { from: string; to: string } | null;
}

/** The days in which a rival counts: so many before the exclusive days begin and through their end, or so many before today. */
export function conflictWindow(brand: BrandWords | null, now: string): Window {
  const days = brand?.competitorDays ?? competitorDaysDefault;
  const exclusivity = brand?.exclusivity ?? null;
  const today = Date.parse(now.slice(0, 10));
  const start = exclusivity === null ? today : Date.parse(exclusivity.from);
  const end = exclusivity === null ? today : Date.parse(exclusivity.to);
  return { fromMs: start - days * dayMs, toMs: end + dayMs - 1, days, exclusivity };
}

/**
 * Posts of the window that name a rival of the brand profile by account, tag or words. Posts about a rival that are not paid count too: an
 * audience does not tell them apart. Without dated posts in reach the answer is unknown, not clear.
 */
export function checkConflicts(
  brand: BrandWords | null,
  of: { posts: readonly VettedPost[]; deals: readonly Deal[]; now: string },
): ConflictCheck {
  const window = conflictWindow(brand, of.now);
  const base = {
    from: dayOf(window.fromMs),
    to: dayOf(window.toMs),
    days: window.days,
    exclusivity: window.exclusivity,
    searched: 0,
    undated: 0,
    reachesBack: false,
    conflicts: [],
  };
  const rivals = brand?.competitors ?? [];
  if (rivals.length === 0) return { ...base, state: 'not_asked', text: 'The brand profile names no competitors.' };
  const timed = of.posts.map((post) => ({ post, atMs: post.postedAt === null ? null : Date.parse(post.postedAt) }));
  const inside = timed.filter(({ atMs }) => atMs !== null && atMs >= window.fromMs && atMs <= window.toMs);
  const reachesBack = timed.some(({ atMs }) => atMs !== null && atMs <= window.fromMs);
  const dealIds = new Set(of.deals.map((deal) => deal.post.id));
  const paidTo = new Map(of.deals.map((deal) => [deal.post.id, deal.brands]));
  const names = (post: VettedPost, rival: string) => namesRival(post, paidTo.get(post.id) ?? [], rival);
  const conflicts = rivals.flatMap((rival) => {
    const hit = inside.filter(({ post }) => names(post, rival)).map(({ post }) => post);
    const last = hit
      .map((post) => post.postedAt ?? '')
      .sort()
      .at(-1);
    if (last === undefined) return [];
    const deals = hit.filter((post) => dealIds.has(post.id)).length;
    return [{ competitor: rival, posts: hit.length, deals, lastAt: last, postIds: hit.map((post) => post.id) }];
  });
  const undated = timed.filter(({ post, atMs }) => atMs === null && rivals.some((rival) => names(post, rival))).length;
  const found = { ...base, searched: inside.length, undated, reachesBack, conflicts };
  if (conflicts.length > 0) return { ...found, state: 'conflict', text: conflictText(conflicts, window) };
  if (undated > 0)
    return { ...found, state: 'unknown', text: `${plural(undated, 'post')} without a date name a competitor.` };
  if (inside.length === 0 || !reachesBack)
    return {
      ...found,
      state: 'unknown',
      text: `None found, but posts on record do not reach back to ${dayText(base.from)}.`,
    };
  return { ...found, state: 'clear', text: `None in ${plural(inside.length, 'post')} since ${dayText(base.from)}.` };
}

function conflictText(conflicts: ConflictCheck['conflicts'], window: Window): string {
  const posts = conflicts.reduce((sum, one) => sum + one.posts, 0);
  const names = joinWords(conflicts.slice(0, 3).map((one) => one.competitor));
  const when =
    window.exclusivity === null
      ? `within ${window.days} days`
      : `within the exclusive days or the ${window.days} days before them`;
  return `${plural(posts, 'post')} about ${names} ${when}.`;
}

/** By account (countries of one brand alike), by tag, or by its name as whole words. */
export function namesRival(post: VettedPost, brands: readonly string[], rival: string): boolean {
  const wanted = rival.trim().toLowerCase().replace(/^[@#]/, '');
  const joined = wanted.replaceAll(/[^\p{L}\p{N}]+/gu, '');
  if (joined === '') return false;
  const accounts = [...brands, ...post.mentions.map((one) => one.toLowerCase().replace(/^@/, ''))];
  if (accounts.length > 0) {
    const groups = groupHandles([...accounts, joined]);
    const own = groups.get(joined);
    if (accounts.some((account) => groups.get(account) === own || account === wanted)) return true;
  }
  if (post.hashtags.some((tag) => tag.toLowerCase().replace(/^#/, '') === joined)) return true;
  return holdsWords(post.caption ?? '', wanted);
}

function holdsWords(caption: string, words: string): boolean {
  const text = caption.toLowerCase();
  const isPart = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + words.length])) return true;
  return false;
}
