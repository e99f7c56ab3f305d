import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { planDay } from './day.ts';
import { enrolmentSchema } from './roster.ts';

export const feeChoices = ['both', 'kept', 'joined'] as const;

export const enrolmentJoinSchema = z
  .object({
    joinedEnrolmentId: z.string(),
    joinedPersonId: z.string().describe('The creator who was merged into the one on this campaign'),
    joinedAt: z.string(),
    fee: moneySchema
      .nullable()
      .describe('What the joined entry still holds: a fee that waits for a decision, or one that was paid apart'),
    feePaidOn: planDay.nullable(),
    question: z
      .enum(['none', 'open', 'decided'])
      .describe('open: both entries had a fee and not both were agreed, so somebody decides what holds'),
    choice: z.enum(feeChoices).nullable(),
    reason: z.string().nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({
    id: 'EnrolmentJoin',
    description: 'An entry of the same creator on the same campaign, brought together by a merge',
  });
export type EnrolmentJoin = z.infer<typeof enrolmentJoinSchema>;

const enrolmentId = z.string().min(1).max(60);

export const listEnrolmentJoins = endpoint({
  name: 'roster.joins',
  method: 'GET',
  path: '/enrolments/:enrolmentId/joins',
  access: 'campaigns:read',
  summary: 'Entries that were brought together with this one when two creators were merged, the oldest first',
  input: z.object({ enrolmentId }),
  output: z.array(enrolmentJoinSchema),
});

export const decideJoinedFee = endpoint({
  name: 'roster.decideJoinedFee',
  method: 'POST',
  path: '/enrolments/:enrolmentId/joined-fee',
  access: 'campaigns:write',
  summary: 'Say which fee holds after two entries of one creator were brought together',
  input: z.object({
    enrolmentId,
    joinedEnrolmentId: enrolmentId,
    choice: z
      .enum(feeChoices)
      .describe('both: they add up (a paid one stays apart); kept: the one of this entry; joined: the other one'),
    reason: z.string().trim().min(1).max(300).describe('Stays in the history'),
  }),
  output: enrolmentSchema,
});
