import { z } from 'zod';
import { instantSchema } from '#kernel/time.ts';

export const read = 'tracking:read' as const;
export const write = 'tracking:write' as const;

/** About one order, about all of a creator's traffic, about a code of theirs, or about who they are. */
export const scopes = ['order', 'traffic', 'code', 'account'] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;

export const severities = ['low', 'medium', 'high'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const orderRuleNames = [
  'customer-email-match',
  'disposable-email',
  'paid-traffic',
  'banned-referrer',
  'own-device',
  'own-network',
  'fast-order',
  'checkout-hijack',
  'coupon-referrer',
  'chargeback',
] as const;
export const trafficRuleNames = [
  'self-purchase',
  'shared-device',
  'click-velocity',
  'click-concentration',
  'bot-share',
  'datacentre-share',
  'missing-referrer',
  'no-day-rhythm',
  'zero-dwell',
  'clicks-without-orders',
  'conversion-outlier',
  'order-value-outlier',
  'click-to-order-fast',
  'click-to-order-flat',
  'new-customer-burst',
  'few-customers',
  'refund-rate',
  'chargebacks',
  'hijack-share',
  'disposable-share',
  'paid-traffic-share',
  'code-spike',
  'code-without-clicks',
  'coupon-share',
] as const;
export const accountRuleNames = [
  'banned-elsewhere',
  'duplicate-account',
  'email-domain-mismatch',
  'masked-email',
  'no-verified-profile',
  'no-profiles',
] as const;
export const ruleNames = [...orderRuleNames, ...trafficRuleNames, ...accountRuleNames, 'traffic-score'] as const;
export const ruleNameSchema = z.enum(ruleNames);
export type RuleName = z.infer<typeof ruleNameSchema>;

/** off: not asked. score: adds its points and no more. watch: is looked at, the credit counts. enforce: the credit waits until somebody decides. */
export const modes = ['off', 'score', 'watch', 'enforce'] as const;
export const modeSchema = z.enum(modes);
export type Mode = z.infer<typeof modeSchema>;

export const evidenceSchema = z
  .object({
    kind: z.enum(['order', 'click', 'code', 'link', 'creator', 'figure']),
    id: z.string().nullable().describe('Of what can be opened; null for a figure'),
    label: z.string(),
    at: instantSchema.nullable(),
  })
  .meta({ id: 'FraudEvidence' });
export type Evidence = z.infer<typeof evidenceSchema>;

/** What one rule said: it speaks (hit), or it cannot say (unknown). Rules that have nothing to say are left out. */
export const findingSchema = z
  .object({
    rule: ruleNameSchema,
    version: z.int(),
    title: z.string(),
    state: z.enum(['hit', 'unknown']),
    points: z.int().describe('What it adds to the score; 0 when unknown'),
    says: z.string().describe('What was seen, or what is missing to tell'),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'FraudFinding' });
export type FraudFinding = z.infer<typeof findingSchema>;
