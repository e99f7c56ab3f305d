import { z } from 'zod';
import { countSchema, lenient } from '../call-api.ts';

// After the references at https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference: IG User and its business_discovery,
// media, insights, stories and tags edges, the story of a message (messenger-platform, story-mention), IG Media insights, IG Hashtag Search and its top_media edge; errors after
// https://developers.facebook.com/docs/graph-api/guides/error-handling. Only what is read is named.

const text = lenient(z.string());
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
export const paging = lenient(z.looseObject({ cursors: lenient(z.looseObject({ after: text })), next: text }));

export const mediaSchema = z.looseObject({
  id: z.string().min(1),
  caption: text,
  media_type: text,
  media_product_type: text,
  permalink: text,
  timestamp: text,
  like_count: countSchema,
  comments_count: countSchema,
});
export type Media = z.infer<typeof mediaSchema>;
export const mediaPageSchema = z.looseObject({ data: list(mediaSchema), paging });

export const taggedPageSchema = z.looseObject({ data: list(mediaSchema.extend({ username: text })), paging });

/** Messages of the inbox, as far as they are mentions in stories. */
export const conversationsSchema = z.looseObject({
  data: list(
    z.looseObject({
      messages: lenient(
        z.looseObject({
          data: list(
            z.looseObject({
              id: text,
              created_time: text,
              from: lenient(z.looseObject({ username: text })),
              story: lenient(z.looseObject({ mention: lenient(z.looseObject({ id: text })) })),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const userSchema = z.looseObject({
  id: text,
  ig_id: lenient(z.union([z.string(), z.number()]).transform(String)),
  username: text,
  name: text,
  biography: text,
  website: text,
  followers_count: countSchema,
  follows_count: countSchema,
  media_count: countSchema,
  profile_picture_url: text,
  media: lenient(mediaPageSchema),
});
export type User = z.infer<typeof userSchema>;
export const discoverySchema = z.looseObject({ business_discovery: userSchema });

const breakdown = z.looseObject({
  results: list(z.looseObject({ dimension_values: list(z.string()), value: countSchema })),
});
export const insightsSchema = z.looseObject({
  data: list(
    z.looseObject({
      name: z.string(),
      values: lenient(
        z.array(z.looseObject({ value: lenient(z.union([z.number(), z.record(z.string(), z.unknown())])) })),
      ),
      total_value: lenient(z.looseObject({ value: countSchema, breakdowns: lenient(z.array(breakdown)) })),
    }),
  ),
});

export const hashtagSchema = z.looseObject({ data: list(z.looseObject({ id: z.string() })) });

export const errorSchema = z.looseObject({
  error: z.looseObject({
    message: text,
    code: lenient(z.number()),
    error_subcode: lenient(z.number()),
    error_user_msg: text,
    is_transient: lenient(z.boolean()),
  }),
});
