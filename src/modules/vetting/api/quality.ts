import { z } from 'zod';
import { instantSchema } from '#kernel/time.ts';

const share = z.number().nullable();
const topicShare = z.object({ topic: z.string(), name: z.string(), posts: z.number() });

export const pictureCheckSchema = z.object({
  mediaId: z.string(),
  width: z.number(),
  height: z.number(),
  sharpness: z.number().describe('Variance of the Laplacian at 256 pixels a side'),
  brightness: z.number().describe('0 to 1'),
  isSmall: z.boolean(),
  isBlurred: z.boolean(),
  checkedAt: instantSchema,
  alike: z
    .array(z.object({ personId: z.string(), profileId: z.string(), handle: z.string(), differentBits: z.number() }))
    .describe('Profiles of other creators with nearly the same picture, at most 10'),
});
export type PictureCheck = z.infer<typeof pictureCheckSchema>;

/** What a report says of consistency and quality, beside `content`. */
export const qualitySectionSchema = z.object({
  topics: z
    .object({
      main: z.array(topicShare).describe('Topics of most posts; as corrected where a person did'),
      isCorrected: z.boolean(),
      n: z.number().describe('Posts whose words are known'),
      stability: share.describe('Cosine between the mean vectors of the newer and the older half; null below 10 posts'),
      onTopic: share.describe('Posts about one of the main topics, of those about any'),
      newer: z.array(topicShare),
      older: z.array(topicShare),
    })
    .nullable(),
  captions: z
    .object({
      n: z.number(),
      good: z.number().describe('With words of its own, at most 15 hashtags, not used before'),
      withoutText: z.number(),
      repeated: z.number(),
      overTagged: z.number(),
      medianLetters: share,
      medianHashtags: share,
    })
    .nullable(),
  gaps: z
    .array(z.object({ from: instantSchema, to: instantSchema, days: z.number() }))
    .describe('The longest silences within a year, at most 3'),
  weeks: z
    .array(z.object({ week: z.string().describe('Its Monday'), posts: z.number() }))
    .describe('Posts a week over the last 26 weeks up to the newest post'),
  picture: pictureCheckSchema
    .nullable()
    .describe('Of the profile picture; null where none is stored or none was checked yet'),
});
export type QualitySection = z.infer<typeof qualitySectionSchema>;

/** What a report says of the fit to the brand, beside the words found. */
export const fitSectionSchema = z.object({
  share: share.describe('Points given of those the known signals could give; null when none is known'),
  comparedWith: z.number().describe('Creators the closeness of texts was compared with'),
  weightsVersion: z.number().describe('Of the match weights of discovery; 0 is what ships'),
  contributions: z.array(
    z.object({
      signal: z.string(),
      title: z.string(),
      value: share,
      weight: z.number(),
      points: z.number(),
      line: z.string(),
      evidence: z.array(z.object({ text: z.string(), source: z.string().nullable(), n: z.number().nullable() })),
    }),
  ),
});
export type FitSection = z.infer<typeof fitSectionSchema>;
