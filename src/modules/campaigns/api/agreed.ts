import { z } from 'zod';
import { moneySchema } from '#kernel/money.ts';
import { deliverableStateSchema } from './content.ts';
import { planDay } from './day.ts';

const piece = z.object({ id: z.string(), title: z.string() });

/** What signed terms, or their end, made of a creator's fee and pieces on a campaign. */
export const agreedEffectSchema = z
  .object({
    fee: z.object({
      before: moneySchema.nullable().describe('On the campaign until then'),
      after: moneySchema.nullable(),
      signed: moneySchema.nullable().describe('By all contracts in force together; null where they name no fixed fee'),
      outcome: z
        .enum(['same', 'set', 'replaced', 'paid', 'other_currency', 'too_large', 'not_named'])
        .describe(
          'set: there was none; replaced: the signed one took its place; the others: it was left as it was, because it was paid, the contract is in another currency, or names no fee',
        ),
    }),
    created: z.array(piece.extend({ dueOn: planDay.nullable() })),
    moved: z.array(piece.extend({ from: planDay.nullable(), to: planDay.nullable() })).describe('Due on another day'),
    closed: z
      .array(piece.extend({ state: deliverableStateSchema.describe('Before it was closed') }))
      .describe('No longer owed'),
    kept: z
      .array(piece.extend({ state: deliverableStateSchema }))
      .describe('No longer owed either, but work on it has begun: a person decides'),
    isOffRoster: z.boolean().describe('The creator was taken off the campaign, so that nothing was planned'),
  })
  .meta({ id: 'AgreedEffect' });
export type AgreedEffect = z.infer<typeof agreedEffectSchema>;
