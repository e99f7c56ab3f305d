import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { type ConnectionPlatform, connectionPlatformSchema } from '../api.ts';
import { selectIdleConnections } from '../queries/connection-tasks.ts';
import type { Connector } from './port.ts';
import { type RunWhat, runConnection } from './run-connection.ts';
import { askForStale, askForStories } from './sync-connection.ts';

// A queue a platform: one that is slow to answer keeps no other from being read.
const runJob = (platform: ConnectionPlatform) => `creators.connection-${platform}`;
const wakeJob = 'creators.wake-connections';
const scheduleJob = 'creators.refresh-stale';
const storiesJob = 'creators.read-stories';

const runPayload = z.object({ workspaceId: z.string(), platform: connectionPlatformSchema });

/** Puts a run into the queue; several do no harm, since a connection has one runner at a time. */
export async function enqueueConnection(infra: Infra, what: RunWhat): Promise<void> {
  const { workspaceId, platform } = what;
  const key = `${workspaceId}:${platform}:${infra.clock.now().getTime()}`;
  await infra.jobs.enqueue(runJob(platform), { workspaceId, platform }, key);
}

/** Reading from platforms in the background: the run of one connection, its waking after a wait or a crash, and the schedule. */
export function defineConnectionJobs(infra: Infra, connectors: readonly Connector[]): void {
  for (const { platform } of connectors) {
    infra.jobs.define({
      name: runJob(platform),
      payload: runPayload,
      retriesMax: 0,
      timeoutSeconds: 300,
      handle: async (payload, signal) => {
        const { steps } = await runConnection(infra, connectors, { ...payload, signal });
        infra.log.debug({ ...payload, steps }, 'a connection ran');
      },
    });
  }
  const wake = async () => {
    for (const idle of await infra.db.asSystem((tx) => selectIdleConnections(tx, infra.clock.now())))
      await enqueueConnection(infra, idle);
  };
  infra.jobs.define({
    name: wakeJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 60,
    cron: '* * * * *',
    handle: wake,
  });
  infra.jobs.define({
    name: scheduleJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 600,
    cron: '23 * * * *',
    handle: () => askForStale(infra, connectors, (what) => enqueueConnection(infra, what)),
  });
  infra.jobs.define({
    name: storiesJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 600,
    cron: '41 * * * *',
    handle: () => askForStories(infra, connectors, (what) => enqueueConnection(infra, what)),
  });
}
