import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { importErrorSchema } from './imports.ts';

const count = z.number().int().min(0).max(1e12).nullable().default(null);
const share = z.number().min(0).max(1).nullable().default(null);
const flag = z.boolean().nullable().default(null);
const id = z.string().min(1).max(60);

/** Whom a sample was drawn from. */
export const audienceKinds = ['followers', 'likers', 'commenters'] as const;
export const audienceKindSchema = z.enum(audienceKinds);
export type AudienceKind = z.infer<typeof audienceKindSchema>;

/** What is known of one sampled account; null where it is not. Of names and bios only measures are kept, and the user name, so that a person can look. */
export const sampledAccountSchema = z
  .object({
    handle: z.string().trim().min(1).max(100).nullable().default(null),
    followers: count,
    following: count,
    posts: count,
    isPrivate: flag,
    isVerified: flag,
    hasPicture: flag,
    hasLink: flag,
    bioLength: count,
    fullNameWords: count,
    fullNameDigitShare: share.describe('Digits / characters of the display name'),
    nameDistance: share.describe('0 when display name and user name are the same, 1 when nothing is alike'),
    ageDays: count.describe('Days since the account was made'),
  })
  .meta({ id: 'SampledAccount' });
export type SampledAccount = z.output<typeof sampledAccountSchema>;

export const sampledAccountsMax = 5000;
/** From a file. */
export const sampledRowsMax = 20_000;
export const sampleErrorsMax = 1000;

const about = {
  personId: id,
  profileId: id,
  kind: audienceKindSchema.default('followers'),
};
const sourceSchema = z.string().trim().min(1).max(120).describe('Where it comes from');
const methodSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('How it was drawn, such as “random 400 of all followers”');

export const addFollowerSample = endpoint({
  name: 'creators.addFollowerSample',
  method: 'POST',
  path: '/creators/:personId/profiles/:profileId/follower-samples',
  access: 'creators:write',
  summary: 'Keep a sample of a profile’s followers, likers or commenters; one of the same kind and moment is replaced',
  input: z.object({
    ...about,
    takenAt: instantSchema,
    source: sourceSchema,
    method: methodSchema,
    accounts: z.array(sampledAccountSchema).min(1).max(sampledAccountsMax),
  }),
  output: z.object({ profileId: z.string(), takenAt: z.string(), size: z.number().int() }),
});

export const sampleUploadSchema = z
  .object({
    profileId: z.string(),
    kind: audienceKindSchema,
    takenAt: z.string(),
    isKept: z.boolean().describe('False for a trial and when no row could be read'),
    read: z.number().int(),
    kept: z.number().int(),
    repeated: z.number().int().describe('Rows of a user name that stood there before'),
    errorsTotal: z.number().int(),
    errors: z.array(importErrorSchema).describe('The first 1,000'),
    columns: z.array(z.object({ column: z.string(), target: z.string().nullable() })),
  })
  .meta({ id: 'AudienceSampleUpload' });
export type SampleUpload = z.infer<typeof sampleUploadSchema>;

export const uploadAudienceSample = endpoint({
  name: 'creators.uploadAudienceSample',
  method: 'POST',
  path: '/creators/:personId/profiles/:profileId/audience-samples',
  access: 'creators:write',
  transport: 'upload',
  summary:
    'Keep a sample of followers, likers or commenters from a file with a header (CSV, TSV, XLSX, JSON, NDJSON, also gzipped), one account a row; rows that cannot be read are named and left out',
  input: z.object({
    ...about,
    takenAt: instantSchema.optional().describe('When the sample was drawn; now when left out'),
    source: sourceSchema.optional().describe('Where it comes from; the name of the file when left out'),
    method: methodSchema.default('as given in the file'),
    isDryRun: z.boolean().default(false),
  }),
  output: sampleUploadSchema,
});

export const removeAudienceSample = endpoint({
  name: 'creators.removeAudienceSample',
  method: 'DELETE',
  path: '/creators/:personId/profiles/:profileId/audience-samples',
  access: 'creators:write',
  summary: 'Remove a sample of a profile’s audience; an older one of the same kind counts again',
  input: z.object({ ...about, takenAt: instantSchema }),
});
