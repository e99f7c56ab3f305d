import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Fetched, SafeFetch } from '#infra/fetch/safe-fetch.ts';
import { AppError } from '#kernel/errors.ts';
import { ConnectorFault } from '#modules/creators/index.ts';

/** How adapters reach out and wait; tests bring servers and a clock of their own. */
export interface Reach {
  fetch: SafeFetch;
  /** Waits; ends early with an error when the signal says so. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

export const systemReach = (fetch: SafeFetch): Reach => ({
  fetch,
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
  random: Math.random,
});

const triesMax = 4;
const firstWaitMs = 500;
/** Longer than this nobody waits inside a step; the task waits instead. */
const waitMsMax = 8_000;
const bytesMax = 8 * 1024 * 1024;
const timeoutMs = 20_000;

export interface ApiRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  now: Date;
  /** Called before each try, so that a repeated request is counted as often as it was sent. */
  beforeTry?: () => Promise<void>;
  /** The name of the platform, for messages. */
  name: string;
  /** 1 for what must not be asked twice when an answer got lost; four when left out. */
  triesMax?: number;
}

/**
 * One request with its repetitions: what fails on the way or by the server's fault (5xx, 429) is tried up to four times, waiting 0.5 s doubled
 * each time with a random half off, or as long as Retry-After says. A wait beyond 8 s, and the last failure, is a ConnectorFault for the caller.
 */
export async function callApi(reach: Reach, request: ApiRequest): Promise<Fetched> {
  for (let tries = 1; ; tries += 1) {
    await request.beforeTry?.();
    const outcome = await tryOnce(reach, request);
    if (outcome.answer !== null && !isPassing(outcome.answer)) return outcome.answer;
    const fault = outcome.fault ?? faultOf(request, outcome.answer);
    const asked = outcome.answer === null ? null : retryAfterMs(outcome.answer.headers['retry-after'], request.now);
    const full = firstWaitMs * 2 ** (tries - 1);
    const waitMs = asked ?? Math.round(full / 2 + (full / 2) * reach.random());
    if (tries >= (request.triesMax ?? triesMax) || waitMs > waitMsMax) throw fault;
    await reach.wait(waitMs, request.signal);
  }
}

type Outcome = { answer: Fetched; fault: null } | { answer: null; fault: ConnectorFault };

async function tryOnce(reach: Reach, request: ApiRequest): Promise<Outcome> {
  const { url, method, headers, body, signal } = request;
  try {
    const answer = await reach.fetch(url, {
      bytesMax,
      timeoutMs,
      signal,
      headers: { accept: 'application/json', ...headers },
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { body }),
    });
    return { answer, fault: null };
  } catch (error) {
    if (error instanceof AppError && error.kind === 'unavailable')
      return { answer: null, fault: new ConnectorFault('unavailable', error.message) };
    throw error;
  }
}

function isPassing({ status }: Fetched): boolean {
  return status === 429 || status >= 500;
}

function faultOf(request: ApiRequest, answer: Fetched | null): ConnectorFault {
  const { name, now } = request;
  if (answer === null) return new ConnectorFault('unavailable', `${name} could not be reached.`);
  const waitMs = retryAfterMs(answer.headers['retry-after'], now);
  const retryAt = waitMs === null ? null : new Date(now.getTime() + waitMs);
  if (answer.status === 429)
    return new ConnectorFault('rate_limited', `${name} asks to wait: too many requests (429).`, retryAt);
  return new ConnectorFault('unavailable', `${name} has trouble (${answer.status}). It is tried again later.`, retryAt);
}

const retryAfterMsMax = 24 * 3_600_000;

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3); null when absent or no such thing, at most a day. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Math.min(retryAfterMsMax, Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(retryAfterMsMax, Math.max(0, at - now.getTime()));
}

/** The answer's JSON by a schema that tolerates what it does not know. A ConnectorFault of kind malformed says what does not fit. */
export function readJson<Schema extends z.ZodType>(name: string, answer: Fetched, schema: Schema): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(answer.body.toString('utf8'));
  } catch {
    throw new ConnectorFault('malformed', `${name} sent something that is not JSON (status ${answer.status}).`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConnectorFault(
    'malformed',
    `${name} sent an answer of another shape: ${issue?.path.join('.') || 'the answer'}: ${issue?.message ?? 'unexpected'}.`,
  );
}

/** A field that platforms leave out, set to null or, in a bad version, give another type: it reads as null instead of failing the rest. */
export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
}

/** A count as a number or, as some platforms write it, as text; null when it is neither. */
export const countSchema = lenient(
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)),
);

/** An instant in ISO 8601, however precise; null when it is none. */
export function instantOf(text: string | null): string | null {
  if (text === null) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Hashtags and mentions of a text, in the order they stand, without the sign; each once. */
export function tagsOf(text: string | null): { hashtags: string[]; mentions: string[] } {
  const find = (sign: string) =>
    [
      ...new Set(
        [...(text ?? '').matchAll(new RegExp(`(?<![\\p{L}\\p{N}_${sign}])${sign}([\\p{L}\\p{N}_.]{1,100})`, 'gu'))].map(
          (match) => (match[1] ?? '').replace(/\.+$/, '').toLowerCase(),
        ),
      ),
    ].filter((tag) => tag !== '' && !/^\d+$/.test(tag));
  return { hashtags: find('#').slice(0, 200), mentions: find('@').slice(0, 200) };
}
