import { contentFromPosts } from '#modules/creators/index.ts';
import { drawPostExtras, type PostExtras, type SamplePerson, type SamplePrice } from './draw-creator-data.ts';
import type { SampleCreator, SamplePost, SampleProfile } from './draw-creators.ts';
import type { Cell, Stamp } from './insert-rows.ts';
import type { Random } from './random.ts';

type Row = Record<string, Cell>;

/** Columns of a person beside those of `personRow`. */
export function personDataRow(person: SamplePerson): Row {
  return {
    gender: person.gender,
    age: person.age,
    is_open_to_gifting: person.isOpenToGifting,
    interests: person.interests,
    contacts: person.contacts,
  };
}

export function priceRow(price: SamplePrice, profile: SampleProfile, stamp: Stamp): Row {
  return {
    workspace_id: stamp.workspaceId,
    profile_id: profile.id,
    format: price.format,
    currency: price.currency,
    origin: price.origin,
    amount_minor: String(price.amountMinor),
    source: 'sample',
    observed_at: stamp.at,
  };
}

/** Lengths, places and codes of posts, by post. */
export function extrasOf(
  posts: readonly SamplePost[],
  of: { profile: SampleProfile; creator: SampleCreator },
  random: Random,
): Map<string, PostExtras> {
  return new Map(posts.map((post) => [post.id, drawPostExtras(post, of, random)]));
}

/** What the posts say, by the rule of the creators module. */
export function contentRow(
  profile: SampleProfile,
  posts: { all: readonly SamplePost[]; extras: ReadonlyMap<string, PostExtras> },
  stamp: Stamp,
): Row {
  const content = contentFromPosts(
    posts.all.map((post) => {
      const extras = posts.extras.get(post.id);
      return {
        postedAt: post.postedAt.toISOString(),
        observedAt: stamp.at.toISOString(),
        format: post.format,
        caption: extras?.caption ?? post.caption,
        hashtags: post.hashtags,
        mentions: post.mentions,
        location: extras?.location ?? null,
        latitude: null,
        longitude: null,
        durationS: extras?.durationS ?? null,
        likes: post.likes,
        comments: post.comments,
        views: post.views,
        isPaidLabel: post.isPaidLabel,
      };
    }),
    { handle: profile.handle, followers: profile.followers },
  );
  return {
    workspace_id: stamp.workspaceId,
    profile_id: profile.id,
    content: { ...content },
    affiliate_at: content.affiliateAt,
    updated_at: stamp.at,
  };
}

/** Relative change of the average likes over 1 to 6 months: as the followers, with a scatter of its own. */
export function figureGrowth(followerGrowth: Record<string, number>, random: Random): Record<string, number> {
  return Object.fromEntries(
    Object.entries(followerGrowth).map(([month, change]) => [
      month,
      Number(((1 + change) * Math.exp(0.08 * random.normal()) - 1).toFixed(6)),
    ]),
  );
}
