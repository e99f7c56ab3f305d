import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import { newId } from '#kernel/id.ts';
import { runDueJob } from './jobs.ts';
import { selectListening } from './queries/automations.ts';
import { type Happening, insertHappenings } from './queries/events.ts';
import { insertRuns, type NewRun } from './queries/runs.ts';
import { actorNameOf } from './rules/actor-name.ts';
import { subjectOf } from './rules/facts.ts';
import { triggerEvents } from './rules/triggers.ts';

const minuteMs = 60_000;

/** Notes what happened, and a run of each automation that waits for it: one an automation and event for ever. */
export function followEvents(infra: Infra): Consumer {
  return {
    name: 'automations.follow',
    events: triggerEvents,
    handle: async (events) => {
      for (const [workspaceId, some] of byWorkspace(events, infra.clock.now())) {
        const started = await infra.db.inWorkspace(workspaceId, async (tx) => {
          await insertHappenings(tx, workspaceId, some);
          const listening = await selectListening(tx, workspaceId, [...new Set(some.map((one) => one.name))]);
          const runs = some.flatMap((happening) =>
            listening
              // What an automation did itself never starts it.
              .filter((one) => one.trigger === happening.name && happening.payload.actorName !== actorNameOf(one.name))
              .map(
                (one): NewRun => ({
                  id: newId('automationRun', infra.clock.now().getTime()),
                  automationId: one.id,
                  version: one.version,
                  eventId: happening.id,
                  eventName: happening.name,
                  payload: happening.payload,
                  happenedAt: happening.at,
                  subject: subjectOf(happening.payload),
                  dueAt: new Date(happening.at.getTime() + one.waitMinutes * minuteMs),
                }),
              ),
          );
          if (runs.length > 0) await insertRuns(tx, workspaceId, runs);
          return runs.length;
        });
        if (started > 0) await infra.jobs.enqueue(runDueJob, {}, 'due');
      }
    },
  };
}

/** What is heard of counts as happening now, by the clock waits are measured with. */
function byWorkspace(events: readonly OutboxEvent[], at: Date): Map<string, Happening[]> {
  const found = new Map<string, Happening[]>();
  for (const { workspaceId, id, name, payload } of events) {
    const some = found.get(workspaceId) ?? [];
    some.push({ id, name, payload: textsOf(payload), at });
    found.set(workspaceId, some);
  }
  return found;
}

/** Events carry texts by name; anything else is none of an automation's business. */
function textsOf(payload: unknown): Record<string, string> {
  if (typeof payload !== 'object' || payload === null) return {};
  return Object.fromEntries(
    Object.entries(payload).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
