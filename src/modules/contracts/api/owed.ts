import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';
import { obligationSchema, payoutLineSchema } from './contracts.ts';

const contractId = z.string().min(1).max(60);

export const listObligationsEndpoint = endpoint({
  name: 'contracts.obligations',
  method: 'GET',
  path: '/contract-obligations',
  access: 'contracts:read',
  summary: 'What is owed by the contracts in force, by day; what has no day yet comes last',
  input: z.object({
    campaignId: z.string().max(60).optional(),
    personId: z.string().max(60).optional(),
    from: daySchema.optional(),
    until: daySchema.optional(),
    open: z.boolean().default(false).describe('Only what is not met'),
  }),
  output: z.array(obligationSchema),
});

export const checkPayout = endpoint({
  name: 'contracts.payout',
  method: 'POST',
  path: '/contracts/:contractId/payout-check',
  access: 'contracts:read',
  summary: 'What the terms pay for given results, and what exceeds their caps. Moves no money',
  input: z.object({
    contractId,
    results: z
      .array(
        z.object({
          payout: z.number().int().min(0).max(19).describe('Place of the payout in the terms, from 0'),
          count: z.number().int().min(0).max(1_000_000_000),
          value: moneySchema.nullable().default(null).describe('Net order value, for payouts by share'),
        }),
      )
      .min(1)
      .max(20),
  }),
  output: z.array(payoutLineSchema),
});
