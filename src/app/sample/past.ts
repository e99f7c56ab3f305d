import { type Client, createClient } from '#client/client.ts';
import type { Clock } from '#infra/clock.ts';
import { createOutbox } from '#infra/outbox/outbox.ts';
import { createApiApp } from '../api.ts';
import type { Core } from '../core.ts';
import { wire } from '../wiring.ts';

export interface Past {
  client: Client;
  /** From now on the calls happen at this moment. */
  goTo(at: Date): void;
}

/**
 * The same program with a clock that can be set, so that the sample comes about by the calls a person would have made, on the days
 * they would have made them. Its events reach the running consumers through the database; it starts nothing of its own.
 */
export function openPast(core: Core, workspaceSlug: string): Past {
  let now = core.infra.clock.now();
  const clock: Clock = { now: () => now };
  const outbox = createOutbox(core.infra.db, clock, core.infra.log);
  // The running program does the jobs; here they are only asked for.
  const jobs = { ...core.infra.jobs, define: () => undefined };
  const infra = { ...core.infra, clock, outbox, jobs };
  const app = createApiApp({ ...core, infra, modules: wire(infra) });
  const client = createClient({
    baseUrl: infra.config.publicUrl,
    fetch: (request) => Promise.resolve(app.fetch(request)),
    apiKey: infra.localToken,
    workspace: () => workspaceSlug,
  });
  return {
    client,
    goTo: (at) => {
      now = at;
    },
  };
}
