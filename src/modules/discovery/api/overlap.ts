import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);
export const overlapCreatorsMax = 50;
/** Followers of one file that are kept whole; of more, the smallest hashes. */
export const followersKeptMax = 2_000_000;
/** Hashes kept of a larger file: shares from them have a standard error of at most 0.2 percentage points. */
export const sketchSize = 65_536;

export const followerSetSchema = z
  .object({
    id: z.string(),
    personId: z.string().nullable(),
    profileId: z.string().nullable(),
    brandId: z.string().nullable(),
    name: z.string().describe('The creator or brand'),
    handle: z.string().nullable(),
    platform: platformSchema,
    idKind: z.enum(['id', 'handle']).describe('What the file named followers by; only like is compared with like'),
    coverage: z.enum(['complete', 'sample']),
    size: z.number().int().describe('Different followers in the file'),
    total: z.number().int().describe('Followers it stands for'),
    kept: z.enum(['all', 'smallest']).describe('smallest: only the 65,536 smallest hashes, for estimates'),
    takenOn: daySchema,
    source: z.string(),
    fileName: z.string(),
    importedBy: z.string(),
    importedAt: instantSchema,
  })
  .meta({ id: 'FollowerSet' });
export type FollowerSetJson = z.infer<typeof followerSetSchema>;

export const importFollowers = endpoint({
  name: 'followers.import',
  method: 'POST',
  path: '/follower-sets',
  access: 'discovery:write',
  transport: 'upload',
  summary:
    'Keep who follows a creator or a brand, from a file with one id or handle a line; only keyed hashes are kept',
  input: z.object({
    personId: id.optional().describe('The creator; else brandId'),
    brandId: id.optional(),
    platform: platformSchema,
    coverage: z.enum(['complete', 'sample']).describe('complete: every follower; sample: drawn at random'),
    total: z.coerce.number().int().min(1).max(1e10).optional().describe('Followers at that time; needed for a sample'),
    takenOn: daySchema.describe('When the file was drawn'),
    source: z.string().trim().min(1).max(120).describe('Where it comes from'),
    idKind: z.enum(['id', 'handle']).optional().describe('Told from the file when left out'),
    keep: z.enum(['auto', 'smallest']).default('auto').describe('smallest: keep 512 kB at most, for estimates'),
  }),
  output: z.object({
    set: followerSetSchema,
    rows: z.number().int(),
    repeated: z.number().int().describe('Rows that name a follower again'),
    skipped: z.number().int().describe('Rows that name nobody'),
    faults: z.array(z.object({ row: z.number().int(), message: z.string() })).describe('The first of them'),
  }),
});

export const listFollowerSets = endpoint({
  name: 'followers.list',
  method: 'GET',
  path: '/follower-sets',
  access: 'discovery:read',
  summary: 'Files of followers, newest first',
  input: z.object({ ...pageInput, personId: id.optional(), brandId: id.optional() }),
  output: pageOf(followerSetSchema),
});

export const deleteFollowerSet = endpoint({
  name: 'followers.delete',
  method: 'DELETE',
  path: '/follower-sets/:setId',
  access: 'discovery:write',
  summary: 'Forget a file of followers',
  input: z.object({ setId: id }),
  output: z.object({ deleted: z.boolean() }),
});

export const reckonedSchema = z
  .object({
    value: z.number(),
    standardError: z.number().nullable().describe('Null for what was counted'),
    low: z.number().describe('Ends of the 95 % interval; the value itself when counted'),
    high: z.number(),
    isEstimated: z.boolean(),
  })
  .meta({ id: 'Reckoned' });
export type ReckonedJson = z.infer<typeof reckonedSchema>;
const reckoned = reckonedSchema.nullable().describe('Null: not enough data');

export const overlapSchema = z
  .object({
    platform: platformSchema.nullable(),
    method: z
      .enum(['exact', 'sketch', 'samples', 'none'])
      .describe('exact: counted; sketch, samples: estimated, with the error; none: fewer than two audiences are known'),
    note: z.string().describe('What the figures rest on, in words'),
    totalFollowers: z.number().int().nullable().describe('Audiences added up'),
    totalUniqueFollowers: reckoned,
    sharedShare: reckoned.describe('Of the unique followers, those who follow two or more. Null: not enough data'),
    creators: z.array(
      z.object({
        personId: z.string(),
        profileId: z.string(),
        name: z.string(),
        handle: z.string(),
        followers: z.number().int().describe('As the file counts or states them'),
        unique: reckoned,
        uniqueShare: reckoned,
        overlappingShare: reckoned,
        set: followerSetSchema,
      }),
    ),
    pairs: z.array(
      z.object({
        first: z.string(),
        second: z.string(),
        shared: reckoned,
        shareOfFirst: reckoned,
        shareOfSecond: reckoned,
      }),
    ),
    missing: z
      .array(z.object({ personId: z.string(), name: z.string(), reason: z.string() }))
      .describe('Creators asked for whose audience is not known, and what would help'),
  })
  .meta({ id: 'AudienceOverlap' });
export type AudienceOverlap = z.infer<typeof overlapSchema>;

export const getOverlap = endpoint({
  name: 'overlap.get',
  method: 'POST',
  path: '/overlap',
  access: 'discovery:read',
  summary: 'How the audiences of 2 to 50 creators overlap: unique and shared followers, and every two of them',
  input: z.object({
    personIds: z.array(id).min(2).max(overlapCreatorsMax),
    platform: platformSchema.optional().describe('The one most audiences are known of, when left out'),
  }),
  output: overlapSchema,
});
