import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

const count = z.number().int().min(0).max(1e12).nullable().default(null);
const flag = z.boolean().nullable().default(null);
const id = z.string().min(1).max(60);

/** What is known of one sampled follower; null where it is not. No name of a follower is taken. */
export const sampledAccountSchema = z
  .object({ followers: count, following: count, posts: count, isPrivate: flag, hasPicture: flag })
  .meta({ id: 'SampledAccount' });

export const sampledAccountsMax = 5000;

export const addFollowerSample = endpoint({
  name: 'creators.addFollowerSample',
  method: 'POST',
  path: '/creators/:personId/profiles/:profileId/follower-samples',
  access: 'creators:write',
  summary: 'Keep a sample of a profile’s followers; one taken at the same moment is replaced',
  input: z.object({
    personId: id,
    profileId: id,
    takenAt: instantSchema,
    source: z.string().trim().min(1).max(120).describe('Where it comes from'),
    method: z.string().trim().min(1).max(200).describe('How it was drawn, such as “random 400 of all followers”'),
    accounts: z.array(sampledAccountSchema).min(1).max(sampledAccountsMax),
  }),
  output: z.object({ profileId: z.string(), takenAt: z.string(), size: z.number().int() }),
});
