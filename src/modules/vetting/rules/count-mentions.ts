import type { DealsSection } from '../api.ts';
import { groupHandles } from './brand-names.ts';
import { namesRival } from './find-conflicts.ts';
import type { Deal } from './find-deals.ts';
import { wilsonInterval } from './statistics.ts';
import type { VettedPost, VettingSubject } from './subject.ts';

const plain = (handle: string) => handle.replace(/^[@＠]/u, '').toLowerCase();

/**
 * How much of a feed names brands, paid for or not (brand mention saturation: posts that name a brand / posts). Which accounts are brands is known of those that
 * paid at least once, of the own ones and of rivals; a friend is none, so posts that name anybody stand beside it.
 */
export function countMentions(
  subject: VettingSubject,
  facts: { posts: readonly VettedPost[]; deals: readonly Deal[] },
): NonNullable<DealsSection['mentions']> | null {
  const { posts, deals } = facts;
  if (posts.length === 0) return null;
  const own = plain(subject.profile.handle);
  const paying = deals.flatMap((deal) => deal.brands.map(plain));
  const groupOf = groupHandles([...paying, ...posts.flatMap((post) => post.mentions.map(plain))]);
  const known = new Set(
    [...paying, ...(subject.brand?.handles ?? []).map(plain)].map((one) => groupOf.get(one) ?? one),
  );
  const rivals = subject.brand?.competitors ?? [];
  const paid = new Set(deals.map((deal) => deal.post.id));
  const named = posts.filter((post) => post.mentions.some((one) => plain(one) !== own));
  const naming = posts.filter((post) => {
    const others = post.mentions.map(plain).filter((one) => one !== own);
    return (
      paid.has(post.id) ||
      others.some((one) => known.has(groupOf.get(one) ?? one)) ||
      rivals.some((rival) => namesRival({ ...post, caption: null, hashtags: [] }, others, rival))
    );
  });
  return {
    posts: posts.length,
    brands: naming.length,
    share: naming.length / posts.length,
    interval: wilsonInterval(naming.length, posts.length),
    unpaid: naming.filter((post) => !paid.has(post.id)).length,
    anybody: named.length,
  };
}
