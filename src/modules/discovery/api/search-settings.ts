import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

/** What other tools leave out by default; here nobody is left out until a workspace says so. */
export const usualFollowersMin = 1_000;

export const searchSettingsSchema = z
  .object({
    followersMin: z
      .number()
      .int()
      .min(0)
      .max(1_000_000_000)
      .describe(
        'Profiles with fewer followers are no hits, unless a question asks for size, creators or a list; 0: all are',
      ),
  })
  .meta({ id: 'SearchSettings' });
export type SearchSettings = z.infer<typeof searchSettingsSchema>;

export const getSearchSettings = endpoint({
  name: 'discovery.settings',
  method: 'GET',
  path: '/discovery/settings',
  access: 'discovery:read',
  summary: 'What holds for every search of the workspace',
  output: searchSettingsSchema,
});

export const putSearchSettings = endpoint({
  name: 'discovery.changeSettings',
  method: 'PUT',
  path: '/discovery/settings',
  access: 'discovery:write',
  summary: 'Change what holds for every search of the workspace',
  input: searchSettingsSchema,
  output: searchSettingsSchema,
});
