import { engagementDefinition, type Hit } from '#modules/discovery/api.ts';
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

export function EngagementFigure({ profile, unit }: { profile: Profile; unit?: string }) {
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
