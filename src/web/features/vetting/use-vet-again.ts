import { runVetting } from '#modules/vetting/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan } from '#web/api/workspace-context.ts';

/** Computes the report anew after its data changed, where one may, and shows it. Without it the change is told in the background. */
export function useVetAgain(): (of: { personId: string; profileId: string }) => Promise<void> {
  const client = useClient();
  const invalidate = useInvalidate();
  const mayVet = useCan('vetting:write');
  return async (of) => {
    if (mayVet) await client.call(runVetting, of);
    await invalidate(['vetting', 'creators']);
  };
}
