import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsChanged, creatorsRemoved, personIdsPayload } from '#modules/creators/index.ts';
import type { IndexHost } from './index-host.ts';
import { lookForMatches } from './look-for-matches.ts';
import { forgetPersons, selectAlerts } from './queries/search-matches.ts';

const oneJob = 'discovery.look-for-matches';
const allJob = 'discovery.look-for-all-matches';

/** Looks for new matches soon after creators changed, and of every search four times an hour, for what time alone changes. */
export function defineAlertJobs(infra: Infra, host: IndexHost): void {
  infra.jobs.define({
    name: oneJob,
    payload: z.object({ workspaceId: z.string() }),
    retriesMax: 2,
    timeoutSeconds: 600,
    handle: ({ workspaceId }, signal) => lookInAll(infra, host, { workspaceId, signal }),
  });
  infra.jobs.define({
    name: allJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 800,
    cron: '*/15 * * * *',
    handle: (_, signal) => lookInAll(infra, host, { workspaceId: null, signal }),
  });
}

/** Looks for new matches of all searches with alerts, of one workspace or of all. */
export async function lookInAll(
  infra: Infra,
  host: IndexHost,
  of: { workspaceId: string | null; signal: AbortSignal },
): Promise<void> {
  for (const alert of await infra.db.asSystem((tx) => selectAlerts(tx, of.workspaceId))) {
    if (of.signal.aborted) return;
    await lookForMatches(infra, host, alert);
  }
}

/** Enqueues a look after changes; forgets matches of creators that are gone. */
export function followForAlerts(infra: Infra): Consumer {
  return {
    name: 'discovery.alerts',
    events: [creatorsChanged, creatorsRemoved],
    handle: async (events) => {
      for (const event of events) {
        if (event.name !== creatorsRemoved) continue;
        const { personIds } = personIdsPayload.parse(event.payload);
        await infra.db.inWorkspace(event.workspaceId, (tx) => forgetPersons(tx, event.workspaceId, personIds));
      }
      for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
        const alerts = await infra.db.asSystem((tx) => selectAlerts(tx, workspaceId));
        if (alerts.length > 0) await infra.jobs.enqueue(oneJob, { workspaceId }, workspaceId);
      }
    },
  };
}
