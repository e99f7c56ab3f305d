import { z } from 'zod';

/** How a goal stands changed since it was looked at last: once a change, looked at every morning. */
export const goalEvents = {
  behind: 'goal.behind',
  on_pace: 'goal.on_pace',
  met: 'goal.met',
  missed: 'goal.missed',
} as const;
export const goalEventPayload = z.object({
  campaignId: z.string(),
  goalId: z.string(),
  metric: z.string(),
  label: z.string(),
  was: z.string().optional().describe('How it stood before; absent the first time'),
});
