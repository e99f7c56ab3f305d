import type { DisclosureHistory, HistoryPost } from '../api/history.ts';
import { standings } from '../api/verdict.ts';
import { checkDisclosure, nameOf } from './check-disclosure.ts';
import { packOf } from './packs/packs.ts';

const postsMin = 5;

/** How a creator's posts disclosed their deals: each judged by itself, and the share of those with a deal that said so clearly. */
export function sumHistory(posts: readonly HistoryPost[], country: string): DisclosureHistory {
  const rows = posts.map((post) => ({
    id: post.id,
    ...checkDisclosure({
      caption: post.caption,
      platform: post.platform ?? 'instagram',
      country,
      media: post.media ?? { kind: 'image' },
      relation: post.relation ?? 'unknown',
      platformLabel: post.platformLabel ?? null,
    }),
  }));
  const count = (standing: string) => rows.filter((row) => row.standing === standing).length;
  const due = rows.filter((row) => row.verdict !== 'not_needed');
  const disclosed = due.filter((row) => row.standing === 'clear').length;
  const days = posts
    .flatMap(({ publishedAt }) => (publishedAt === null || publishedAt === undefined ? [] : [publishedAt]))
    .sort();
  return {
    posts: rows.length,
    withDeal: due.length,
    disclosed,
    share: due.length < postsMin ? null : disclosed / due.length,
    byStanding: {
      clear: count(standings[0]),
      buried: count(standings[1]),
      ambiguous: count(standings[2]),
      signs: count(standings[3]),
      none: count(standings[4]),
    },
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    pack: nameOf(packOf(country)),
    rows: rows.map(({ id, verdict, standing, findings }) => ({ id, verdict, standing, findings })),
  };
}
