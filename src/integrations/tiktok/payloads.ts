import { z } from 'zod';
import { countSchema, lenient } from '../call-api.ts';

// After https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info, /tiktok-api-v2-video-list, /tiktok-api-v2-video-object,
// /tiktok-api-v2-error-handling, /commercial-content-api-query-commercial-content, /oauth-user-access-token-management, and business/get of the Business API (Accounts).

const text = lenient(z.string());
const error = lenient(z.looseObject({ code: text, message: text }));

export const userInfoSchema = z.looseObject({
  data: lenient(
    z.looseObject({
      user: lenient(
        z.looseObject({
          open_id: text,
          avatar_url: text,
          display_name: text,
          username: text,
          bio_description: text,
          profile_deep_link: text,
          is_verified: lenient(z.boolean()),
          follower_count: countSchema,
          following_count: countSchema,
          likes_count: countSchema,
          video_count: countSchema,
        }),
      ),
    }),
  ),
  error,
});
export type TiktokUser = NonNullable<NonNullable<z.infer<typeof userInfoSchema>['data']>['user']>;

export const videoSchema = z.looseObject({
  id: z.string().min(1),
  create_time: lenient(z.number()),
  share_url: text,
  title: text,
  video_description: text,
  duration: lenient(z.number().min(0)),
  like_count: countSchema,
  comment_count: countSchema,
  share_count: countSchema,
  view_count: countSchema,
});
export type TiktokVideo = z.infer<typeof videoSchema>;
export const videoListSchema = z.looseObject({
  data: lenient(
    z.looseObject({
      videos: z
        .array(videoSchema)
        .nullish()
        .transform((list) => list ?? []),
      cursor: lenient(z.number()),
      has_more: lenient(z.boolean()),
    }),
  ),
  error,
});

export const tokenSchema = z.looseObject({
  access_token: text,
  refresh_token: text,
  error: text,
  error_description: text,
});

/** Query Commercial Content of the Commercial Content API; ids come as numbers or texts. */
const contentId = lenient(z.union([z.string(), z.number()]).transform(String));
export const commercialSchema = z.looseObject({
  data: lenient(
    z.looseObject({
      commercial_contents: lenient(
        z.array(
          z.looseObject({
            creator: lenient(z.looseObject({ username: text })),
            videos: lenient(z.array(z.looseObject({ id: contentId }))),
          }),
        ),
      ),
    }),
  ),
  error,
});

const part = (name: string) =>
  lenient(z.array(z.looseObject({ [name]: text, percentage: lenient(z.number().min(0).max(1)) })));
export const businessSchema = z.looseObject({
  code: z.number(),
  message: text,
  data: lenient(
    z.looseObject({
      username: text,
      followers_count: countSchema,
      audience_countries: part('country'),
      audience_genders: part('gender'),
    }),
  ),
});

export const errorSchema = z.looseObject({ error });
