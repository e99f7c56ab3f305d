import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  replayWebhookMessage as replayCall,
  replayFailedWebhooks as replaySinceCall,
  testWebhookEndpoint as testCall,
  WebhookMessage,
} from './api.ts';
import { webhooksError } from './errors.ts';
import { sendDueJob } from './jobs.ts';
import { selectEndpoint } from './queries/endpoints.ts';
import { claimMessage, insertMessages, replay, replaySince } from './queries/messages.ts';
import { selectMessage } from './queries/read-messages.ts';
import { toMessage } from './read-messages.ts';
import type { Receiver } from './receiver.ts';
import { bodyOf } from './receivers.ts';
import { testEvent } from './rules/catalogue.ts';
import { sendMessage } from './send-message.ts';

const testLeaseMs = 60_000;

/** Makes a message that ended due again. Errors: not_found, webhooks.not_finished. */
export async function replayMessage(infra: Infra, call: Call<typeof replayCall>): Promise<WebhookMessage> {
  const { workspaceId, input } = call;
  const id = input.messageId;
  const message = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectMessage(tx, workspaceId, id)) === undefined) throw notFound('webhook message');
    if (!(await replay(tx, workspaceId, { id, now: infra.clock.now() })))
      throw webhooksError('not_finished', 'The message is still being sent; it is tried again by itself.');
    const row = await selectMessage(tx, workspaceId, id);
    if (row === undefined) throw notFound('webhook message');
    return toMessage(row);
  });
  await infra.jobs.enqueue(sendDueJob, {}, 'due');
  return message;
}

/** Makes due again what failed since a time, or all that ended since. Error: not_found. */
export async function replayEndpoint(infra: Infra, call: Call<typeof replaySinceCall>): Promise<{ replayed: number }> {
  const { workspaceId, input, actor, requestId } = call;
  const { endpointId, since, all } = input;
  const replayed = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectEndpoint(tx, workspaceId, endpointId)) === undefined) throw notFound('webhook endpoint');
    const states = all ? ['failed', 'delivered'] : ['failed'];
    const count = await replaySince(tx, workspaceId, {
      endpointId,
      since: new Date(since),
      states,
      now: infra.clock.now(),
    });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'webhook-endpoint.replayed',
      subjectKind: 'webhook_endpoint',
      subjectId: endpointId,
      changes: { since, all, replayed: count },
    });
    return count;
  });
  await infra.jobs.enqueue(sendDueJob, {}, 'due');
  return { replayed };
}

/** Sends a test now, once, whether the endpoint is on or not; it changes nothing of how the endpoint stands but for the better. Error: not_found. */
export async function testEndpoint(
  infra: Infra,
  receivers: readonly Receiver[],
  call: Call<typeof testCall>,
): Promise<WebhookMessage> {
  const { workspaceId, input } = call;
  const { endpointId } = input;
  const now = infra.clock.now();
  const id = newId('webhookMessage', now.getTime());
  const claimed = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const endpoint = await selectEndpoint(tx, workspaceId, endpointId);
    if (endpoint === undefined) throw notFound('webhook endpoint');
    const body = bodyOf({ event: testEvent, at: now, data: { endpointId, name: endpoint.name } });
    await insertMessages(tx, workspaceId, [
      { id, endpointId, key: id, event: testEvent, body, happenedAt: now, at: now },
    ]);
    return await claimMessage(tx, workspaceId, { id, leaseUntil: new Date(now.getTime() + testLeaseMs) });
  });
  await sendMessage(infra, receivers, claimed);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectMessage(tx, workspaceId, id);
    if (row === undefined) throw notFound('webhook endpoint');
    return toMessage(row);
  });
}
