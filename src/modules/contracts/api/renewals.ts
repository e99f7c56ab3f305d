import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';

const contractId = z.string().min(1).max(60);
const renewalsMax = 500;

/** Days before its last one on which a contract begins to be listed as running out. */
export const runningOutDays = 30;

export const runningOutSchema = z
  .object({
    contractId: z.string(),
    title: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    endsOn: daySchema.describe('The last day it holds'),
    days: z.number().int().describe('Days left, today not counted'),
    renewal: z
      .object({ contractId: z.string(), state: z.string(), isSigned: z.boolean() })
      .nullable()
      .describe('The contract that is to follow; null when none was drafted'),
  })
  .meta({ id: 'ContractRunningOut' });
export type RunningOut = z.infer<typeof runningOutSchema>;

export const listRunningOut = endpoint({
  name: 'contracts.runningOut',
  method: 'GET',
  path: '/contracts-running-out',
  access: 'contracts:read',
  summary: 'Contracts in force whose last day is near, with what became of their renewal',
  input: z.object({
    campaignId: z.string().max(60).optional(),
    days: z.number().int().min(1).max(366).default(runningOutDays).describe('How far to look ahead'),
  }),
  output: z.array(runningOutSchema),
});

export const renewContracts = endpoint({
  name: 'contracts.renew',
  method: 'POST',
  path: '/contract-renewals',
  access: 'contracts:write',
  summary: 'Draft what follows contracts in force, from the day after their last one; both sides agree to it as usual',
  input: z.object({
    contractIds: z.array(contractId).min(1).max(renewalsMax),
    months: z
      .number()
      .int()
      .min(1)
      .max(60)
      .optional()
      .describe('How long the new term is; as long as the old one when left out'),
    fee: moneySchema.nullable().optional().describe('For all of them; as before when left out, none when null'),
    fees: z
      .array(z.object({ contractId, fee: moneySchema }))
      .max(renewalsMax)
      .default([])
      .describe('Overrules the fee of single ones'),
  }),
  output: z.object({
    created: z.array(
      z.object({
        contractId: z.string(),
        renewsId: z.string(),
        enrolmentId: z.string(),
        startsOn: z.string(),
        endsOn: z.string(),
      }),
    ),
    unchanged: z.number().int().describe('Have a renewal in hand already'),
    refused: z.array(z.object({ contractId: z.string(), name: z.string(), message: z.string() })),
  }),
});
