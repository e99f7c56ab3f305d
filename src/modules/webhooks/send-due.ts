import { setTimeout as sleep } from 'node:timers/promises';
import type { Infra } from '#infra/module.ts';
import { type ClaimedMessage, claimMessages, nextDue, putBack } from './queries/messages.ts';
import type { Receiver } from './receiver.ts';
import { sendMessage } from './send-message.ts';

const batchMax = 200;
const eachMax = 40;
const batchesMax = 500;
const leaseMs = 3 * 60_000;
/** Messages of one endpoint on their way at the same time. */
const atOnce = 4;
/** An endpoint that cannot be reached is left alone for so long. */
const pauseMs = 60_000;
/** What is due so soon is waited for within the same run. */
const waitMsMax = 20_000;

/** Sends what is due until nothing is, or the signal says stop. Returns how many messages were delivered. */
export async function sendDue(infra: Infra, receivers: readonly Receiver[], signal?: AbortSignal): Promise<number> {
  let delivered = 0;
  for (let batch = 0; batch < batchesMax && signal?.aborted !== true; batch += 1) {
    const now = infra.clock.now();
    // Committed before the first byte goes out: a try that a crash cuts short is known and counted.
    const claimed = await infra.db.asSystem((tx) =>
      claimMessages(tx, { now, leaseUntil: new Date(now.getTime() + leaseMs), eachMax, max: batchMax }),
    );
    if (claimed.length === 0) {
      if (signal === undefined || !(await waitForNext(infra, signal))) break;
      continue;
    }
    const groups = [...Map.groupBy(claimed, (one) => `${one.workspaceId} ${one.endpointId}`).values()];
    const counts = await Promise.all(groups.map((group) => sendGroup(infra, receivers, group)));
    delivered += counts.reduce((sum, count) => sum + count, 0);
  }
  return delivered;
}

/** All messages of one endpoint; once it cannot be reached the rest waits without a try. */
async function sendGroup(
  infra: Infra,
  receivers: readonly Receiver[],
  group: readonly ClaimedMessage[],
): Promise<number> {
  const left = [...group];
  let delivered = 0;
  let isDown = false;
  const work = async () => {
    for (let message = left.shift(); message !== undefined; message = isDown ? undefined : left.shift()) {
      const sent = await sendMessage(infra, receivers, message);
      if (sent === 'delivered') delivered += 1;
      if (sent === 'unreachable') isDown = true;
    }
  };
  const isFailing = group[0]?.failingSince != null;
  await Promise.all(Array.from({ length: isFailing ? 1 : atOnce }, work));
  const [first] = left;
  if (first !== undefined) {
    const dueAt = new Date(infra.clock.now().getTime() + pauseMs);
    await infra.db.inWorkspace(first.workspaceId, (tx) =>
      putBack(tx, first.workspaceId, { ids: left.map((message) => message.id), dueAt }),
    );
  }
  return delivered;
}

/** Waits for the next message when it is due soon; false when none is. */
async function waitForNext(infra: Infra, signal: AbortSignal): Promise<boolean> {
  const due = await infra.db.asSystem((tx) => nextDue(tx));
  if (due === null) return false;
  const waitMs = due.getTime() - infra.clock.now().getTime();
  if (waitMs > waitMsMax) return false;
  return await sleep(Math.max(0, waitMs), true, { signal }).catch(() => false);
}
