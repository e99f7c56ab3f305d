import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema } from '#kernel/time.ts';
import { signInput } from './contract-calls.ts';
import { contractStateSchema, sectionSchema, signatureSchema, termsChangeSchema } from './contracts.ts';
import { termsSchema } from './terms.ts';

/** A contract as its creator sees it: nothing about other creators, and nothing that the brand keeps for itself. */
export const portalContractSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    brandName: z.string(),
    campaignName: z.string(),
    state: contractStateSchema,
    waitsFor: z.enum(['brand', 'me', 'nobody']),
    version: z.number().int(),
    inForceVersion: z.number().int().nullable(),
    isAmendment: z.boolean(),
    expiresAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    note: z.string().nullable().describe('What the brand wrote to this version'),
    stateNote: z.string().nullable(),
    terms: termsSchema,
    sections: z.array(sectionSchema),
    changes: z.array(termsChangeSchema).describe('Against the version in force, else against the one before'),
    changesSince: z.number().int().nullable(),
    documentHash: z.string(),
    consent: z.string(),
    hasSeen: z.boolean(),
    mySignature: signatureSchema.pick({ name: true, at: true, method: true }).nullable(),
    brandSigned: z.boolean(),
    isSealed: z.boolean(),
    may: z.object({ sign: z.boolean(), accept: z.boolean(), counter: z.boolean(), decline: z.boolean() }),
    timeZone: z.string(),
  })
  .meta({ id: 'PortalContract' });
export type PortalContract = z.infer<typeof portalContractSchema>;

export const portalContractRowSchema = portalContractSchema
  .pick({
    id: true,
    title: true,
    brandName: true,
    campaignName: true,
    state: true,
    waitsFor: true,
    inForceVersion: true,
    expiresAt: true,
    isSealed: true,
    isAmendment: true,
  })
  .extend({ sealedVersion: z.number().int().nullable() });
export type PortalContractRow = z.infer<typeof portalContractRowSchema>;

const contractId = z.string().min(1).max(60);
const { version } = signInput;

export const listPortalContracts = endpoint({
  name: 'portalContracts.list',
  method: 'GET',
  path: '/portal/contracts',
  access: 'portal',
  summary: 'My contracts, newest first, at most 200',
  output: z.array(portalContractRowSchema),
});

export const getPortalContract = endpoint({
  name: 'portalContracts.get',
  method: 'GET',
  path: '/portal/contracts/:contractId',
  access: 'portal',
  summary: 'One of my contracts with its text and what I can do',
  input: z.object({ contractId }),
  output: portalContractSchema,
});

export const getPortalDocument = endpoint({
  name: 'portalContracts.document',
  method: 'GET',
  path: '/portal/contracts/:contractId/document.pdf',
  access: 'portal',
  transport: 'download',
  summary: 'The document that I sign, byte for byte',
  input: z.object({ contractId, version }),
});

export const getPortalSealed = endpoint({
  name: 'portalContracts.sealed',
  method: 'GET',
  path: '/portal/contracts/:contractId/sealed.pdf',
  access: 'portal',
  transport: 'download',
  summary: 'The contract we both signed, sealed, with its evidence page',
  input: z.object({ contractId, version }),
});

export const acceptPortalContract = endpoint({
  name: 'portalContracts.accept',
  method: 'POST',
  path: '/portal/contracts/:contractId/accept',
  access: 'portal',
  summary: 'Agree to the terms; signing comes next',
  input: z.object({ contractId, version }),
  output: portalContractSchema,
});

export const counterPortalContract = endpoint({
  name: 'portalContracts.counter',
  method: 'POST',
  path: '/portal/contracts/:contractId/counter',
  access: 'portal',
  summary: 'Propose other terms, open until a day of my choice',
  input: z.object({
    contractId,
    version,
    terms: termsSchema,
    note: z.string().trim().max(2000).default(''),
    expiresOn: daySchema,
  }),
  output: portalContractSchema,
});

export const declinePortalContract = endpoint({
  name: 'portalContracts.decline',
  method: 'POST',
  path: '/portal/contracts/:contractId/decline',
  access: 'portal',
  summary: 'Decline the offer',
  input: z.object({ contractId, version, reason: z.string().trim().max(1000).default('') }),
  output: portalContractSchema,
});

export const signPortalContract = endpoint({
  name: 'portalContracts.sign',
  method: 'POST',
  path: '/portal/contracts/:contractId/sign',
  access: 'portal',
  summary: 'Sign exactly the document whose hash is given',
  input: z.object({ contractId, ...signInput }),
  output: portalContractSchema,
});
