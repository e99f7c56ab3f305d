import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';

/** Brands side by side at most, so that each keeps its column in sight. */
export const brandsChosenMax = 5;

export const brandRanges = ['30', '90', '365', '1825'] as const;
export type BrandRange = (typeof brandRanges)[number];
export const rangeDays: Record<BrandRange, number> = { '30': 30, '90': 90, '365': 365, '1825': 1825 };

/** What the address of the brand pages holds. A number in an address reads as one, so both are taken. */
export const brandSearch = z.object({
  range: z
    .union([z.enum(brandRanges), z.number()])
    .transform((given) => brandRanges.find((one) => one === String(given)) ?? '365')
    .default('365'),
  platform: platformSchema.optional(),
  brands: z.array(z.string()).max(brandsChosenMax).optional(),
  tab: z.enum(['creators', 'posts', 'followers']).default('creators'),
  payment: z.enum(['paid', 'organic', 'unknown']).optional(),
  sort: z.enum(['posts', 'followers', 'engagements', 'views', 'last']).default('posts'),
});
