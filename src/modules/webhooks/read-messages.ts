import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import type { getWebhookMessage as getCall, listWebhookMessages as listCall, WebhookMessage } from './api.ts';
import { webhooksError } from './errors.ts';
import { selectEndpoint } from './queries/endpoints.ts';
import { type MessageRow, selectAttempts, selectMessage, selectMessages } from './queries/read-messages.ts';

/** Errors: not_found, webhooks.bad_cursor. */
export async function listMessages(infra: Infra, call: Call<typeof listCall>): Promise<OutputOf<typeof listCall>> {
  const { workspaceId, input } = call;
  const { endpointId, state, event, limit, cursor } = input;
  const after = readCursor(cursor);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectEndpoint(tx, workspaceId, endpointId)) === undefined) throw notFound('webhook endpoint');
    const rows = await selectMessages(tx, { workspaceId, endpointId, state, event, limit: limit + 1, after });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: page.map(toMessage),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.sort_key, last.id]) : null,
    };
  });
}

/** Error: not_found. */
export async function getMessage(infra: Infra, call: Call<typeof getCall>): Promise<OutputOf<typeof getCall>> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectMessage(tx, workspaceId, input.messageId);
    if (row === undefined) throw notFound('webhook message');
    const attempts = await selectAttempts(tx, workspaceId, row.id);
    return {
      ...toMessage(row),
      body: row.body,
      tries: attempts.map(({ number, at, took_ms, status, answer }) => ({
        number,
        at: at.toISOString(),
        tookMs: took_ms,
        status,
        answer,
      })),
    };
  });
}

export function toMessage(row: MessageRow): WebhookMessage {
  const isWaiting = row.state === 'waiting' || row.state === 'sending';
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    event: row.event,
    state: row.state === 'sending' ? 'waiting' : row.state,
    attempts: row.attempts,
    happenedAt: row.happened_at.toISOString(),
    nextTryAt: isWaiting ? row.due_at.toISOString() : null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    lastStatus: row.last_status,
    lastAnswer: row.last_answer,
  };
}

function readCursor(cursor: string | undefined): { key: string; id: string } | null {
  if (cursor === undefined) return null;
  const [key, id] = decodeCursor(cursor) ?? [];
  if (typeof key === 'string' && /^\d{1,18}$/.test(key) && typeof id === 'string') return { key, id };
  throw webhooksError('bad_cursor', 'The cursor is not one of ours. Begin again without it.', [
    { field: 'cursor', message: 'Not a cursor' },
  ]);
}
