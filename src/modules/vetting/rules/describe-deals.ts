import { dayMs } from '#kernel/time.ts';
import type { DealBrand, DealPost, DealsSection, TopPost } from '../api.ts';
import { groupHandles } from './brand-names.ts';
import { countMentions } from './count-mentions.ts';
import { postEvidence } from './engagement-signals.ts';
import { checkConflicts, namesRival } from './find-conflicts.ts';
import { canBeSearched, type Deal } from './find-deals.ts';
import { likelyFrom, scoreSponsored } from './sponsored-score.ts';
import { median, medianRatioInterval, wilsonInterval } from './statistics.ts';
import type { RuleContext, VettedPost, VettingSubject } from './subject.ts';

const postsShown = 100;
const topShown = 6;
const wordsShown = 12;
const recentDays = 90;
const recentNeeded = 5;
const spacedNeeded = 3;
const paidNeeded = 3;
const ownNeeded = 5;

interface DealFacts {
  posts: readonly VettedPost[];
  deals: readonly Deal[];
  /** Engagement by post id, by the definition the score uses. */
  rates: ReadonlyMap<string, number>;
}

/** All that a report says of paid posts; nothing in it is estimated but what is called likely. */
export function describeDeals(subject: VettingSubject, facts: DealFacts, context: RuleContext): DealsSection {
  const { posts, deals, rates } = facts;
  const searched = posts.filter(canBeSearched);
  const byId = new Map(deals.map((deal) => [deal.post.id, deal]));
  const described = searched.map((post) => describePost(subject, post, { deal: byId.get(post.id) ?? null, rates }));
  const likely = described.filter((post) => post.state === 'likely');
  return {
    searched: searched.length,
    deals: deals.length,
    likely: likely.length,
    corrected: described.filter((post) => post.correction !== null).length,
    posts: described.filter((post) => post.state !== 'own').slice(0, postsShown),
    brands: describeBrands(subject, facts, searched.length),
    saturation: saturationOf(searched, byId),
    mentions: countMentions(subject, facts),
    spacing: spacingOf(searched, byId),
    paid: paidAgainstOwn(facts, context.seed),
    disclosure: disclosureOf(deals),
    conflict: checkConflicts(subject.brand, { posts, deals, now: context.now }),
    top: topOf(posts, byId, rates),
  };
}

/** What is found of one post, whether it is a deal or not. */
export function describePost(
  subject: Pick<VettingSubject, 'profile' | 'sponsoredWords'>,
  post: VettedPost,
  of: { deal: Deal | null; rates: ReadonlyMap<string, number> },
): DealPost {
  const said = subject.sponsoredWords?.get(post.id) ?? null;
  const score = post.caption === null ? null : scoreSponsored(post.caption, subject.profile.handle);
  const isLikely = said === null && score !== null && score.probability >= likelyFrom;
  const { deal } = of;
  return {
    postId: post.id,
    url: post.url,
    postedAt: post.postedAt,
    format: post.format,
    excerpt: postEvidence(post, '').label,
    state: deal !== null ? 'deal' : isLikely ? 'likely' : 'own',
    brands:
      deal?.brands ?? (isLikely ? post.mentions.map((one) => one.replace(/^@/, '').toLowerCase()).slice(0, 5) : []),
    disclosure: deal?.disclosure ?? null,
    rule: deal === null ? null : { name: deal.rule, wording: deal.wording },
    probability: score === null ? null : Math.round(score.probability * 1000) / 1000,
    reasons: score?.reasons ?? [],
    rate: of.rates.get(post.id) ?? null,
    correction: said,
  };
}

const noLabels = () => ({ clear: 0, weak: 0, none: 0 });

function describeBrands(subject: VettingSubject, facts: DealFacts, searched: number): DealBrand[] {
  const groupOf = groupHandles(facts.deals.flatMap((deal) => deal.brands));
  const groups = new Map<string, { handles: Set<string>; deals: Set<Deal> }>();
  for (const deal of facts.deals)
    for (const handle of deal.brands) {
      const brand = groupOf.get(handle) ?? handle;
      const group = groups.get(brand) ?? { handles: new Set(), deals: new Set() };
      group.handles.add(handle);
      group.deals.add(deal);
      groups.set(brand, group);
    }
  const dealIds = new Set(facts.deals.map((deal) => deal.post.id));
  const organic = median(facts.posts.flatMap((post) => (dealIds.has(post.id) ? [] : (facts.rates.get(post.id) ?? []))));
  const brands = [...groups].map(([brand, group]): DealBrand => {
    const deals = [...group.deals];
    const dates = deals.flatMap((deal) => deal.post.postedAt ?? []).sort();
    const disclosure = noLabels();
    for (const deal of deals) disclosure[deal.disclosure] += 1;
    const rate = countedMedian(deals, (deal) => facts.rates.get(deal.post.id) ?? null);
    const handles = [...group.handles].sort();
    return {
      brand,
      handles,
      posts: deals.length,
      saturation: searched === 0 ? 0 : deals.length / searched,
      firstAt: dates[0] ?? null,
      lastAt: dates.at(-1) ?? null,
      likes: countedMedian(deals, (deal) => deal.post.likes),
      comments: countedMedian(deals, (deal) => deal.post.comments),
      views: countedMedian(deals, (deal) => deal.post.views),
      rate,
      againstOrganic: rate === null || !organic ? null : rate.value / organic,
      disclosure,
      isCompetitor: (subject.brand?.competitors ?? []).some((rival) =>
        deals.some((deal) => namesRival({ ...deal.post, caption: null, mentions: [], hashtags: [] }, handles, rival)),
      ),
      postIds: deals.map((deal) => deal.post.id),
    };
  });
  return brands.sort(
    (a, b) => b.posts - a.posts || compare(b.lastAt ?? '', a.lastAt ?? '') || compare(a.brand, b.brand),
  );
}

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

