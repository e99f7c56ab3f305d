import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { creatorRefSchema } from '#modules/tracking/api.ts';
import {
  evidenceSchema,
  findingSchema,
  modeSchema,
  read,
  ruleNameSchema,
  scopeSchema,
  severitySchema,
  write,
} from './shared.ts';

/** lapsed: what it rested on is gone, as when a late click told otherwise. */
export const groupStates = ['open', 'cleared', 'fraud', 'expired', 'lapsed'] as const;
export const groupStateSchema = z.enum(groupStates);
export type GroupState = z.infer<typeof groupStateSchema>;
export const resolvedStates = ['cleared', 'fraud'] as const;
export const banReasons = ['terms', 'content', 'fake_traffic', 'fraud', 'spam', 'brand_abuse'] as const;
export const banReasonSchema = z.enum(banReasons);
export type BanReason = z.infer<typeof banReasonSchema>;

/** Groups that one call decides. */
export const bulkMax = 200;

export const appealSchema = z
  .object({
    id: z.string(),
    groupId: z.string(),
    says: z.string(),
    madeAt: instantSchema,
    outcome: z.enum(['accepted', 'declined']).nullable().describe('Null while it waits for an answer'),
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: instantSchema.nullable(),
  })
  .meta({ id: 'FraudAppeal' });
export type FraudAppeal = z.infer<typeof appealSchema>;

export const groupSchema = z
  .object({
    id: z.string(),
    rule: ruleNameSchema,
    title: z.string(),
    scope: scopeSchema,
    severity: severitySchema,
    state: groupStateSchema,
    mode: modeSchema.describe('enforce: what it is about is held; watch: it counts'),
    creator: creatorRefSchema.nullable().describe('Null when it speaks against nobody, or they were erased'),
    codeId: z.string().nullable(),
    says: z.string().describe('What the newest finding says'),
    findings: z.int().describe('Findings that stand'),
    orders: z.int().describe('Orders it is about, or holds'),
    amounts: z.array(moneySchema).describe('Credit of these orders, one sum a currency'),
    openedAt: instantSchema,
    newestAt: instantSchema,
    expiresAt: instantSchema.nullable().describe('When it expires unless somebody decides; null once decided'),
    reason: z.string().nullable(),
    resolvedBy: z.string().nullable(),
    resolvedAt: instantSchema.nullable(),
    hasOpenAppeal: z.boolean(),
  })
  .meta({ id: 'FraudGroup' });
export type FraudGroup = z.infer<typeof groupSchema>;

export const eventSchema = z
  .object({
    id: z.string(),
    orderId: z.string().nullable(),
    points: z.int(),
    says: z.string(),
    mode: modeSchema,
    stands: z.boolean().describe('False when later facts told otherwise'),
    evidence: z.array(evidenceSchema),
    happenedAt: instantSchema,
    foundAt: instantSchema,
  })
  .meta({ id: 'FraudEvent' });

const judgedStateSchema = z.enum(['clear', 'flagged', 'held', 'cleared', 'withdrawn']);

export const listFraudGroups = endpoint({
  name: 'fraud.list',
  method: 'GET',
  path: '/fraud/groups',
  access: read,
  summary: 'What the fraud rules found, grouped by rule and creator, newest first',
  input: z.object({
    state: groupStateSchema.optional(),
    rule: ruleNameSchema.optional(),
    severity: severitySchema.optional(),
    scope: scopeSchema.optional(),
    personId: z.string().optional(),
    appealed: z.boolean().default(false).describe('Only those with an appeal that waits'),
    ...pageInput,
  }),
  output: pageOf(groupSchema),
});
export const getFraudSummary = endpoint({
  name: 'fraud.summary',
  method: 'GET',
  path: '/fraud/summary',
  access: read,
  summary: 'How many groups are open, what credit is held, what was withdrawn',
  output: z.object({
    open: z.int(),
    openBySeverity: z.object({ low: z.int(), medium: z.int(), high: z.int() }),
    appeals: z.int().describe('Appeals that wait for an answer'),
    heldOrders: z.int(),
    held: z.array(moneySchema),
    withdrawnOrders: z.int(),
    leaks: z.int().describe('Open groups about codes'),
    judgedOrders: z.int(),
    judgedCreators: z.int(),
    judgedAt: instantSchema.nullable(),
  }),
});
export const getFraudGroup = endpoint({
  name: 'fraud.get',
  method: 'GET',
  path: '/fraud/groups/:groupId',
  access: read,
  summary: 'One group with its findings, the evidence to open, appeals and who decided',
  input: z.object({ groupId: z.string() }),
  output: z.object({
    group: groupSchema,
    events: z.array(eventSchema).describe('Newest first, at most 200'),
    appeals: z.array(appealSchema),
    explains: z.string(),
    needs: z.string(),
  }),
});
export const resolveFraudGroups = endpoint({
  name: 'fraud.resolve',
  method: 'POST',
  path: '/fraud/groups/resolve',
  access: write,
  summary: 'Decide groups: cleared releases their credit, fraud withdraws it; those decided already are left alone',
  input: z.object({
    groupIds: z.array(z.string()).min(1).max(bulkMax),
    outcome: z.enum(resolvedStates),
    reason: z.string().trim().min(1).max(2000),
    keepsCredit: z
      .boolean()
      .default(false)
      .describe('fraud: the credit stays all the same, as when it was paid for knowingly'),
    ban: banReasonSchema.optional().describe('fraud: ban the creators too, for this reason'),
  }),
  output: z.object({
    resolved: z.int(),
    unchanged: z.int().describe('Decided before'),
    withdrawnOrders: z.int(),
    banned: z.int(),
    groups: z.array(groupSchema),
  }),
});
export const reopenFraudGroup = endpoint({
  name: 'fraud.reopen',
  method: 'POST',
  path: '/fraud/groups/:groupId/reopen',
  access: write,
  summary: 'Decide a group anew: what was withdrawn is credited again until then',
  input: z.object({ groupId: z.string(), reason: z.string().trim().min(1).max(2000) }),
  output: groupSchema,
});
export const answerFraudAppeal = endpoint({
  name: 'fraud.answerAppeal',
  method: 'POST',
  path: '/fraud/appeals/:appealId/answer',
  access: write,
  summary: 'Answer what a creator said; accepted clears the group',
  input: z.object({
    appealId: z.string(),
    outcome: z.enum(['accepted', 'declined']),
    answer: z.string().trim().min(1).max(2000),
  }),
  output: appealSchema,
});

