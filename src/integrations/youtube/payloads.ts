import { z } from 'zod';
import { countSchema, lenient } from '../call-api.ts';

// After the resource representations of https://developers.google.com/youtube/v3/docs (channels, playlistItems, videos, commentThreads) and
// youtube:v3 of the Google API discovery service. Only what is read is named; everything else may come and go.

const text = lenient(z.string());
const page = { nextPageToken: text };
const items = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

const thumbnail = lenient(z.looseObject({ url: z.string() }));
const thumbnails = lenient(z.looseObject({ default: thumbnail, medium: thumbnail, high: thumbnail }));

export const channelSchema = z.looseObject({
  id: z.string().min(1),
  snippet: lenient(
    z.looseObject({
      title: text,
      description: text,
      customUrl: text,
      country: text,
      defaultLanguage: text,
      thumbnails,
    }),
  ),
  statistics: lenient(
    z.looseObject({
      subscriberCount: countSchema,
      hiddenSubscriberCount: lenient(z.boolean()),
      videoCount: countSchema,
      viewCount: countSchema,
    }),
  ),
  contentDetails: lenient(z.looseObject({ relatedPlaylists: lenient(z.looseObject({ uploads: text })) })),
});
export const channelsSchema = z.looseObject({ items: items(channelSchema) });
export type Channel = z.infer<typeof channelSchema>;

export const playlistItemsSchema = z.looseObject({
  ...page,
  items: items(z.looseObject({ contentDetails: lenient(z.looseObject({ videoId: text, videoPublishedAt: text })) })),
});

export const videoSchema = z.looseObject({
  id: z.string().min(1),
  snippet: lenient(
    z.looseObject({
      title: text,
      description: text,
      publishedAt: text,
      channelId: text,
      tags: lenient(z.array(z.string())),
      defaultAudioLanguage: text,
      liveBroadcastContent: text,
    }),
  ),
  statistics: lenient(z.looseObject({ viewCount: countSchema, likeCount: countSchema, commentCount: countSchema })),
  contentDetails: lenient(z.looseObject({ duration: text })),
  paidProductPlacementDetails: lenient(z.looseObject({ hasPaidProductPlacement: lenient(z.boolean()) })),
});
export const videosSchema = z.looseObject({ items: items(videoSchema) });
export type Video = z.infer<typeof videoSchema>;

export const commentSchema = z.looseObject({
  id: z.string().min(1),
  snippet: lenient(
    z.looseObject({
      textOriginal: text,
      textDisplay: text,
      authorDisplayName: text,
      likeCount: countSchema,
      publishedAt: text,
    }),
  ),
});
export const commentThreadsSchema = z.looseObject({
  ...page,
  items: items(z.looseObject({ snippet: lenient(z.looseObject({ topLevelComment: lenient(commentSchema) })) })),
});

export const errorSchema = z.looseObject({
  error: z.looseObject({
    message: text,
    errors: lenient(z.array(z.looseObject({ reason: text }))),
    status: text,
    details: lenient(z.array(z.looseObject({ reason: text }))),
  }),
});
