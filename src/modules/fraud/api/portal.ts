import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { appealSchema, groupStateSchema } from './groups.ts';

export const portalHoldSchema = z
  .object({
    groupId: z.string(),
    title: z.string(),
    explains: z.string(),
    state: groupStateSchema,
    isHeld: z.boolean().describe('The credit waits until the brand decides'),
    orders: z.int(),
    amounts: z.array(moneySchema),
    openedAt: instantSchema,
    reason: z.string().nullable().describe('What the brand said when it decided'),
    appeals: z.array(appealSchema),
    canAppeal: z.boolean(),
  })
  .meta({ id: 'PortalHold' });
export type PortalHold = z.infer<typeof portalHoldSchema>;

export const listPortalHolds = endpoint({
  name: 'portal.holds',
  method: 'GET',
  path: '/portal/holds',
  access: 'portal',
  summary: 'Credit of mine that is held or was withdrawn, why, and what I said to it',
  output: z.object({ rows: z.array(portalHoldSchema) }),
});
export const appealPortalHold = endpoint({
  name: 'portal.appealHold',
  method: 'POST',
  path: '/portal/holds/:groupId/appeal',
  access: 'portal',
  summary: 'Say something against it; one statement at a time',
  input: z.object({ groupId: z.string(), says: z.string().trim().min(1).max(2000) }),
  output: portalHoldSchema,
});
