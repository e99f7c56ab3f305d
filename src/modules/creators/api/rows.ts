import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { audienceRowSchema } from './audience.ts';
import { count, figure, longText, shortText } from './fields.ts';
import { priceRowSchema } from './prices.ts';

/** The figures a profile has; all but lastPostAt have a history. */
export const historyMetrics = [
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
] as const;
export const historyMetricSchema = z.enum(historyMetrics);
export type HistoryMetric = z.infer<typeof historyMetricSchema>;

export const provenanceSchema = z
  .record(
    z.string(),
    z.object({ source: z.string(), at: z.string(), n: z.number().optional(), formula: z.string().optional() }),
  )
  .meta({
    id: 'Provenance',
    description: 'Source and date per field; "*" holds for fields without an entry of their own',
  });

const figuresShape = {
  followers: count.nullish(),
  following: count.nullish(),
  postCount: count.nullish(),
  avgLikes: figure.nullish(),
  avgComments: figure.nullish(),
  avgViews: figure.nullish(),
  avgShares: figure.nullish(),
  avgSaves: figure.nullish(),
  engagementRate: z.number().min(0).max(100).nullish().describe('Share of followers: 0.034 is 3.4 %'),
};

/** Ways of contact beside e-mail and phone; a website has a field of its own. */
export const contactKinds = [
  'whatsapp',
  'telegram',
  'wechat',
  'line',
  'kakao',
  'viber',
  'skype',
  'facebook',
  'snapchat',
  'linktree',
  'other',
] as const;
export type ContactKind = (typeof contactKinds)[number];
export const contactSchema = z
  .string()
  .max(320)
  .regex(new RegExp(`^(${contactKinds.join('|')}):.+$`), `Write kind:value; kinds are ${contactKinds.join(', ')}`);

/** What a contact is to the workspace. */
export const contactTypes = ['influencer', 'prospect', 'manager', 'application'] as const;
export const contactTypeSchema = z.enum(contactTypes);
export type ContactType = z.infer<typeof contactTypeSchema>;

export const genders = ['female', 'male', 'diverse'] as const;

/** One account as it is handed in. What is absent or null says nothing and changes nothing. */
export const profileRowSchema = z.object({
  platform: platformSchema,
  handle: z.string().min(1).max(300).describe('With or without @, or the address of the profile'),
  externalId: shortText.nullish(),
  url: z.string().max(2000).nullish(),
  displayName: shortText.nullish(),
  bio: longText.nullish(),
  website: z.string().max(2000).nullish(),
  category: shortText.nullish(),
  accountType: shortText.nullish(),
  isPrivate: z.boolean().nullish(),
  isVerified: z.boolean().nullish(),
  isOfficialArtist: z.boolean().nullish().describe('YouTube: the channel of a musician'),
  ...figuresShape,
  lastPostAt: instantSchema.nullish(),
  audience: audienceRowSchema.nullish(),
  prices: z.array(priceRowSchema).max(60).optional().describe('As on a rate card'),
  history: z
    .array(z.object({ day: daySchema, ...figuresShape }))
    .max(2000)
    .optional()
    .describe('Older figures, one entry a day'),
});
export type ProfileRow = z.infer<typeof profileRowSchema>;

/** One person with one or more accounts as handed in by a file, the API or the sample. */
export const creatorRowSchema = z.object({
  key: z.string().max(300).optional().describe("The sender's own id of the person: rows of one key are one person"),
  name: shortText.nullish(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  region: shortText.nullish(),
  city: shortText.nullish(),
  languages: z.array(z.string().min(2).max(8)).max(50).optional(),
  emails: z.array(z.email().max(320)).max(20).optional(),
  phones: z.array(z.string().max(60)).max(20).optional(),
  website: z.string().max(2000).nullish(),
  niches: z.array(shortText).max(100).optional(),
  tags: z.array(shortText).max(100).optional(),
  interests: z.array(shortText).max(100).optional(),
  contacts: z
    .array(contactSchema)
    .max(30)
    .optional()
    .describe('Ways of contact beside e-mail and phone, as kind:value, such as telegram:@anna'),
  gender: z.enum(genders).nullish().describe('As the creator declares it'),
  age: z.number().int().min(13).max(120).nullish().describe('As the creator declares it'),
  isOpenToGifting: z.boolean().nullish(),
  contactType: contactTypeSchema
    .nullish()
    .describe('What they are to you; told from what happened where nobody says it'),
  custom: z.record(z.string().max(200), z.string().max(2000)).optional(),
  observedAt: instantSchema
    .optional()
    .describe('When this was true, where the sender says so; otherwise the date of the import'),
  profiles: z.array(profileRowSchema).min(1).max(20),
});
export type CreatorRow = z.infer<typeof creatorRowSchema>;

export const postRowSchema = z.object({
  platform: platformSchema,
  handle: z.string().min(1).max(300),
  externalId: z.string().min(1).max(300),
  url: z.string().max(2000).nullish(),
  postedAt: instantSchema.nullish(),
  format: z.string().max(60).nullish(),
  caption: z.string().max(20_000).nullish(),
  hashtags: z.array(z.string().max(300)).max(500).optional(),
  mentions: z.array(z.string().max(300)).max(500).optional(),
  location: z.string().max(500).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  longitude: z.number().min(-180).max(180).nullish(),
  durationS: z.number().min(0).max(1e6).nullish().describe('Length of a video in seconds'),
  likes: count.nullish(),
  comments: count.nullish(),
  views: count.nullish(),
  shares: count.nullish(),
  saves: count.nullish(),
  reach: count.nullish(),
  impressions: count.nullish(),
  isPaidLabel: z.boolean().nullish(),
  photoTags: z
    .array(z.string().max(300))
    .max(500)
    .optional()
    .describe('Accounts the picture is tagged with; the caption need not name them'),
  expiresAt: instantSchema.nullish().describe('When a story goes'),
});
export type PostRow = z.infer<typeof postRowSchema>;

export const commentRowSchema = z.object({
  platform: platformSchema,
  postExternalId: z.string().min(1).max(300),
  externalId: z.string().min(1).max(300),
  authorHandle: z.string().max(300).nullish(),
  text: z.string().max(20_000),
  likes: count.nullish(),
  commentedAt: instantSchema.nullish(),
});
export type CommentRow = z.infer<typeof commentRowSchema>;
