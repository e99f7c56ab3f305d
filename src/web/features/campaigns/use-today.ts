import { dayIn } from '#kernel/time.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';

/** Today's calendar day in the workspace's time zone. */
export function useToday(): string {
  const { timeZone } = useWorkspace();
  return dayIn(timeZone, new Date());
}
