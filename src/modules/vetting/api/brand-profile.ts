import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

const words = z.array(z.string().trim().min(1).max(80)).max(200);
const brandWords = { niches: words, keywords: words, noGoWords: words, competitors: words };

export const brandProfileSchema = z
  .object({ ...brandWords, version: z.number(), updatedBy: z.string().nullable(), updatedAt: instantSchema.nullable() })
  .meta({ id: 'BrandProfile' });
export type BrandProfile = z.infer<typeof brandProfileSchema>;

export const getBrandProfile = endpoint({
  name: 'brandProfile.get',
  method: 'GET',
  path: '/brand-profile',
  access: 'vetting:read',
  summary: 'What the brand stands for and avoids; version 0 until it is first saved',
  output: brandProfileSchema,
});

export const putBrandProfile = endpoint({
  name: 'brandProfile.put',
  method: 'PUT',
  path: '/brand-profile',
  access: 'vetting:write',
  summary: 'Replace the brand profile; every report is computed again when next read',
  input: z.object(brandWords),
  output: brandProfileSchema,
});
