import type { DealsSection, Flag, Partnership, Report, Signal } from '../api.ts';
import { describeDeals } from './describe-deals.ts';
import { ratedPosts } from './engagement-rates.ts';
import { basis, postEvidence } from './engagement-signals.ts';
import { canBeSearched, type Deal, findDeal } from './find-deals.ts';
import { postsForScore, scoredDefinition } from './reference.ts';
import { known, notApplicable, type SignalSpec, unknown } from './signal.ts';
import { median, ramp, wilsonInterval } from './statistics.ts';
import type { RuleContext, VettedPost, VettingSubject } from './subject.ts';
import { plural, share } from './words.ts';

const shareSpec: SignalSpec = {
  name: 'sponsored_share',
  point: 'past_partnerships',
  title: 'Share of ads',
  formula: 'posts recognised as part of a deal / posts searched; up to 20 % is full marks',
};
const performanceSpec: SignalSpec = {
  name: 'sponsored_performance',
  point: 'past_partnerships',
  title: 'Ads do as well as own posts',
  formula: 'median rate of posts with a deal / median rate of posts without; needs 3 and 5 of them',
};
const disclosureSpec: SignalSpec = {
  name: 'disclosure',
  point: 'past_partnerships',
  title: 'Ads say that they are ads',
  formula: 'posts with a deal that carry the platform label or a term anybody understands / posts with a deal',
};

const dealsNeeded = 3;
const organicNeeded = 5;
const needs = `captions or platform labels of at least ${postsForScore} posts`;

export interface Partnerships {
  signals: Signal[];
  flags: Flag[];
  found: Report['partnerships'];
  section: DealsSection;
}

/** Deals found in the stored posts, by brand, against the creator's own posts without one. */
export function judgePartnerships(
  subject: VettingSubject,
  posts: readonly VettedPost[],
  context: RuleContext,
): Partnerships {
  const searched = posts.filter(canBeSearched);
  const deals = searched.flatMap(
    (post) => findDeal(post, subject.profile.handle, subject.sponsoredWords?.get(post.id)) ?? [],
  );
  const rates = rateOf(subject, posts);
  const dealIds = new Set(deals.map((deal) => deal.post.id));
  const organic = median(posts.flatMap((post) => (dealIds.has(post.id) ? [] : (rates.get(post.id) ?? []))));
  const found = { searched: searched.length, found: deals.length, brands: byBrand(deals, rates, organic) };
  const section = describeDeals(subject, { posts, deals, rates }, context);
  if (searched.length < postsForScore) {
    const text =
      searched.length === 0
        ? 'No captions or labels to search.'
        : `${plural(searched.length, 'post')} to search: too few.`;
    return {
      signals: [shareSpec, performanceSpec, disclosureSpec].map((spec) => unknown(spec, text, needs)),
      flags: rivalFlags(section),
      found,
      section,
    };
  }
  const rival = rivalFlags(section);
  const hidden = deals.filter((deal) => deal.disclosure === 'none');
  const reason = `${plural(hidden.length, 'post')} with the signs of a deal (${hidden[0]?.wording ?? ''}) but no label or term that says so. The advertiser answers for that too.`;
  const flags: Flag[] =
    hidden.length === 0
      ? []
      : [
          {
            name: 'undisclosed_ads',
            severity: 'amber',
            title: 'Ads without a label',
            reason,
            signal: disclosureSpec.name,
          },
        ];
  return {
    signals: [
      judgeShare(searched, deals),
      judgePerformance(deals, posts, { rates, dealIds }),
      judgeDisclosure(deals, searched.length),
    ],
    flags: [...flags, ...rival],
    found,
    section,
  };
}

function rivalFlags({ conflict }: DealsSection): Flag[] {
  if (conflict.state !== 'conflict') return [];
  return [
    {
      name: 'competitor_window',
      severity: 'amber',
      title: 'A competitor within the window',
      reason: conflict.text,
      signal: 'brand_conflicts',
    },
  ];
}

function judgeShare(searched: readonly VettedPost[], deals: readonly Deal[]): Signal {
  const value = deals.length / searched.length;
  return known(shareSpec, {
    ...basis(searched.map((post) => ({ post }))),
    text:
      deals.length === 0
        ? `No ad recognised among ${plural(searched.length, 'post')}.`
        : `${share(value)} of posts are part of a deal (${deals.length} of ${searched.length}).`,
    value,
    display: share(value),
    interval: wilsonInterval(deals.length, searched.length),
    contribution: ramp(value, [
      [0.2, 3],
      [0.35, 0],
      [0.6, -2],
    ]),
    threshold: '20 %',
    evidence: deals.map((deal) => postEvidence(deal.post, deal.wording)),
  });
}

