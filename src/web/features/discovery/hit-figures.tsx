import { engagementDefinition, type Hit, type HitDetails } from '#modules/discovery/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatCompact, formatShare } from '#web/ui/format-number.ts';

type Profile = NonNullable<Hit['profile']>;

/** Where a figure of a profile comes from; what has no entry of its own has that of the whole profile. */
export function meaningOf(profile: Profile, field: string, formula: string): FigureMeaning {
  const origin = profile.provenance[field] ?? profile.provenance['*'];
  if (origin === undefined) return { formula };
  return {
    formula: origin.formula ?? formula,
    source: origin.source,
    asOf: origin.at,
    ...(origin.n === undefined ? {} : { n: `${origin.n} posts` }),
  };
}

export function FollowersFigure({ profile }: { profile: Profile }) {
  return (
    <Figure
      label="Followers"
      value={profile.followers === null ? null : formatCompact(profile.followers)}
      meaning={meaningOf(profile, 'followers', 'Followers of the profile, as its source states them')}
    />
  );
}

export type Medians = HitDetails['medians'][number];

/** How figures of posts are read; details of a hit bring its medians. */
export interface Averaging {
  calculation: 'average' | 'median';
  details: HitDetails | undefined;
}

/** The medians to show in place of the averages; null for averages. */
export function mediansOf(profile: Profile, { calculation, details }: Averaging): Partial<Medians> | null {
  if (calculation === 'average') return null;
  return details?.medians.find((one) => one.profileId === profile.profileId) ?? {};
}

export const medianWords = 'median of the newest 12 posts';

const averages: Averaging = { calculation: 'average', details: undefined };

interface FigureProps {
  profile: Profile;
  averaging?: Averaging;
}

export function EngagementFigure({ profile, unit, averaging = averages }: FigureProps & { unit?: string }) {
  const medians = mediansOf(profile, averaging);
  if (medians !== null)
    return <MedianFigure median={medians.engagementRate} label="engagement rate" format={formatShare} />;
  return (
    <Figure
      label="Engagement rate"
      value={profile.engagementRate === null ? null : formatShare(profile.engagementRate)}
      {...(unit === undefined ? {} : { unit })}
      missing="not known"
      meaning={meaningOf(profile, 'engagementRate', `As its source states it, usually ${engagementDefinition}`)}
    />
  );
}

function MedianFigure(props: {
  median: Medians['likes'] | undefined;
  label: string;
  format: (value: number) => string;
}) {
  const { median, label, format } = props;
  return (
    <Figure
      label={`Median ${label}`}
      value={median ? format(median.value) : null}
      missing="too few posts"
      meaning={{
        formula: `${label}, ${medianWords}; none below three posts that state it`,
        source: 'posts of the profile',
        ...(median?.n ? { n: `${median.n} posts` } : {}),
      }}
    />
  );
}

const averaged = {
  likes: { field: 'avgLikes', label: 'likes' },
  comments: { field: 'avgComments', label: 'comments' },
  views: { field: 'avgViews', label: 'views' },
} as const;

/** Likes, comments or views a post: averages, or medians where these are asked for. */
export function PerPostFigure({ profile, of, averaging = averages }: FigureProps & { of: keyof typeof averaged }) {
  const medians = mediansOf(profile, averaging);
  const { field, label } = averaged[of];
  if (medians !== null) return <MedianFigure median={medians[of]} label={label} format={formatCompact} />;
  return (
    <CountFigure
      profile={profile}
      field={field}
      label={`Average ${label}`}
      formula={`${label} per post, over the posts known`}
    />
  );
}

interface CountProps {
  profile: Profile;
  field: 'following' | 'posts' | 'avgLikes' | 'avgComments' | 'avgViews';
  label: string;
  formula: string;
}

/** Provenance speaks of postCount where the search speaks of posts. */
const provenanceField = {
  following: 'following',
  posts: 'postCount',
  avgLikes: 'avgLikes',
  avgComments: 'avgComments',
  avgViews: 'avgViews',
};

export function CountFigure({ profile, field, label, formula }: CountProps) {
  const value = profile[field];
  return (
    <Figure
      label={label}
      value={value === null ? null : formatCompact(value)}
      meaning={meaningOf(profile, provenanceField[field], formula)}
    />
  );
}
