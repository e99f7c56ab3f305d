import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { agreedEffectSchema } from '#modules/campaigns/api.ts';

/** What came of a signed version, or of the contract's end, on its campaign. */
export const contractEffectSchema = z
  .object({
    key: z.string().describe('`v3` for the third version, `ended` for the end of the contract'),
    effect: agreedEffectSchema,
    remarks: z
      .array(z.object({ text: z.string(), needsLook: z.boolean() }))
      .describe('The same in words; those that need a look are for a person to decide'),
    needsLook: z.boolean(),
    seenBy: z.string().nullable().describe('Who looked at it'),
    seenAt: z.string().nullable(),
    at: z.string(),
  })
  .meta({ id: 'ContractEffect' });
export type ContractEffect = z.infer<typeof contractEffectSchema>;

const contractId = z.string().min(1).max(60);

export const listContractEffects = endpoint({
  name: 'contracts.effects',
  method: 'GET',
  path: '/contracts/:contractId/effects',
  access: 'contracts:read',
  summary: 'What signing each version, or ending the contract, changed on its campaign, newest first',
  input: z.object({ contractId }),
  output: z.array(contractEffectSchema),
});

export const seeContractEffect = endpoint({
  name: 'contracts.seeEffect',
  method: 'POST',
  path: '/contracts/:contractId/effects/:key/seen',
  access: 'contracts:write',
  summary: 'Say that what a person had to look at was looked at; again changes nothing',
  input: z.object({ contractId, key: z.string().min(1).max(20) }),
  output: z.array(contractEffectSchema),
});