function countedMedian(
  deals: readonly Deal[],
  pick: (deal: Deal) => number | null,
): { value: number; n: number } | null {
  const values = deals.flatMap((deal) => pick(deal) ?? []);
  const value = median(values);
  return value === null ? null : { value, n: values.length };
}

function saturationOf(searched: readonly VettedPost[], deals: ReadonlyMap<string, Deal>): DealsSection['saturation'] {
  if (searched.length === 0) return null;
  const found = searched.filter((post) => deals.has(post.id)).length;
  const newest = searched.reduce(
    (top, post) => Math.max(top, post.postedAt === null ? 0 : Date.parse(post.postedAt)),
    0,
  );
  const recent = searched.filter(
    (post) => post.postedAt !== null && newest - Date.parse(post.postedAt) <= recentDays * dayMs,
  );
  return {
    share: found / searched.length,
    interval: wilsonInterval(found, searched.length),
    recentShare:
      recent.length < recentNeeded ? null : recent.filter((post) => deals.has(post.id)).length / recent.length,
    recentPosts: recent.length,
  };
}

function spacingOf(searched: readonly VettedPost[], deals: ReadonlyMap<string, Deal>): DealsSection['spacing'] {
  const dated = searched
    .flatMap((post) => (post.postedAt === null ? [] : [{ id: post.id, atMs: Date.parse(post.postedAt) }]))
    .sort((a, b) => a.atMs - b.atMs || compare(a.id, b.id));
  const paid = dated.filter(({ id }) => deals.has(id));
  if (paid.length < spacedNeeded) return null;
  const days = paid.slice(1).map(({ atMs }, at) => (atMs - (paid[at]?.atMs ?? atMs)) / dayMs);
  const inARow = dated.filter(({ id }, at) => deals.has(id) && deals.has(dated[at - 1]?.id ?? '')).length;
  return { medianDays: median(days) ?? 0, shortestDays: Math.min(...days), inARow, n: paid.length };
}

/** Of either kind; the newest ones say most. */
const comparedMax = 60;

function paidAgainstOwn({ posts, deals, rates }: DealFacts, seed: number): DealsSection['paid'] {
  const dealIds = new Set(deals.map((deal) => deal.post.id));
  const paid: number[] = [];
  const own: number[] = [];
  for (const post of posts) {
    const rate = rates.get(post.id);
    if (rate !== undefined) (dealIds.has(post.id) ? paid : own).push(rate);
  }
  const [paidMedian, ownMedian] = [median(paid), median(own)];
  if (paidMedian === null || !ownMedian) return null;
  const isEnough = paid.length >= paidNeeded && own.length >= ownNeeded;
  return {
    ratio: paidMedian / ownMedian,
    interval: isEnough ? medianRatioInterval(paid.slice(0, comparedMax), own.slice(0, comparedMax), seed) : null,
    paid: { median: paidMedian, n: paid.length },
    own: { median: ownMedian, n: own.length },
    isEnough,
  };
}

function disclosureOf(deals: readonly Deal[]): DealsSection['disclosure'] {
  const total = noLabels();
  const years = new Map<string, ReturnType<typeof noLabels>>();
  for (const deal of deals) {
    total[deal.disclosure] += 1;
    const year = deal.post.postedAt?.slice(0, 4);
    if (year === undefined) continue;
    const counts = years.get(year) ?? noLabels();
    counts[deal.disclosure] += 1;
    years.set(year, counts);
  }
  const ordered = [...years].sort((a, b) => compare(b[0], a[0]));
  return { total, years: ordered.map(([year, counts]) => ({ year, counts })) };
}

function topOf(
  posts: readonly VettedPost[],
  deals: ReadonlyMap<string, Deal>,
  rates: ReadonlyMap<string, number>,
): DealsSection['top'] {
  const rated = posts.flatMap((post): TopPost[] => {
    const rate = rates.get(post.id);
    if (rate === undefined) return [];
    const { id: postId, url, postedAt, likes } = post;
    return [{ postId, url, postedAt, excerpt: postEvidence(post, '').label, rate, likes, isDeal: deals.has(postId) }];
  });
  rated.sort((a, b) => b.rate - a.rate || compare(a.postId, b.postId));
  return {
    posts: rated.slice(0, topShown),
    sponsored: rated.filter((post) => post.isDeal).slice(0, topShown),
    hashtags: topWords(posts, deals, (post) => post.hashtags.map((tag) => tag.replace(/^#/, '').toLowerCase())),
    mentions: topWords(posts, deals, (post) => post.mentions.map((name) => name.replace(/^@/, '').toLowerCase())),
  };
}

function topWords(
  posts: readonly VettedPost[],
  deals: ReadonlyMap<string, Deal>,
  pick: (post: VettedPost) => string[],
): { word: string; posts: number; deals: number }[] {
  const counts = new Map<string, { posts: number; deals: number }>();
  for (const post of posts)
    for (const word of new Set(pick(post))) {
      if (word === '') continue;
      const count = counts.get(word) ?? { posts: 0, deals: 0 };
      count.posts += 1;
      if (deals.has(post.id)) count.deals += 1;
      counts.set(word, count);
    }
  return [...counts]
    .map(([word, count]) => ({ word, ...count }))
    .sort((a, b) => b.posts - a.posts || compare(a.word, b.word))
    .slice(0, wordsShown);
}
