import type { ReactNode } from 'react';
import type { Hit, HitDetails } from '#modules/discovery/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatChange, formatCount, formatRank, formatShare } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { valueLabel } from './filter-words.ts';
import { type Averaging, EngagementFigure, FollowersFigure, mediansOf, PerPostFigure } from './hit-figures.tsx';
import { countryName } from './hit-words.ts';
import { PriceFigure, priceOf } from './price-figure.tsx';

/** How creators are compared: by averages or medians, prices in one currency. */
export interface Comparison extends Averaging {
  currency: string;
}

/** One row of the comparison. */
export interface CompareLine {
  title: string;
  cell: (hit: Hit, of: Comparison) => ReactNode | null;
  /** What is compared; more is better. Without it nobody is best. */
  rank?: (hit: Hit, of: Comparison) => number | null;
}

export const compareLines: readonly CompareLine[] = [
  {
    title: 'Followers',
    cell: ({ profile }) => profile && <FollowersFigure profile={profile} />,
    rank: (hit) => hit.profile?.followers ?? null,
  },
  { title: 'Tier', cell: (hit) => hit.profile?.tier ?? null },
  {
    title: 'Engagement',
    cell: ({ profile }, of) => profile && <EngagementFigure profile={profile} averaging={of} />,
    rank: (hit, of) => perPost(hit, of, 'engagementRate'),
  },
  {
    title: 'Against peers',
    cell: (hit) => (hit.peers === null ? null : `${formatRank(Math.round(hit.peers.percentile))} of ${hit.peers.n}`),
    rank: (hit) => hit.peers?.percentile ?? null,
  },
  {
    title: 'Growth, 6 months',
    cell: (hit) => (hit.profile?.growth[5] == null ? null : formatChange(hit.profile.growth[5])),
    rank: (hit) => hit.profile?.growth[5] ?? null,
  },
  {
    title: 'Likes a post',
    cell: ({ profile }, of) => profile && <PerPostFigure profile={profile} of="likes" averaging={of} />,
    rank: (hit, of) => perPost(hit, of, 'likes'),
  },
  {
    title: 'Comments a post',
    cell: ({ profile }, of) => profile && <PerPostFigure profile={profile} of="comments" averaging={of} />,
    rank: (hit, of) => perPost(hit, of, 'comments'),
  },
  {
    title: 'Reach: views a post',
    cell: ({ profile }, of) => profile && <PerPostFigure profile={profile} of="views" averaging={of} />,
    rank: (hit, of) => perPost(hit, of, 'views'),
  },
  {
    title: 'Price',
    cell: (_, { details, currency }) => {
      const price = priceOf(details, { currency });
      return price === null ? null : <PriceFigure price={price} />;
    },
    // Less is better; prices in other currencies are never set against one another.
    rank: (_, { details, currency }) => {
      const price = priceOf(details, { currency });
      return price === null || price.currency !== currency || price.origin === 'estimate'
        ? null
        : -Number(price.lowMinor);
    },
  },
  { title: 'Audience: countries', cell: (hit, of) => <AudienceShares hit={hit} of={of} dimension="country" /> },
  { title: 'Audience: ages', cell: (hit, of) => <AudienceShares hit={hit} of={of} dimension="age" /> },
  { title: 'Audience: gender', cell: (hit, of) => <AudienceShares hit={hit} of={of} dimension="gender" /> },
  {
    title: 'Real followers',
    cell: (hit, of) => {
      const audience = audienceOf(hit, of);
      return audience === null || audience.credibility === null ? null : (
        <Figure
          label="Real followers"
          value={formatShare(audience.credibility)}
          meaning={{ formula: 'Share of followers that look real, as the source states it', ...sampleOf(audience) }}
        />
      );
    },
    rank: (hit, of) => audienceOf(hit, of)?.credibility ?? null,
  },
  {
    title: 'Last post',
    cell: (hit) => (hit.profile?.lastPostAt ? formatWhen(hit.profile.lastPostAt) : null),
    rank: (hit) => (hit.profile?.lastPostAt ? Date.parse(hit.profile.lastPostAt) : null),
  },
  { title: 'Niche', cell: (hit) => hit.niches.join(', ') || hit.profile?.category || null },
  { title: 'Country', cell: (hit) => (hit.country === null ? null : countryName(hit.country)) },
  {
    title: 'Figures of',
    cell: ({ profile }) => {
      const origin = profile?.provenance.followers ?? profile?.provenance['*'] ?? null;
      return origin === null ? null : (
        <span className="meta">
          {formatDate(origin.at)}, {origin.source}
        </span>
      );
    },
  },
  { title: 'Worked with you', cell: (hit) => (hit.facts.worked_with === true ? 'yes' : 'no') },
  { title: 'E-mail', cell: (hit) => (hit.hasEmail ? 'known' : 'none') },
];

function perPost(hit: Hit, of: Comparison, what: 'engagementRate' | 'likes' | 'comments' | 'views'): number | null {
  if (hit.profile === null) return null;
  const medians = mediansOf(hit.profile, of);
  if (medians !== null) return medians[what]?.value ?? null;
  if (what === 'engagementRate') return hit.profile.engagementRate;
  if (what === 'views') return hit.profile.avgViews;
  return what === 'likes' ? hit.profile.avgLikes : hit.profile.avgComments;
}

type Audience = HitDetails['audiences'][number];

/** The audience of the profile that is compared, else of the one that has any. */
function audienceOf(hit: Hit, { details }: Comparison): Audience | null {
  const all = details?.audiences ?? [];
  return all.find((one) => one.profileId === hit.profile?.profileId) ?? all[0] ?? null;
}

function sampleOf({ n, source, at }: Audience) {
  return {
    n: n === null ? 'sample size not stated' : `${formatCount(n)} followers sampled`,
    ...(source === null ? {} : { source }),
    ...(at === null ? {} : { asOf: at }),
  };
}

const sharesShown = 3;
const noLists: ReadonlyMap<string, string> = new Map();

/** The largest shares of an audience in one dimension, with the size and the date of the sample below. */
function AudienceShares({ hit, of, dimension }: { hit: Hit; of: Comparison; dimension: string }) {
  const audience = audienceOf(hit, of);
  const shares = Object.entries(audience?.shares[dimension] ?? {})
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, sharesShown);
  if (audience === null || shares.length === 0) return <span className="ink-3">not known</span>;
  const text = shares.map(
    ([value, share]) => `${valueLabel(`audience.${dimension}`, value, noLists)} ${formatShare(share)}`,
  );
  return (
    <span className="block">
      <Figure
        label={`Audience by ${dimension}`}
        value={text.join(', ')}
        meaning={{ formula: `Largest shares of the audience by ${dimension}`, ...sampleOf(audience) }}
      />
      <span className="meta block">
        {audience.n === null ? 'sample size not stated' : `${formatCount(audience.n)} sampled`}
        {audience.at !== null && `, ${formatDate(audience.at)}`}
      </span>
    </span>
  );
}
