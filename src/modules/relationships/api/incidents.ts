import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema } from '#kernel/time.ts';
import { campaignRef, id, personRef } from './fields.ts';

export const creatorIncidentKinds = [
  'ghosting',
  'late',
  'not_delivered',
  'undisclosed_ad',
  'off_brief',
  'content_removed',
  'exclusivity_broken',
  'fake_engagement',
  'abuse',
  'other',
] as const;
export const brandIncidentKinds = [
  'late_payment',
  'unpaid',
  'rights_overused',
  'brief_changed_late',
  'goods_missing',
  'no_answer',
  'abuse',
  'other',
] as const;
export type CreatorIncidentKind = (typeof creatorIncidentKinds)[number];
export type BrandIncidentKind = (typeof brandIncidentKinds)[number];

export const incidentWords: Record<CreatorIncidentKind | BrandIncidentKind, string> = {
  ghosting: 'Went silent after agreeing',
  late: 'Delivered late',
  not_delivered: 'Did not deliver',
  undisclosed_ad: 'Advertising without a label',
  off_brief: 'Against the brief',
  content_removed: 'Took a post down early',
  exclusivity_broken: 'Worked for a rival meanwhile',
  fake_engagement: 'Bought reach or comments',
  late_payment: 'Paid late',
  unpaid: 'Not paid',
  rights_overused: 'Content used beyond its rights',
  brief_changed_late: 'Brief changed after the work was done',
  goods_missing: 'Goods never came',
  no_answer: 'Nobody answered',
  abuse: 'Abusive or discriminating',
  other: 'Something else',
};

export const evidenceSchema = z.object({
  label: z.string().trim().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
});

