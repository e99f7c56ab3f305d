import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema } from '#kernel/time.ts';
import { contractClauseSchema } from './clauses.ts';
import {
  contractSchema,
  contractStateSchema,
  contractStates,
  contractSummarySchema,
  sectionSchema,
  termsChangeSchema,
} from './contracts.ts';
import { jurisdictionSchema, termsSchema } from './terms.ts';

export const contractsBulkMax = 500;
const contractId = z.string().min(1).max(60);
const version = z.number().int().min(1).max(10_000);
const reason = z.string().trim().min(1, 'Say why in a few words').max(1000);
const name = z.string().trim().min(1).max(160);

export const listContracts = endpoint({
  name: 'contracts.list',
  method: 'GET',
  path: '/contracts',
  access: 'contracts:read',
  summary: 'Contracts, newest first: of a campaign, of a creator, or all',
  input: z.object({
    ...pageInput,
    campaignId: z.string().max(60).optional(),
    personId: z.string().max(60).optional(),
    enrolmentId: z.string().max(60).optional(),
    states: z.array(contractStateSchema).max(contractStates.length).optional(),
    waitsFor: z.enum(['us', 'creator', 'nobody']).optional(),
    inForce: z.boolean().optional(),
    query: z.string().max(120).optional().describe('Part of the creator’s name or of the title'),
  }),
  output: pageOf(contractSummarySchema).extend({
    total: z.number().int(),
    counts: z
      .partialRecord(contractStateSchema, z.number().int())
      .describe('Of the campaign, creator or workspace, whatever the filter'),
    inForce: z.number().int(),
    withoutContract: z
      .number()
      .int()
      .nullable()
      .describe('Creators on the campaign without a live contract; null without a campaign'),
  }),
});

export const getContract = endpoint({
  name: 'contracts.get',
  method: 'GET',
  path: '/contracts/:contractId',
  access: 'contracts:read',
  summary: 'One contract: terms, text, versions, signatures, what happened and what is owed',
  input: z.object({ contractId }),
  output: contractSchema,
});

export const createContracts = endpoint({
  name: 'contracts.create',
  method: 'POST',
  path: '/campaigns/:campaignId/contracts',
  access: 'contracts:write',
  summary: 'Draft contracts from a template, one for each creator; who has a live one keeps it',
  input: z.object({
    campaignId: z.string().min(1).max(60),
    templateId: z.string().min(1).max(60),
    enrolmentIds: z
      .array(z.string().min(1).max(60))
      .max(contractsBulkMax)
      .optional()
      .describe('All creators of the campaign without a contract when left out, at most 500'),
    title: name.optional(),
    terms: termsSchema
      .optional()
      .describe('The template’s own when left out; fee and deliverables come from the roster where it has them'),
    fees: z
      .array(z.object({ enrolmentId: z.string().min(1).max(60), fee: moneySchema }))
      .max(contractsBulkMax)
      .default([])
      .describe('Overrules the fee of single creators'),
  }),
  output: z.object({
    created: z.array(z.object({ contractId: z.string(), enrolmentId: z.string() })),
    unchanged: z.number().int().describe('Have a live contract already'),
    refused: z.array(z.object({ enrolmentId: z.string(), message: z.string() })),
  }),
});

export const saveContract = endpoint({
  name: 'contracts.save',
  method: 'PUT',
  path: '/contracts/:contractId',
  access: 'contracts:write',
  summary:
    'Change the draft; after an offer went out, or a version is in force, the change is the next version, as a draft',
  input: z.object({
    contractId,
    basedOn: version,
    seenAt: z.string().max(40).describe('`updatedAt` of the contract as the caller saw it'),
    title: name.optional(),
    jurisdiction: jurisdictionSchema.optional(),
    terms: termsSchema,
    clauses: z.array(contractClauseSchema).min(1).max(60),
    note: z.string().trim().max(2000).nullable().default(null),
  }),
  output: contractSchema,
});

export const previewContract = endpoint({
  name: 'contracts.preview',
  method: 'POST',
  path: '/contract-previews',
  access: 'contracts:read',
  summary: 'The text that terms and clauses make, and what is still to be filled in. Changes nothing',
  input: z.object({
    title: name.default('Agreement'),
    personName: z.string().max(200).default(''),
    jurisdiction: jurisdictionSchema,
    terms: termsSchema,
    clauses: z.array(contractClauseSchema).max(60),
  }),
  output: z.object({ sections: z.array(sectionSchema), gaps: z.array(z.string()) }),
});

