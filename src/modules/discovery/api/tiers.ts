import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const tierSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(40),
    followersMin: z.number().int().min(0).max(10_000_000_000),
    followersMax: z.number().int().min(1).max(10_000_000_000).nullable().describe('Exclusive; null is no upper bound'),
  })
  .meta({ id: 'Tier' });
export type Tier = z.infer<typeof tierSchema>;
export const defaultTiers: Tier[] = [
  { name: 'nano', followersMin: 1_000, followersMax: 10_000 },
  { name: 'micro', followersMin: 10_000, followersMax: 100_000 },
  { name: 'mid', followersMin: 100_000, followersMax: 500_000 },
  { name: 'macro', followersMin: 500_000, followersMax: 1_000_000 },
  { name: 'mega', followersMin: 1_000_000, followersMax: null },
];
const tiersBody = z.object({ tiers: z.array(tierSchema) });
export const getTiers = endpoint({
  name: 'tiers.get',
  method: 'GET',
  path: '/tiers',
  access: 'discovery:read',
  summary: 'Tiers of size of the workspace',
  output: tiersBody,
});
export const putTiers = endpoint({
  name: 'tiers.put',
  method: 'PUT',
  path: '/tiers',
  access: 'discovery:write',
  summary: 'Replace the tiers of size',
  input: z.object({ tiers: z.array(tierSchema).min(1).max(12) }),
  output: tiersBody,
});
