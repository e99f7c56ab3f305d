import { endpoint } from '#kernel/endpoint.ts';
import { disclosureInputSchema, verdictSchema } from './verdict.ts';

/** As the check takes it, with what most callers mean where they leave something out. */
export const checkInputSchema = disclosureInputSchema.extend({
  platform: disclosureInputSchema.shape.platform.default('instagram'),
  country: disclosureInputSchema.shape.country
    .optional()
    .describe("Whose rules; by default the workspace's first country, else US"),
  media: disclosureInputSchema.shape.media.default({ kind: 'image' }),
  relation: disclosureInputSchema.shape.relation.default('unknown'),
  platformLabel: disclosureInputSchema.shape.platformLabel.default(null),
});

export const checkCaption = endpoint({
  name: 'disclosure.check',
  method: 'POST',
  path: '/disclosure/check',
  access: 'campaigns:read',
  summary:
    'Does a caption say that it is advertising as the rules of a country ask? Verdict, rules, places and a repaired caption',
  input: checkInputSchema,
  output: verdictSchema,
});