function judgePerformance(
  deals: readonly Deal[],
  posts: readonly VettedPost[],
  rated: { rates: Map<string, number>; dealIds: Set<string> },
): Signal {
  const { rates, dealIds } = rated;
  const paid = deals.flatMap((deal) => rates.get(deal.post.id) ?? []);
  const own = posts.flatMap((post) => (dealIds.has(post.id) ? [] : (rates.get(post.id) ?? [])));
  const paidMedian = median(paid);
  const ownMedian = median(own);
  if (paid.length < dealsNeeded || own.length < organicNeeded || paidMedian === null || !ownMedian) {
    return notApplicable(
      performanceSpec,
      `${plural(paid.length, 'measured ad')} and ${plural(own.length, 'own post')}: too few to compare.`,
    );
  }
  const value = paidMedian / ownMedian;
  return known(performanceSpec, {
    ...basis(deals),
    text: `Ads reach ${share(value)} of the engagement of own posts.`,
    value,
    display: share(value),
    contribution: ramp(value, [
      [0.4, -2],
      [0.8, 0],
      [1, 2],
      [1.2, 3],
    ]),
    sample: `${plural(paid.length, 'ad')}, ${plural(own.length, 'own post')}`,
    threshold: '100 % is the same as own posts',
    evidence: deals.flatMap((deal) => {
      const rate = rates.get(deal.post.id);
      return rate === undefined ? [] : [postEvidence(deal.post, share(rate))];
    }),
  });
}

function judgeDisclosure(deals: readonly Deal[], searched: number): Signal {
  if (deals.length === 0) return notApplicable(disclosureSpec, `No ad recognised among ${plural(searched, 'post')}.`);
  const clear = deals.filter((deal) => deal.disclosure === 'clear').length;
  const value = clear / deals.length;
  return known(disclosureSpec, {
    ...basis(deals),
    text: `${clear} of ${plural(deals.length, 'ad')} ${clear === 1 ? 'says' : 'say'} so clearly.`,
    value,
    display: share(value),
    interval: wilsonInterval(clear, deals.length),
    contribution: ramp(value, [
      [0, -4],
      [0.5, -2],
      [0.9, 1],
      [1, 2],
    ]),
    sample: plural(deals.length, 'ad'),
    threshold: '100 %',
    evidence: deals.map((deal) =>
      postEvidence(
        deal.post,
        `${{ clear: 'Clear', weak: 'Weak', none: 'No label' }[deal.disclosure]}: ${deal.wording}`,
      ),
    ),
  });
}

function rateOf(subject: VettingSubject, posts: readonly VettedPost[]): Map<string, number> {
  const definition = scoredDefinition(subject.profile.platform);
  const pages = posts.map((post) => ratedPosts([post], subject.followers?.value ?? null, definition)[0]);
  return new Map(pages.flatMap((one) => (one === undefined ? [] : [[one.post.id, one.rate] as const])));
}

const weakness = { clear: 0, weak: 1, none: 2 } as const;

function byBrand(deals: readonly Deal[], rates: Map<string, number>, organic: number | null): Partnership[] {
  const groups = new Map<string, Deal[]>();
  for (const deal of deals) {
    for (const brand of deal.brands.length === 0 ? ['brand not named'] : deal.brands)
      groups.set(brand, [...(groups.get(brand) ?? []), deal]);
  }
  const brands = [...groups].map(([brand, ofBrand]) => toPartnership(brand, ofBrand, { rates, organic }));
  return brands.sort((a, b) =>
    a.lastAt === b.lastAt ? (a.brand < b.brand ? -1 : 1) : (a.lastAt ?? '') < (b.lastAt ?? '') ? 1 : -1,
  );
}

function toPartnership(
  brand: string,
  deals: readonly Deal[],
  basisOf: { rates: Map<string, number>; organic: number | null },
): Partnership {
  const dates = deals.flatMap((deal) => deal.post.postedAt ?? []).sort();
  const formats = Map.groupBy(deals, (deal) => deal.post.format ?? 'post');
  const paid = median(deals.flatMap((deal) => basisOf.rates.get(deal.post.id) ?? []));
  const weakest = [...deals].sort((a, b) => weakness[b.disclosure] - weakness[a.disclosure])[0];
  return {
    brand,
    posts: deals.length,
    firstAt: dates[0] ?? null,
    lastAt: dates.at(-1) ?? null,
    formats: [...formats].map(([format, of]) => ({ format, posts: of.length })),
    disclosure: weakest?.disclosure ?? 'none',
    againstOrganic: paid === null || !basisOf.organic ? null : paid / basisOf.organic,
    wording: weakest?.wording ?? null,
    postIds: deals.map((deal) => deal.post.id),
  };
}
