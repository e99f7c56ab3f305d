import type { ReviewRole } from '../api.ts';

export interface RoleDecision {
  role: ReviewRole;
  decision: 'approved' | 'changes_requested';
}

export interface ReviewOutcome {
  /** Required roles that have not approved. */
  missing: ReviewRole[];
  /** Required roles whose newest word is that something should change. */
  objecting: ReviewRole[];
  isApproved: boolean;
}

/** What the decisions on a round, oldest first, come to: the newest of each role counts, and every required role has to approve. */
export function reviewOutcome(required: readonly ReviewRole[], decisions: readonly RoleDecision[]): ReviewOutcome {
  const newest = new Map(decisions.map((one) => [one.role, one.decision]));
  const missing = required.filter((role) => newest.get(role) !== 'approved');
  const objecting = required.filter((role) => newest.get(role) === 'changes_requested');
  return { missing, objecting, isApproved: missing.length === 0 };
}

export interface RoundLimit {
  used: number;
  max: number | null;
  source: 'contract' | 'campaign' | 'none';
}

/** How many rounds of changes were asked for and how many are agreed. The contract stands over the campaign. */
export function roundLimit(of: {
  outcomes: readonly string[];
  contractMax: number | null;
  campaignMax: number | null;
}): RoundLimit {
  const used = of.outcomes.filter((outcome) => outcome === 'changes_requested').length;
  if (of.contractMax !== null) return { used, max: of.contractMax, source: 'contract' };
  if (of.campaignMax !== null) return { used, max: of.campaignMax, source: 'campaign' };
  return { used, max: null, source: 'none' };
}
