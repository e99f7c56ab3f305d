import { Button } from '@mantine/core';
import { startRun } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';

const atOnceMax = 10_000;

type Props = { of: { personIds: readonly string[] } | { listId: string; members: number }; onStarted?: () => void };

/** Vets chosen creators, or a whole list, in the background; how far it is stands in the bar at the top, where it can be stopped. */
export function VetButton({ of, onStarted }: Props) {
  const mayVet = useCan('vetting:write');
  const count = 'personIds' in of ? of.personIds.length : of.members;
  const start = useApiMutation(startRun, {
    invalidate: ['vettingRuns'],
    onSuccess: (run) => {
      sayDone(`Vetting ${formatPlural(run.total, 'creator')} in the background`);
      onStarted?.();
    },
    onError: (error) => sayFailed('Not started', error),
  });
  if (!mayVet) return null;
  return (
    <Button
      loading={start.isPending}
      disabled={count === 0 || count > atOnceMax}
      title={count > atOnceMax ? `At most ${formatPlural(atOnceMax, 'creator')} at once` : undefined}
      onClick={() => start.mutate('personIds' in of ? { personIds: [...of.personIds] } : { listId: of.listId })}
    >
      {'personIds' in of ? 'Vet' : 'Vet all'}
    </Button>
  );
}
