import { dayIn } from '#kernel/time.ts';
import type { AudienceDistributions, CreatorRow, PostRow } from '#modules/creators/api.ts';
import type { HashtagSighting } from '#modules/creators/index.ts';
import { instantOf, tagsOf } from '../call-api.ts';
import type { Media, User } from './payloads.ts';

/** What an account tells of a creator. What the answer leaves out is unknown. */
export function creatorOfUser(user: User, of: { handle: string; now: Date }): CreatorRow {
  const figures = { followers: user.followers_count, following: user.follows_count, postCount: user.media_count };
  const hasFigures = Object.values(figures).some((value) => value !== null);
  return {
    profiles: [
      {
        platform: 'instagram',
        handle: user.username ?? of.handle,
        externalId: user.ig_id ?? user.id,
        displayName: user.name || null,
        bio: user.biography,
        website: user.website?.slice(0, 2000) ?? null,
        ...figures,
        history: hasFigures ? [{ day: dayIn('UTC', of.now), ...figures }] : [],
      },
    ],
  };
}

/** Measured figures of a post by those who own it; null where the platform gave an empty set. */
export interface MediaInsights {
  reach: number | null;
  views: number | null;
  shares: number | null;
  saves: number | null;
}

export function postOfMedia(media: Media, handle: string, insights: MediaInsights | null = null): PostRow {
  return {
    platform: 'instagram',
    handle,
    externalId: media.id,
    url: media.permalink,
    postedAt: instantOf(media.timestamp),
    format: formatOf(media),
    caption: media.caption?.slice(0, 20_000) ?? null,
    ...tagsOf(media.caption),
    likes: media.like_count,
    comments: media.comments_count,
    ...(insights ?? {}),
  };
}

function formatOf(media: Media): string | null {
  if (media.media_product_type === 'REELS') return 'reel';
  if (media.media_product_type === 'STORY') return 'story';
  switch (media.media_type) {
    case 'CAROUSEL_ALBUM':
      return 'carousel';
    case 'VIDEO':
      return 'video';
    case 'IMAGE':
      return 'image';
    default:
      return null;
  }
}

export function sightingOf(media: Media): HashtagSighting {
  return {
    externalId: media.id,
    url: media.permalink,
    caption: media.caption,
    format: formatOf(media),
    likes: media.like_count,
    comments: media.comments_count,
    postedAt: instantOf(media.timestamp),
  };
}

/** The audience of the own account, as Instagram counts it. */
export function creatorWithAudience(
  handle: string,
  audience: { distributions: AudienceDistributions; n: number },
): CreatorRow {
  return {
    profiles: [{ platform: 'instagram', handle, audience: { origin: 'imported', ...audience } }],
  };
}
