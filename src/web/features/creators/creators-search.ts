import { z } from 'zod';
import { platforms } from '#kernel/platform.ts';
import { type CreatorFilter, contactTypeSchema } from '#modules/creators/api.ts';
import { safetyCategorySchema, safetyFact } from '#modules/vetting/api.ts';

export const creatorsSearch = z.object({
  q: z.string().default(''),
  platforms: z.array(z.enum(platforms)).default([]),
  niches: z.array(z.string()).default([]),
  countries: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  types: z.array(contactTypeSchema).default([]),
  owner: z.string().optional(),
  flags: z.array(safetyCategorySchema).default([]),
  fields: z.array(z.string()).default([]),
  size: z.string().optional(),
  sort: z.enum(['followers', 'name', 'added', 'lastPost', 'engagementRate']).default('followers'),
  desc: z.boolean().default(true),
  add: z.enum(['paste', 'hand']).optional(),
});
export type CreatorsSearch = z.output<typeof creatorsSearch>;

/** The filter of the list as the API takes it. */
export function toFilter(
  state: CreatorsSearch,
  sizes: readonly { value: string; min?: number; max?: number }[],
): CreatorFilter {
  // A filter that is no field=value came by a hand-written address and is left out.
  const fields = state.fields.filter((one) => /^[^=]+=.+$/su.test(one)).slice(0, 20);
  const size = sizes.find((one) => one.value === state.size);
  return {
    ...(state.q.trim() === '' ? {} : { q: state.q.trim() }),
    ...(state.platforms.length === 0 ? {} : { platforms: state.platforms }),
    ...(state.niches.length === 0 ? {} : { niches: state.niches }),
    ...(state.countries.length === 0 ? {} : { countries: state.countries }),
    ...(state.tags.length === 0 ? {} : { tags: state.tags }),
    ...(state.types.length === 0 ? {} : { contactTypes: state.types }),
    ...(state.owner === undefined ? {} : { ownerId: state.owner }),
    ...(state.flags.length === 0 ? {} : { facts: state.flags.map((flag) => `${safetyFact}:${flag}`) }),
    ...(fields.length === 0 ? {} : { custom: fields }),
    ...(size?.min === undefined ? {} : { followersMin: size.min }),
    ...(size?.max === undefined ? {} : { followersMax: size.max }),
  };
}
