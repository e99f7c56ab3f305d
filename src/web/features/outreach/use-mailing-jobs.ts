import { cancelMailing, listMailings } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { RunningJob } from '#web/shell/feature.ts';

const everyMs = 30_000;
const jobsMax = 5;

/** Mailings whose first mails are still going out. */
export function useMailingJobs(): RunningJob[] {
  const canRead = useCan('outreach:read');
  const canWrite = useCan('outreach:write');
  const mailings = useApiQuery(listMailings, { limit: 20 }, { enabled: canRead, refetchInterval: everyMs });
  const cancel = useApiMutation(cancelMailing, { invalidate: ['mailings', 'sequences'] });
  return (mailings.data?.rows ?? [])
    .filter((mailing) => mailing.state === 'running' && mailing.begun < mailing.creators && mailing.creators > 1)
    .slice(0, jobsMax)
    .map((mailing) => ({
      id: mailing.id,
      label: `Writing to ${mailing.creators} creators: ${mailing.name}`,
      percent: Math.round((100 * mailing.begun) / mailing.creators),
      ...(canWrite ? { cancel: () => cancel.mutate({ mailingId: mailing.id }) } : {}),
    }));
}
