import { z } from 'zod';
import { moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';
import { contractClauseSchema } from './clauses.ts';
import { contractModelSchema, jurisdictionSchema, payoutEventSchema, termsSchema } from './terms.ts';

/** Of the version in hand. `agreed`: the terms are, the signatures are not all there yet. */
export const contractStates = [
  'draft',
  'sent',
  'countered',
  'agreed',
  'signed',
  'declined',
  'withdrawn',
  'expired',
] as const;
export const contractStateSchema = z.enum(contractStates);
export type ContractState = z.infer<typeof contractStateSchema>;

export const sideSchema = z.enum(['brand', 'creator']);
export type Side = z.infer<typeof sideSchema>;

export const contractSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    campaign: z.object({ id: z.string(), name: z.string() }),
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    isErased: z.boolean().describe('The creator was erased; the contract stays as evidence'),
    model: contractModelSchema,
    jurisdiction: jurisdictionSchema,
    state: contractStateSchema,
    stateSince: z.string(),
    stateNote: z.string().nullable(),
    waitsFor: z.enum(['us', 'creator', 'nobody']),
    version: z.number().int().describe('The version in hand'),
    inForceVersion: z.number().int().nullable().describe('The version both signed and that holds now'),
    inForceSince: z.string().nullable(),
    isAmendment: z.boolean().describe('A version in force is to be replaced'),
    signedBy: z.array(sideSchema).describe('Who signed the version in hand'),
    fee: moneySchema.nullable(),
    expiresAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    endedReason: z.string().nullable(),
    startsOn: daySchema.nullable().describe('First day by the version in hand; null: from the signatures on'),
    endsOn: daySchema.nullable().describe('Last day by the version in hand'),
    renewsId: z.string().nullable().describe('The contract it renews'),
    isWaiting: z.boolean().describe('A renewal whose first day has not come: the one it renews still holds'),
    ranOutAt: z.string().nullable().describe('When its last day was over; what it still owes stays owed'),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'ContractSummary' });
export type ContractSummary = z.infer<typeof contractSummarySchema>;

export const termsChangeSchema = z
  .object({
    field: z.string(),
    label: z.string(),
    before: z.array(z.string()).describe('Lines that are gone'),
    after: z.array(z.string()).describe('Lines that are new'),
  })
  .meta({ id: 'TermsChange' });
export type TermsChange = z.infer<typeof termsChangeSchema>;

/** A part of the text as both sides read it. */
export const sectionSchema = z
  .object({
    number: z.number().int(),
    clauseId: z.string(),
    clauseVersion: z.number().int(),
    title: z.string(),
    paragraphs: z.array(z.object({ kind: z.enum(['text', 'item']), text: z.string() })),
  })
  .meta({ id: 'ContractSection' });
export type Section = z.infer<typeof sectionSchema>;

export const signatureSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    side: sideSchema,
    name: z.string(),
    role: z.string().nullable(),
    method: z.enum(['typed', 'drawn']),
    strokes: z.array(z.array(z.tuple([z.number(), z.number()]))).nullable(),
    consent: z.string(),
    seenHash: z.string().describe('SHA-256 of the document that was signed'),
    address: z.string(),
    userAgent: z.string(),
    at: z.string(),
  })
  .meta({ id: 'ContractSignature' });
export type Signature = z.infer<typeof signatureSchema>;

export const contractEventSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    kind: z.string(),
    text: z.string().describe('What happened, in words'),
    side: z.enum(['brand', 'creator', 'system']),
    by: z.string(),
    note: z.string().nullable(),
    address: z.string().nullable(),
    documentHash: z.string().nullable(),
    at: z.string(),
  })
  .meta({ id: 'ContractEvent' });
export type ContractEvent = z.infer<typeof contractEventSchema>;

export const versionSchema = z
  .object({
    version: z.number().int(),
    side: sideSchema.describe('Who proposed it'),
    by: z.string(),
    note: z.string().nullable(),
    madeAt: z.string(),
    offeredAt: z.string().nullable(),
    terms: termsSchema,
    clauses: z.array(contractClauseSchema),
    changes: z.array(termsChangeSchema).describe('Against the version before it'),
    documentHash: z.string().nullable(),
    sealedAt: z.string().nullable(),
    sealedHash: z.string().nullable(),
    sealedStandard: z.string().nullable(),
  })
  .meta({ id: 'ContractVersion' });
export type ContractVersion = z.infer<typeof versionSchema>;

export const obligationSchema = z
  .object({
    id: z.string(),
    contractId: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    kind: z.enum(['draft', 'deliverable', 'payment', 'rights_end', 'exclusivity_end', 'post_stays', 'contract_end']),
    party: sideSchema.describe('Who owes it, or who is bound until then'),
    title: z.string(),
    amount: moneySchema.nullable(),
    dueOn: daySchema.nullable().describe('Null while it waits for something'),
    waitsFor: z.string().nullable().describe('What has to happen before it has a day'),
    state: z.enum(['open', 'late', 'met']),
  })
  .meta({ id: 'Obligation' });
export type Obligation = z.infer<typeof obligationSchema>;

export const contractSchema = contractSummarySchema
  .extend({
    templateId: z.string().nullable(),
    sections: z.array(sectionSchema).describe('The text of the version in hand'),
    versions: z.array(versionSchema).describe('Newest first'),
    signatures: z.array(signatureSchema),
    events: z.array(contractEventSchema).describe('Newest first, at most 300'),
    obligations: z.array(obligationSchema).describe('By the version in force; none before'),
    notice: z.string(),
  })
  .meta({ id: 'Contract' });
export type Contract = z.infer<typeof contractSchema>;

export const payoutLineSchema = z
  .object({
    label: z.string(),
    per: payoutEventSchema,
    counted: z.number().int(),
    payable: z.number().int().describe('Within the caps'),
    exceeded: z.number().int().describe('Exceeded action cap: payable only when a person approves it'),
    amount: moneySchema.describe('For what is payable'),
    exceededAmount: moneySchema,
    reason: z.string().nullable().describe('Which cap it met'),
  })
  .meta({ id: 'PayoutLine' });
export type PayoutLine = z.infer<typeof payoutLineSchema>;
