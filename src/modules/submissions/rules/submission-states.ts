import type { SubmissionState } from '../api.ts';

/** What happens to a draft. */
export const draftSteps = [
  'start',
  'submit',
  'withdraw',
  'request_changes',
  'approve',
  'schedule',
  'unschedule',
  'go_live',
  'verify',
  'unverify',
] as const;
export type DraftStep = (typeof draftSteps)[number];

/**
 * Where each step leads. A post may go live at any time, approved or not: that it was is a fact, and the check of the post says that nobody
 * approved it. Nothing leads back from live to a draft.
 */
const table: Record<SubmissionState, Partial<Record<DraftStep, SubmissionState>>> = {
  draft: { start: 'draft', submit: 'pending_approval', go_live: 'live' },
  pending_approval: {
    withdraw: 'withdrawn',
    request_changes: 'changes_requested',
    approve: 'approved',
    go_live: 'live',
  },
  changes_requested: { start: 'draft', go_live: 'live' },
  approved: { request_changes: 'changes_requested', schedule: 'scheduled', unschedule: 'approved', go_live: 'live' },
  scheduled: {
    request_changes: 'changes_requested',
    schedule: 'scheduled',
    unschedule: 'approved',
    go_live: 'live',
  },
  live: { go_live: 'live', verify: 'verified', unverify: 'live' },
  verified: { go_live: 'live', verify: 'verified', unverify: 'live' },
  withdrawn: { start: 'draft', go_live: 'live' },
};

/** The state after a step; null when the step is not allowed from here. */
export function stateAfter(state: SubmissionState, step: DraftStep): SubmissionState | null {
  return table[state][step] ?? null;
}

export const stateWords: Record<SubmissionState, string> = {
  draft: 'a draft that was not handed in',
  pending_approval: 'waiting for approval',
  changes_requested: 'back with the creator for changes',
  approved: 'approved',
  scheduled: 'approved and scheduled',
  live: 'live',
  verified: 'live and verified',
  withdrawn: 'withdrawn',
};
