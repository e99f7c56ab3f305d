import { z } from 'zod';

/** What was published or handed in was looked at, and the sight kept: `disclosure.passed` or `disclosure.failed` (a warning counts as failed). */
export const disclosureEvents = { passed: 'disclosure.passed', failed: 'disclosure.failed' } as const;
export const disclosureEventPayload = z.object({
  evidenceId: z.string(),
  verdict: z.string(),
  campaignId: z.string().optional(),
  personId: z.string().optional(),
  subjectKind: z.string().optional(),
  subjectId: z.string().optional(),
  actorName: z.string(),
});
