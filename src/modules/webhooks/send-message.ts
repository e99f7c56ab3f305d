import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { disableEndpoint, markHealth } from './queries/endpoints.ts';
import { type ClaimedMessage, endTry } from './queries/messages.ts';
import type { Outgoing, Receiver } from './receiver.ts';
import { testEvent } from './rules/catalogue.ts';
import { disabledAfterMs, judgeStatus, nextTry } from './rules/retries.ts';
import { openSecrets } from './secrets.ts';

const timeoutMs = 15_000;
const answerCharsMax = 1000;
const answerBytesMax = 64 * 1024;

/** What came of a try. `delivered` also for what there is nothing to send of any more. */
export type Sent = 'delivered' | 'failed' | 'unreachable';

interface Heard {
  sent: Sent;
  isGone: boolean;
  status: number | null;
  answer: string;
  retryAfter?: string;
}

/** Sends one message that was claimed, and notes what was answered. Never throws for what the other side does. */
export async function sendMessage(
  infra: Infra,
  receivers: readonly Receiver[],
  message: ClaimedMessage,
): Promise<Sent> {
  const startedMs = performance.now();
  const heard = await hear(infra, receivers, message);
  const tookMs = Math.round(performance.now() - startedMs);
  const { workspaceId, id, endpointId } = message;
  const at = infra.clock.now();
  const isDelivered = heard.sent === 'delivered';
  const dueAt =
    isDelivered || heard.isGone || message.event === testEvent ? null : nextTry(message.tries, at, heard.retryAfter);
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { status, answer } = heard;
    const state = isDelivered ? ('delivered' as const) : dueAt === null ? ('failed' as const) : ('waiting' as const);
    await endTry(tx, workspaceId, { id, state, dueAt, at, number: message.attempts, tookMs, status, answer });
    if (message.event === testEvent && !isDelivered) return;
    await markHealth(tx, workspaceId, { id: endpointId, isDelivered, at });
    if (isDelivered || dueAt !== null) return;
    const disabled = heard.isGone
      ? { because: 'It answered 410 Gone: it wants nothing more.', failingBefore: null }
      : { because: 'Nothing was delivered for three days.', failingBefore: new Date(at.getTime() - disabledAfterMs) };
    if (await disableEndpoint(tx, workspaceId, { id: endpointId, ...disabled }))
      infra.log.warn({ workspaceId, endpointId }, 'a webhook endpoint was disabled');
  });
  return heard.sent;
}

async function hear(infra: Infra, receivers: readonly Receiver[], message: ClaimedMessage): Promise<Heard> {
  const receiver = receivers.find((one) => one.kind === message.kind);
  if (receiver === undefined) return ended('failed', `This installation cannot send to ${message.kind}.`);
  const secrets = openSecrets(infra, message);
  if (receiver.secret !== null && secrets.length === 0)
    return ended('failed', 'Its secret was sealed by another installation. Give it a new one.');
  const isTest = message.event === testEvent;
  const { id, event, body, target } = message;
  const request = receiver.request({ messageId: id, event, body, target, secrets, now: infra.clock.now(), isTest });
  if ('skip' in request) return ended('delivered', `Not sent: ${request.skip}`);
  const heard = await ask(infra, request);
  const fault = isTest && heard.sent === 'delivered' ? (receiver.faultOfTest?.(heard.answer) ?? null) : null;
  return fault === null ? heard : { ...heard, sent: 'failed', answer: fault };
}

const ended = (sent: Sent, answer: string): Heard => ({ sent, isGone: false, status: null, answer });

async function ask(infra: Infra, { url, ...request }: Outgoing): Promise<Heard> {
  try {
    const headers = { ...request.headers, 'user-agent': 'Rapport-Webhooks/1.0' };
    const fetched = await infra.fetch(url, {
      ...request,
      headers,
      timeoutMs,
      redirectsMax: 0,
      bytesMax: answerBytesMax,
    });
    return judged(fetched);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // It answered, only with more than is read, or with a redirect, which is not followed: a signed message goes where it was meant to.
    if (error.code === 'fetch.too_large') return ended('failed', `The answer is larger than ${answerBytesMax} bytes.`);
    if (error.code === 'fetch.too_many_redirects')
      return ended('failed', 'It redirects; give the address it redirects to.');
    return ended(error.kind === 'unavailable' ? 'unreachable' : 'failed', error.message);
  }
}

function judged({ status, headers, body }: Fetched): Heard {
  const verdict = judgeStatus(status);
  const retryAfter = headers['retry-after'];
  return {
    sent: verdict === 'delivered' ? 'delivered' : 'failed',
    isGone: verdict === 'gone',
    status,
    // NUL cannot be stored as text.
    answer: body.toString('utf8').replaceAll('\0', '').slice(0, answerCharsMax),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
