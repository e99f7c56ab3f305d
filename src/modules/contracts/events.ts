import { z } from 'zod';

/** Steps of a contract that a manager cares for; each carries `contractEventPayload`. */
export const contractSent = 'contract.sent';
export const contractCountered = 'contract.countered';
export const contractAccepted = 'contract.accepted';
export const contractDeclined = 'contract.declined';
export const contractWithdrawn = 'contract.withdrawn';
/** An offer that nobody answered in time. */
export const contractExpired = 'contract.expired';
/** An offer lapses in three days. */
export const contractExpiring = 'contract.expiring';
/** One side signed; the other one has not yet. */
export const contractPartySigned = 'contract.party_signed';
/** Both signed: the version is in force. */
export const contractSigned = 'contract.signed';
export const contractEnded = 'contract.ended';
/** A contract in force has thirty days left. */
export const contractRunningOut = 'contract.running_out';
/** The last day of a contract is over, and nothing follows it. */
export const contractRanOut = 'contract.ran_out';
/** The last day of a contract is over, and its signed renewal holds from now on; told of the renewal. */
export const contractRenewed = 'contract.renewed';
/** A contract came to another entry of its creator on the campaign, or back. */
export const contractMoved = 'contract.moved';
/** Something owed by contract is due today. */
export const contractObligationDue = 'contract.obligation_due';

export const contractEventPayload = z.object({
  contractId: z.string(),
  campaignId: z.string(),
  enrolmentId: z.string(),
  personId: z.string(),
  actorName: z.string(),
  version: z.string(),
  side: z.enum(['brand', 'creator', 'system']),
  /** Of `contract.obligation_due`: what is due, in words. */
  what: z.string().optional(),
});
export type ContractEventPayload = z.infer<typeof contractEventPayload>;
