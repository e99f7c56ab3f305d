import { randomUUID } from 'node:crypto';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import type { ConnectionPlatform } from '../api.ts';
import { keepPictures } from '../media/keep-pictures.ts';
import { type StoredTask, saveTask, selectDueTask } from '../queries/connection-tasks.ts';
import { findConnection, holdConnection, releaseConnection, setConnectionState } from '../queries/connections.ts';
import { retryDelayMs } from '../rules/retry-delay.ts';
import { openAccess, openCredentials } from './open-access.ts';
import { type Connector, ConnectorFault } from './port.ts';
import { writeStep } from './write-step.ts';

const leaseSeconds = 30;
const heartbeatMs = 10_000;
/** One run ends after so many steps or so long; the next one goes on, and others get their turn between. */
const stepsMax = 2_000;
const runMsMax = 60_000;
const attemptsMax = 6;
const backOff = { firstMs: 15_000, maxMs: 3_600_000 };

export interface RunWhat {
  workspaceId: string;
  platform: ConnectionPlatform;
}

/**
 * Works off what is due of one connection, step by step, until nothing is, the platform says not now, or the run's bounds are met. One process at
 * a time; the lease of a process that died runs out, and the next goes on from the last committed cursor.
 */
export async function runConnection(
  infra: Infra,
  connectors: readonly Connector[],
  what: RunWhat & { signal: AbortSignal },
): Promise<{ steps: number }> {
  const connector = connectors.find((one) => one.platform === what.platform);
  if (connector === undefined) return { steps: 0 };
  const runner = randomUUID();
  const hold = () =>
    infra.db.inWorkspace(what.workspaceId, (tx) =>
      holdConnection(tx, what.workspaceId, { ...what, runner, now: infra.clock.now(), leaseSeconds }),
    );
  if (!(await hold())) return { steps: 0 };
  const heart = setInterval(() => void hold().catch(() => undefined), heartbeatMs);
  const startedMs = performance.now();
  let steps = 0;
  try {
    while (steps < stepsMax && performance.now() - startedMs < runMsMax && !what.signal.aborted) {
      if (!(await runStep(infra, connector, what))) break;
      steps += 1;
    }
  } finally {
    clearInterval(heart);
    await infra.db
      .inWorkspace(what.workspaceId, (tx) => releaseConnection(tx, what.workspaceId, { ...what, runner }))
      .catch(() => undefined);
  }
  return { steps };
}

/** Does one step of the next due task; false when there is none, or none may be done now. */
async function runStep(infra: Infra, connector: Connector, what: RunWhat & { signal: AbortSignal }): Promise<boolean> {
  const { workspaceId, platform } = what;
  const now = infra.clock.now();
  const { stored, task } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    stored: await findConnection(tx, workspaceId, platform),
    task: await selectDueTask(tx, workspaceId, { platform, now }),
  }));
  if (stored === null || task === null || stored.state === 'failing') return false;
  if (stored.waitUntil !== null && stored.waitUntil > now) return false;
  try {
    const credentials = openCredentials(infra, what, stored.credentials);
    const from = { workspaceId, signal: what.signal, stored: { settings: stored.settings, credentials } };
    const step = await connector.step(openAccess(infra, connector, from), task);
    const isWritten = await writeStep(infra, { workspaceId, connector, task, observedAt: now }, step);
    if (isWritten)
      await keepPictures(infra, { workspaceId, platform, source: connector.source, pictures: step.pictures });
    return true;
  } catch (error) {
    if (what.signal.aborted) return false;
    const fault = asFault(error);
    if (fault === null) throw error;
    return meetFault(infra, { workspaceId, platform, task, name: connector.source }, fault);
  }
}

/** Faults of the network count as the platform being away; faults of ours stay what they are. */
function asFault(error: unknown): ConnectorFault | null {
  if (error instanceof ConnectorFault) return error;
  if (!(error instanceof AppError) || !error.code.startsWith('fetch.')) return null;
  return new ConnectorFault(error.kind === 'unavailable' ? 'unavailable' : 'malformed', error.message);
}

/** Keeps what went wrong where a person finds it. True when other tasks may go on. */
async function meetFault(
  infra: Infra,
  of: RunWhat & { task: StoredTask; name: string },
  fault: ConnectorFault,
): Promise<boolean> {
  const { workspaceId, platform, task } = of;
  const now = infra.clock.now();
  const { message } = fault;
  infra.log.info({ workspaceId, platform, kind: fault.kind, target: task.target }, 'a platform was not read');
  const place = {
    platform,
    kind: task.kind,
    target: task.target,
    cursorBefore: task.cursor,
    missing: task.missing,
    counts: task.counts,
  };
  const later = (retryAt: Date, attempts: number) => ({
    ...place,
    state: 'waiting' as const,
    cursor: task.cursor,
    dueAt: retryAt,
    attempts,
    message,
    finishedAt: null,
  });
  const wait = new Date(now.getTime() + retryDelayMs(task.attempts, Math.random(), backOff));
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const stop = (state: 'waiting' | 'failing', waitUntil: Date | null) =>
      setConnectionState(tx, workspaceId, { platform, state, message, waitUntil, now });
    switch (fault.kind) {
      case 'credentials':
        await stop('failing', null);
        return false;
      case 'quota':
      case 'rate_limited': {
        const retryAt = fault.retryAt ?? wait;
        await saveTask(tx, workspaceId, later(retryAt, fault.retryAt === null ? task.attempts + 1 : task.attempts));
        // A hashtag that has to wait keeps nothing else from being read.
        if (task.kind === 'hashtag' && fault.kind === 'quota') return true;
        await stop('waiting', retryAt);
        return false;
      }
      case 'unavailable': {
        if (task.attempts + 1 < attemptsMax) {
          await saveTask(tx, workspaceId, later(wait, task.attempts + 1));
          return true;
        }
        await saveTask(tx, workspaceId, { ...later(now, attemptsMax), state: 'failed', finishedAt: now });
        return true;
      }
      case 'gone':
      case 'closed':
      case 'malformed':
        await saveTask(tx, workspaceId, {
          ...later(now, task.attempts + 1),
          state: 'failed',
          cursor: null,
          finishedAt: now,
        });
        return true;
    }
  });
}
