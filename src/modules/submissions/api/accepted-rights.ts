import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { rightsChannelSchema } from '#modules/contracts/api.ts';

const campaignId = z.string().min(1).max(60);

export const rightsWordingInput = z.object({
  text: z
    .string()
    .trim()
    .max(4000)
    .describe('What the creator agrees to, in your words; empty asks for nothing any more'),
  channels: z.array(rightsChannelSchema).min(1).max(8),
  isPaid: z.boolean().describe('Paid advertising too'),
  territory: z.string().trim().min(1).max(120).default('worldwide'),
  days: z.number().int().min(1).max(3650).nullable().describe('From the day it is accepted; null: without end'),
});

export const rightsWordingSchema = rightsWordingInput
  .extend({
    version: z.number().int().min(1),
    shown: z.string().describe('As the creator reads it: the words and what they come to'),
    textHash: z.string().describe('SHA-256 of what is shown, hex'),
    savedBy: z.string(),
    savedAt: z.string(),
  })
  .meta({ id: 'RightsWording' });
export type RightsWording = z.infer<typeof rightsWordingSchema>;

export const getRightsWording = endpoint({
  name: 'rightsWording.get',
  method: 'GET',
  path: '/campaigns/:campaignId/rights-wording',
  access: 'content:read',
  summary: 'Which rights creators without a contract accept by handing in a draft; null while none was ever asked for',
  input: z.object({ campaignId }),
  output: rightsWordingSchema.nullable(),
});

export const putRightsWording = endpoint({
  name: 'rightsWording.put',
  method: 'PUT',
  path: '/campaigns/:campaignId/rights-wording',
  access: 'content:write',
  summary: 'Save a new version of it; what was accepted before stays as it was accepted',
  input: rightsWordingInput.extend({ campaignId }),
  output: rightsWordingSchema,
});

export const listRightsAcceptances = endpoint({
  name: 'rightsWording.acceptances',
  method: 'GET',
  path: '/campaigns/:campaignId/rights-acceptances',
  access: 'content:read',
  summary: 'Who accepted which version, for which piece, when and from where; newest first, at most 500',
  input: z.object({ campaignId }),
  output: z.array(
    z.object({
      id: z.string(),
      deliverableId: z.string(),
      round: z.number().int(),
      personId: z.string(),
      name: z.string(),
      version: z.number().int(),
      shown: z.string(),
      textHash: z.string(),
      address: z.string(),
      userAgent: z.string(),
      acceptedAt: z.string(),
    }),
  ),
});