export const incidentSchema = z
  .object({
    id: z.string(),
    person: personRef,
    campaign: campaignRef,
    about: z.enum(['creator', 'brand']).describe('Whose doing it is said to be'),
    kind: z.string(),
    kindLabel: z.string(),
    summary: z.string(),
    evidence: z.array(evidenceSchema),
    occurredOn: daySchema,
    state: z.enum(['open', 'answered', 'closed']),
    isShared: z.boolean().describe('The creator can read and answer it'),
    answer: z.object({ text: z.string(), by: z.string(), at: z.string() }).nullable(),
    outcome: z
      .object({ outcome: z.enum(['upheld', 'dismissed']), reason: z.string(), by: z.string(), at: z.string() })
      .nullable(),
    openedBy: z.string(),
    openedSide: z.enum(['creator', 'brand']),
    openedAt: z.string(),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof incidentSchema>;

const summary = z.string().trim().min(1, 'Say what happened').max(4000);
const evidence = z.array(evidenceSchema).max(20).default([]);

export const listIncidents = endpoint({
  name: 'incidents.list',
  method: 'GET',
  path: '/incidents',
  access: 'campaigns:read',
  summary: 'Incidents, newest first',
  input: z.object({
    ...pageInput,
    personId: id.optional(),
    states: z.array(z.enum(['open', 'answered', 'closed'])).optional(),
    about: z.enum(['creator', 'brand']).optional(),
  }),
  output: pageOf(incidentSchema),
});

export const openIncident = endpoint({
  name: 'incidents.open',
  method: 'POST',
  path: '/creators/:personId/incidents',
  access: 'campaigns:write',
  summary: 'Write down that something went wrong, on the creator’s side or on ours',
  input: z.object({
    personId: id,
    campaignId: id.nullable().default(null),
    about: z.enum(['creator', 'brand']),
    kind: z.string().min(1).max(40),
    summary,
    evidence,
    occurredOn: daySchema,
    share: z.boolean().default(false).describe('Let the creator read and answer it; a mail tells them'),
  }),
  output: incidentSchema.extend({ link: z.string().nullable().describe('To copy when no mail went out') }),
});

export const shareIncident = endpoint({
  name: 'incidents.share',
  method: 'POST',
  path: '/incidents/:incidentId/share',
  access: 'campaigns:write',
  summary: 'Let the creator read an incident and answer it',
  input: z.object({ incidentId: id }),
  output: incidentSchema.extend({ link: z.string().nullable() }),
});

export const answerIncident = endpoint({
  name: 'incidents.answer',
  method: 'POST',
  path: '/incidents/:incidentId/answer',
  access: 'campaigns:write',
  summary: 'Answer an incident about us',
  input: z.object({ incidentId: id, text: summary }),
  output: incidentSchema,
});

export const closeIncident = endpoint({
  name: 'incidents.close',
  method: 'POST',
  path: '/incidents/:incidentId/close',
  access: 'campaigns:write',
  summary: 'Decide an incident: upheld, which makes a strike, or dismissed, with the reason',
  input: z.object({
    incidentId: id,
    outcome: z.enum(['upheld', 'dismissed']),
    reason: z.string().trim().min(1, 'Say why').max(2000),
  }),
  output: incidentSchema,
});

export const reopenIncident = endpoint({
  name: 'incidents.reopen',
  method: 'POST',
  path: '/incidents/:incidentId/reopen',
  access: 'campaigns:write',
  summary: 'Take back the decision on an incident; a flag that rested on it falls',
  input: z.object({ incidentId: id }),
  output: incidentSchema,
});

export const incidentRuleSchema = z
  .object({
    kinds: z.array(z.enum(creatorIncidentKinds)).min(1).max(creatorIncidentKinds.length),
    count: z.number().int().min(1).max(20).describe('Strikes of these kinds'),
    withinDays: z.number().int().min(1).max(3650).nullable().default(null).describe('Null is ever'),
  })
  .meta({ id: 'IncidentRule', description: 'So many strikes of these kinds: do not work with the creator' });
export type IncidentRule = z.infer<typeof incidentRuleSchema>;

export const incidentRulesSchema = z
  .object({
    rules: z.array(incidentRuleSchema).max(20),
    savedBy: z.string().nullable().describe('Null while those of the program hold'),
    savedAt: z.string().nullable(),
  })
  .meta({ id: 'IncidentRules' });

export const getIncidentRules = endpoint({
  name: 'incidentRules.get',
  method: 'GET',
  path: '/incident-rules',
  access: 'campaigns:read',
  summary: 'What this workspace does not tolerate',
  output: incidentRulesSchema,
});

export const saveIncidentRules = endpoint({
  name: 'incidentRules.save',
  method: 'PUT',
  path: '/incident-rules',
  access: 'campaigns:write',
  summary: 'Say what this workspace does not tolerate; flags follow at once',
  input: z.object({ rules: z.array(incidentRuleSchema).max(20) }),
  output: incidentRulesSchema.extend({ flagged: z.number().int(), lifted: z.number().int() }),
});

export const flagSchema = z
  .object({
    id: z.string(),
    person: personRef,
    source: z.enum(['rule', 'person']),
    reason: z.string(),
    incidentIds: z.array(z.string()),
    setBy: z.string(),
    setAt: z.string(),
    lifted: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'DoNotWorkFlag', description: 'Says not to work with a creator, and why' });
export type Flag = z.infer<typeof flagSchema>;

export const listFlags = endpoint({
  name: 'doNotWork.list',
  method: 'GET',
  path: '/do-not-work',
  access: 'campaigns:read',
  summary: 'Creators not to work with, newest first, at most 1,000; with a person all that was ever set and lifted',
  input: z.object({ personId: id.optional() }),
  output: z.array(flagSchema),
});

export const setFlag = endpoint({
  name: 'doNotWork.set',
  method: 'POST',
  path: '/creators/:personId/do-not-work',
  access: 'campaigns:write',
  summary: 'Say not to work with a creator; they cannot be put on a campaign until it is lifted',
  input: z.object({ personId: id, reason: z.string().trim().min(1, 'Say why').max(2000) }),
  output: flagSchema,
});

export const liftFlag = endpoint({
  name: 'doNotWork.lift',
  method: 'POST',
  path: '/creators/:personId/do-not-work/lift',
  access: 'campaigns:write',
  summary: 'Lift it again, with the reason; the same strikes do not set it a second time',
  input: z.object({ personId: id, reason: z.string().trim().min(1, 'Say why').max(2000) }),
  output: flagSchema,
});

export const portalIncidentSchema = incidentSchema
  .omit({ person: true, isShared: true, openedBy: true })
  .extend({ brand: z.string() })
  .meta({ id: 'PortalIncident' });
export type PortalIncident = z.infer<typeof portalIncidentSchema>;

export const listPortalIncidents = endpoint({
  name: 'portalIncidents.list',
  method: 'GET',
  path: '/portal/incidents',
  access: 'portal',
  summary: 'Incidents this creator may read: those that were shared with them and those they wrote down',
  output: z.array(portalIncidentSchema),
});

export const answerPortalIncident = endpoint({
  name: 'portalIncidents.answer',
  method: 'POST',
  path: '/portal/incidents/:incidentId/answer',
  access: 'portal',
  summary: 'Give your side of an incident',
  input: z.object({ incidentId: id, text: summary }),
  output: portalIncidentSchema,
});

export const openPortalIncident = endpoint({
  name: 'portalIncidents.open',
  method: 'POST',
  path: '/portal/incidents',
  access: 'portal',
  summary: 'Tell the brand that something went wrong on its side',
  input: z.object({
    campaignId: id.nullable().default(null),
    kind: z.enum(brandIncidentKinds),
    summary,
    evidence,
    occurredOn: daySchema,
  }),
  output: portalIncidentSchema,
});
