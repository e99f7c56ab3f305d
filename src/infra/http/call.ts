import type { Readable } from 'node:stream';
import type { Endpoint, OutputOf, ParsedInputOf } from '#kernel/endpoint.ts';

/** Who acts: stands in the audit trail and beside every note. */
export interface Actor {
  kind: 'user' | 'api_key' | 'system' | 'creator';
  /** Of a creator in the portal: the id of their person. */
  id: string;
  name: string;
}

/** One call of an endpoint, parsed and allowed. */
export interface Call<E extends Endpoint = Endpoint> {
  input: ParsedInputOf<E>;
  /** Id of the workspace; empty text for an endpoint outside workspaces. */
  workspaceId: string;
  actor: Actor;
  requestId: string;
  /** Raw headers and, for uploads and webhooks, the raw body. */
  request: Request;
  /** The address of the peer, or of the client behind a trusted proxy. */
  remoteAddress: string;
  /** Headers the answer is sent with besides its own, such as a cookie. */
  answerHeaders: Headers;
}

/** What a `download` endpoint returns. */
export interface Download {
  fileName: string;
  contentType: string;
  body: Uint8Array | string | Readable;
  /** Shown in a page, such as a picture, and kept by the browser: its address names its content for ever. */
  isShown?: boolean;
  /** Names this content, quotes included; who has it already is told so with 304 instead of the body. */
  etag?: string;
  /** Size of the whole, and the part of it the body holds, for files that are played or resumed. */
  length?: { total: number; range: { start: number; end: number } | null };
}

/** What an `events` endpoint returns: each value becomes one server-sent event; with an id, whoever comes back can name it as the last one seen. */
export type EventStream = AsyncIterable<{ event: string; data: unknown; id?: string }>;

/** What a `webhook` endpoint returns: the data, with a status of its own where the sender's protocol asks for one. */
export type AnswerOf<E extends Endpoint> = OutputOf<E> | Download | EventStream;

export interface Route {
  endpoint: Endpoint;
  run(call: Call): Promise<AnswerOf<Endpoint>>;
}

/** Ties an endpoint to its use case. The types hold both to the same schemas. */
export function route<E extends Endpoint>(target: E, run: (call: Call<E>) => Promise<OutputOf<E>>): Route {
  return { endpoint: target, run: (call) => run(call as Call<E>) };
}

export function downloadRoute<E extends Endpoint>(target: E, run: (call: Call<E>) => Promise<Download>): Route {
  return { endpoint: target, run: (call) => run(call as Call<E>) };
}

export function eventsRoute<E extends Endpoint>(target: E, run: (call: Call<E>) => Promise<EventStream>): Route {
  return { endpoint: target, run: (call) => run(call as Call<E>) };
}