export const banSchema = z
  .object({
    id: z.string(),
    creator: creatorRefSchema.nullable(),
    reason: banReasonSchema,
    note: z.string(),
    groupId: z.string().nullable(),
    bannedBy: z.string(),
    bannedAt: instantSchema,
  })
  .meta({ id: 'FraudBan' });
export const listFraudBans = endpoint({
  name: 'fraud.bans',
  method: 'GET',
  path: '/fraud/bans',
  access: read,
  summary: 'Creators that are banned, newest first',
  output: z.object({ rows: z.array(banSchema).describe('At most 500') }),
});
export const banCreator = endpoint({
  name: 'fraud.ban',
  method: 'POST',
  path: '/fraud/bans',
  access: write,
  summary: 'Ban a creator; doing it again changes nothing',
  input: z.object({ personId: z.string(), reason: banReasonSchema, note: z.string().trim().min(1).max(2000) }),
  output: banSchema,
});
export const liftFraudBan = endpoint({
  name: 'fraud.liftBan',
  method: 'POST',
  path: '/fraud/bans/:banId/lift',
  access: write,
  summary: 'Lift a ban',
  input: z.object({ banId: z.string(), reason: z.string().trim().min(1).max(2000) }),
  output: z.null(),
});

export const getOrderFraud = endpoint({
  name: 'fraud.order',
  method: 'GET',
  path: '/fraud/orders/:orderId',
  access: read,
  summary: 'What the rules say of one order, and whether its credit is held',
  input: z.object({ orderId: z.string() }),
  output: z.object({
    orderId: z.string(),
    state: judgedStateSchema,
    heldSince: instantSchema.nullable(),
    score: z.int(),
    findings: z.array(findingSchema),
    policyVersion: z.int(),
    judgedAt: instantSchema,
  }),
});
export const getCreatorFraud = endpoint({
  name: 'fraud.creator',
  method: 'GET',
  path: '/fraud/creators/:personId',
  access: read,
  summary: "A creator's traffic: its figures, the score with what adds to it, what could not be told, and what is held",
  input: z.object({ personId: z.string() }),
  output: z.object({
    personId: z.string(),
    state: z.enum(['clear', 'flagged']).nullable().describe('Null while nothing was judged yet'),
    score: z.int(),
    chance: z.number().describe('Estimated chance of fraud at this score, from simulated programs'),
    flagAt: z.int(),
    findings: z.array(findingSchema),
    figures: z.record(z.string(), z.number().nullable()).nullable(),
    windowDays: z.int(),
    heldOrders: z.int(),
    held: z.array(moneySchema),
    withdrawnOrders: z.int(),
    groups: z.array(groupSchema).describe('Newest first, at most 50'),
    ban: banSchema.nullable(),
    judgedAt: instantSchema.nullable(),
  }),
});
export const judgeCreatorNow = endpoint({
  name: 'fraud.judge',
  method: 'POST',
  path: '/fraud/creators/:personId/judge',
  access: write,
  summary: "Judge a creator's traffic now",
  input: z.object({ personId: z.string() }),
  output: z.object({ score: z.int(), state: z.enum(['clear', 'flagged']) }),
});
