import type { z } from 'zod';
import { dayIn } from '#kernel/time.ts';
import type { CommentRow, CreatorRow, PostRow } from '#modules/creators/api.ts';
import { instantOf, tagsOf } from '../call-api.ts';
import type { Channel, commentSchema, Video } from './payloads.ts';

interface Read<Row> {
  row: Row;
  missing: { field: string; reason: string }[];
}

/** What a channel tells of a creator. Subscribers that are hidden are unknown, not 0; the API rounds the others to three significant digits. */
export function creatorOfChannel(channel: Channel, of: { handle: string; now: Date }): Read<CreatorRow> {
  const { snippet, statistics } = channel;
  const missing: Read<CreatorRow>['missing'] = [];
  const isHidden = statistics?.hiddenSubscriberCount === true;
  // A channel that hides its count is given as 0 by some versions.
  const followers = isHidden ? null : (statistics?.subscriberCount ?? null);
  if (isHidden) missing.push({ field: 'followers', reason: 'The channel hides its number of subscribers' });
  else if (followers === null) missing.push({ field: 'followers', reason: 'YouTube did not send it' });
  const postCount = statistics?.videoCount ?? null;
  if (postCount === null) missing.push({ field: 'postCount', reason: 'YouTube did not send it' });
  const country = /^[A-Z]{2}$/.test(snippet?.country ?? '') ? snippet?.country : null;
  if (country == null) missing.push({ field: 'country', reason: 'The channel names none' });
  const language = /^[a-z]{2,3}(-|$)/.exec(snippet?.defaultLanguage ?? '')?.[0].replace('-', '');
  // The day's figures go along, so that a reading that changes nothing still is a point in time and makes the stamps fresh.
  const history = followers === null && postCount === null ? [] : [{ day: dayIn('UTC', of.now), followers, postCount }];
  return {
    missing,
    row: {
      name: snippet?.title || null,
      country: country ?? null,
      ...(language === undefined ? {} : { languages: [language] }),
      profiles: [
        {
          platform: 'youtube',
          handle: of.handle,
          externalId: channel.id,
          displayName: snippet?.title || null,
          bio: snippet?.description?.slice(0, 5000),
          followers,
          postCount,
          history,
        },
      ],
    },
  };
}

/** What a video tells of a post. A count that is hidden or switched off is unknown. */
export function postOfVideo(video: Video, handle: string): Read<PostRow> {
  const { snippet, statistics } = video;
  const caption = [snippet?.title, snippet?.description]
    .filter((part) => part)
    .join('\n\n')
    .slice(0, 20_000);
  const missing: Read<PostRow>['missing'] = [];
  if (statistics?.likeCount == null) missing.push({ field: 'likes', reason: 'Some videos hide their likes' });
  if (statistics?.commentCount == null) missing.push({ field: 'comments', reason: 'Comments are off at some videos' });
  return {
    missing,
    row: {
      platform: 'youtube',
      handle,
      externalId: video.id,
      url: `https://www.youtube.com/watch?v=${encodeURIComponent(video.id)}`,
      postedAt: instantOf(snippet?.publishedAt ?? null),
      format: formatOf(video),
      durationS: secondsOf(video.contentDetails?.duration ?? null),
      caption,
      ...tagsOf(caption),
      likes: statistics?.likeCount ?? null,
      comments: statistics?.commentCount ?? null,
      views: statistics?.viewCount ?? null,
      isPaidLabel: video.paidProductPlacementDetails?.hasPaidProductPlacement ?? null,
    },
  };
}

function formatOf(video: Video): string | null {
  const live = video.snippet?.liveBroadcastContent;
  if (live === 'live' || live === 'upcoming') return 'live';
  return video.contentDetails?.duration == null ? null : 'video';
}

/** A length in ISO 8601 such as PT1H2M3S, in seconds; null for none, and for live streams, which have P0D. */
function secondsOf(text: string | null): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text ?? '');
  if (match === null || text === 'P0D') return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** A comment of a thread; null when its text is not sent. */
export function commentOf(comment: z.infer<typeof commentSchema>, videoId: string): CommentRow | null {
  const text = comment.snippet?.textOriginal ?? comment.snippet?.textDisplay ?? null;
  if (text === null || text === '') return null;
  return {
    platform: 'youtube',
    postExternalId: videoId,
    externalId: comment.id,
    authorHandle: comment.snippet?.authorDisplayName?.slice(0, 300) ?? null,
    text: text.slice(0, 20_000),
    likes: comment.snippet?.likeCount ?? null,
    commentedAt: instantOf(comment.snippet?.publishedAt ?? null),
  };
}