export const sendContracts = endpoint({
  name: 'contracts.send',
  method: 'POST',
  path: '/contracts/send',
  access: 'contracts:write',
  summary: 'Offer drafts to their creators, by mail and in the portal; an offer lapses on its day',
  input: z.object({
    contractIds: z.array(contractId).min(1).max(contractsBulkMax),
    expiresOn: daySchema.describe('The last day to answer, in the workspace’s time zone'),
    message: z.string().trim().max(2000).default(''),
  }),
  output: z.object({
    sent: z.number().int(),
    mailed: z.number().int().describe('Mails that go out; the others have a link to copy'),
    withoutMail: z.array(z.object({ contractId: z.string(), name: z.string(), reason: z.string() })),
    refused: z.array(z.object({ contractId: z.string(), name: z.string(), message: z.string() })),
  }),
});

export const linkContract = endpoint({
  name: 'contracts.link',
  method: 'POST',
  path: '/contracts/:contractId/link',
  access: 'contracts:write',
  summary: 'A personal link for the creator to read, answer and sign the contract, to be sent by hand',
  input: z.object({ contractId }),
  output: z.object({ link: z.string(), days: z.number().int() }),
});

export const acceptCounter = endpoint({
  name: 'contracts.accept',
  method: 'POST',
  path: '/contracts/:contractId/accept',
  access: 'contracts:write',
  summary: 'Agree to the creator’s counter-offer; both sign it then',
  input: z.object({ contractId, version }),
  output: contractSchema,
});

export const declineCounter = endpoint({
  name: 'contracts.decline',
  method: 'POST',
  path: '/contracts/:contractId/decline',
  access: 'contracts:write',
  summary: 'Decline the creator’s counter-offer',
  input: z.object({ contractId, version, reason }),
  output: contractSchema,
});

export const withdrawContract = endpoint({
  name: 'contracts.withdraw',
  method: 'POST',
  path: '/contracts/:contractId/withdraw',
  access: 'contracts:write',
  summary: 'Take an offer back before both signed; what is in force stays so',
  input: z.object({ contractId, reason }),
  output: contractSchema,
});

/** How a person signs. Points of strokes lie between 0 and 1000; nothing of a picture comes from outside. */
export const signInput = {
  version,
  documentHash: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 of the document that was read, 64 hex digits'),
  name: z.string().trim().min(2, 'Your full name').max(120),
  role: z.string().trim().max(120).nullable().default(null),
  method: z.enum(['typed', 'drawn']),
  strokes: z
    .array(z.array(z.tuple([z.number().finite(), z.number().finite()])).max(2000))
    .max(200)
    .default([]),
  agrees: z.literal(true, 'Tick that you have read the document and sign it'),
};

export const signContract = endpoint({
  name: 'contracts.sign',
  method: 'POST',
  path: '/contracts/:contractId/sign',
  access: 'contracts:write',
  summary: 'Sign for the brand exactly the document whose hash is given; an outdated one is refused',
  input: z.object({ contractId, ...signInput }),
  output: contractSchema,
});

export const endContract = endpoint({
  name: 'contracts.end',
  method: 'POST',
  path: '/contracts/:contractId/end',
  access: 'contracts:write',
  summary: 'Record that a contract in force ended early, and why',
  input: z.object({ contractId, reason }),
  output: contractSchema,
});

export const getDocument = endpoint({
  name: 'contracts.document',
  method: 'GET',
  path: '/contracts/:contractId/document.pdf',
  access: 'contracts:read',
  transport: 'download',
  summary: 'The document of a version as both sides see and sign it; looking at it is kept in the trail',
  input: z.object({ contractId, version }),
});

export const readDocumentHash = endpoint({
  name: 'contracts.documentHash',
  method: 'GET',
  path: '/contracts/:contractId/document',
  access: 'contracts:read',
  summary: 'SHA-256 of the document of a version, and the words of consent to sign it',
  input: z.object({ contractId, version }),
  output: z.object({
    version: z.number().int(),
    hash: z.string(),
    bytes: z.number().int(),
    consent: z.string(),
    hasSeen: z.boolean(),
  }),
});

export const getSealed = endpoint({
  name: 'contracts.sealed',
  method: 'GET',
  path: '/contracts/:contractId/sealed.pdf',
  access: 'contracts:read',
  transport: 'download',
  summary: 'The signed document with its evidence page, sealed by a digital signature',
  input: z.object({ contractId, version }),
});

export const compareVersions = endpoint({
  name: 'contracts.compare',
  method: 'GET',
  path: '/contracts/:contractId/compare',
  access: 'contracts:read',
  summary: 'What changed between two versions, field by field and clause by clause',
  input: z.object({ contractId, from: version, to: version }),
  output: z.object({ from: z.number().int(), to: z.number().int(), changes: z.array(termsChangeSchema) }),
});
