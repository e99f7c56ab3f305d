import type { BulkOutcome } from '#modules/seeding/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';

/** Says of a bulk action what was done and, of what was not, why. */
export function sayOutcome(outcome: BulkOutcome, done: string): void {
  const [first] = outcome.refused;
  if (first === undefined) sayDone(outcome.done === 0 ? 'All of them were so already' : done);
  else
    sayFailed(
      `${formatCount(outcome.refused.length)} not done${outcome.done > 0 ? `, ${formatCount(outcome.done)} done` : ''}`,
      new Error(`${first.who}: ${first.message}`),
    );
}
