import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { campaignModelSchema } from './campaign.ts';
import { planDay } from './day.ts';
import { goalMetricSchema } from './goal-metrics.ts';

export const goodsKinds = ['visual', 'explained', 'evergreen'] as const;
export const goodsKindSchema = z.enum(goodsKinds);
export type GoodsKind = z.infer<typeof goodsKindSchema>;

export const goodsNames: Record<GoodsKind, string> = {
  visual: 'Seen at a glance',
  explained: 'Needs explaining',
  evergreen: 'Searched for all year',
};

/** Fewer creators than this say nothing about where to go. */
export const adviceCreatorsMin = 20;

export const adviceReasonSchema = z.object({
  kind: z.enum(['own', 'rule']).describe('own: counted in this workspace; rule: a rule of thumb of the field'),
  text: z.string(),
  source: z.string(),
  n: z.number().int().nullable().describe('Of how many; null for a rule'),
  points: z.number().describe('What it adds to the sum'),
});
export type AdviceReason = z.infer<typeof adviceReasonSchema>;

const pick = <Value extends z.ZodType>(value: Value) =>
  z.object({ pick: value, points: z.number().describe('Sum of the reasons'), reasons: z.array(adviceReasonSchema) });

export const adviceSchema = z
  .object({
    basis: z
      .enum(['own', 'rules'])
      .describe('Whether anything counted in this workspace is among the reasons for platforms'),
    platforms: z.array(pick(platformSchema)).describe('Best first'),
    models: z.array(pick(campaignModelSchema)).describe('Best first'),
    missing: z.array(z.string()).describe('What is not known here, and what would make the advice better'),
  })
  .meta({ id: 'CampaignAdvice' });
export type Advice = z.infer<typeof adviceSchema>;

export const adviseCampaign = endpoint({
  name: 'campaigns.advise',
  method: 'POST',
  path: '/campaign-advice',
  access: 'campaigns:read',
  summary:
    'Which platform and model suit a goal, with reasons: where customers and best-fitting creators of this workspace are, what own campaigns brought, rules of thumb last',
  input: z.object({
    metric: goalMetricSchema,
    startsOn: planDay,
    endsOn: planDay,
    goods: goodsKindSchema.optional().describe('How the product is bought; nothing is assumed when left out'),
    about: z.string().trim().max(4000).default('').describe('The product and whom it is for, to find fitting creators'),
  }),
  output: adviceSchema,
});
