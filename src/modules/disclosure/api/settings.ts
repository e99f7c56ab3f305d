import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { severitySchema, strictnessSchema } from './verdict.ts';

export const packSchema = z
  .object({
    id: z.string(),
    version: z.string(),
    countries: z.array(z.string()).describe('Empty for the pack that stands in for countries without one'),
    name: z.string(),
    authority: z.string(),
    languages: z.array(z.string()),
    coverage: z.enum(['full', 'partial']),
    leavesOut: z.array(z.string()),
    sources: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        publisher: z.string(),
        url: z.string(),
        dated: z.string(),
        readAs: z
          .enum(['text', 'account', 'knowledge'])
          .describe('The text itself, an account of it, or not looked up'),
        readOn: z.string(),
      }),
    ),
    rules: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        says: z.string(),
        source: z.string(),
        severity: severitySchema,
        isChecked: z.boolean().describe('false: cited, not for a text to show'),
      }),
    ),
    wording: z.record(z.string(), z.string()),
  })
  .meta({ id: 'DisclosurePack' });
export type DisclosurePack = z.infer<typeof packSchema>;

export const listDisclosurePacks = endpoint({
  name: 'disclosure.packs',
  method: 'GET',
  path: '/disclosure/packs',
  access: 'campaigns:read',
  summary: 'The rule packs by country, with their rules, sources and what they leave out',
  output: z.object({ packs: z.array(packSchema) }),
});

const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'Two letters, such as US or DE');

const settingsInput = {
  countries: z.array(countrySchema).max(20).describe('Whose rules apply; the first is checked by where none is named'),
  strictness: strictnessSchema,
  wording: z.record(z.string().regex(/^[a-z]{2,3}$/, 'A language code, such as en'), z.string().trim().max(60)),
};

export const disclosureSettingsSchema = z
  .object({
    countries: z.array(z.string()),
    strictness: strictnessSchema,
    wording: z.record(z.string(), z.string()),
    version: z.number().describe('0 while nothing was ever saved'),
    updatedBy: z.string().nullable(),
    updatedAt: instantSchema.nullable(),
  })
  .meta({ id: 'DisclosureSettings' });
export type DisclosureSettings = z.infer<typeof disclosureSettingsSchema>;

export const getDisclosureSettings = endpoint({
  name: 'disclosure.settings',
  method: 'GET',
  path: '/disclosure/settings',
  access: 'campaigns:read',
  summary: 'Whose rules the workspace checks by, how strictly, and its own labels',
  output: disclosureSettingsSchema,
});

export const putDisclosureSettings = endpoint({
  name: 'disclosure.saveSettings',
  method: 'PUT',
  path: '/disclosure/settings',
  access: 'campaigns:write',
  summary: 'Save whose rules the workspace checks by; an own label must be one its packs take',
  input: z.object(settingsInput),
  output: disclosureSettingsSchema,
});
