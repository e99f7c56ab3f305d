/** A group of findings was opened, or opened again. */
export const fraudFlagged = 'fraud.flagged';
/** A group was decided, expired or lapsed. */
export const fraudResolved = 'fraud.resolved';

/** What both events carry. */
export interface FraudPayload {
  groupId: string;
  rule: string;
  severity: string;
  state: string;
  /** Null when it speaks against nobody. */
  personId: string | null;
  codeId: string | null;
  reason: string | null;
  actorName: string | null;
}
