import { Hono } from 'hono';
import { type Access, apiPrefix, type Endpoint } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Logger } from '../log.ts';
import { downloadAnswer, errorAnswer, eventsAnswer, jsonAnswer } from './answer.ts';
import type { Actor, Call, Download, EventStream, Route } from './call.ts';
import { readInput } from './read-input.ts';

/** Who calls and where: what the workspaces module makes of a request before any use case runs. */
export interface Entry {
  actor: Actor;
  workspaceId: string;
}

/** Decides whether the request may call the endpoint. Throws unauthenticated, forbidden or not_found. */
export type Gate = (
  request: Request,
  wants: { access: Access; inWorkspace: boolean; remoteAddress: string },
) => Promise<Entry>;

export interface ApiOptions {
  routes: Route[];
  gate: Gate;
  log: Logger;
  /** Address of the peer from the server's own view of the connection; loopback when there is none. */
  remoteAddressOf(request: Request, environment: unknown): string;
  /** Called after each answer, for metrics. */
  onAnswer?(name: string, status: number, durationMs: number): void;
}

/** The API: each route of the table under /api/v1, parsed, gated, answered and logged the same way. */
export function createApi(options: ApiOptions): Hono {
  const app = new Hono();
  for (const route of options.routes) {
    app.on(route.endpoint.method, `${apiPrefix}${route.endpoint.path}`, (context) =>
      answer(route, context.req.raw, {
        params: context.req.param() as Record<string, string>,
        remoteAddress: options.remoteAddressOf(context.req.raw, context.env),
        options,
      }),
    );
  }
  app.all(`${apiPrefix}/*`, (context) => {
    const requestId = newId('request');
    const error = new AppError(
      'not_found',
      'request.no_endpoint',
      `There is no ${context.req.method} ${context.req.path}. See /docs.`,
    );
    return errorAnswer(error, requestId, options.log);
  });
  return app;
}

async function answer(
  route: Route,
  request: Request,
  how: { params: Record<string, string>; remoteAddress: string; options: ApiOptions },
): Promise<Response> {
  const { options, params, remoteAddress } = how;
  const requestId = newId('request');
  const startedMs = performance.now();
  const answerHeaders = new Headers();
  let response: Response;
  try {
    const { access, inWorkspace } = route.endpoint;
    const entry = await options.gate(request, { access, inWorkspace, remoteAddress });
    const input = await readInput(route.endpoint, request, params);
    const call = { input, ...entry, requestId, request, remoteAddress, answerHeaders } as Call;
    response = toResponse(route.endpoint, await route.run(call), request);
  } catch (error) {
    response = errorAnswer(error, requestId, options.log);
  }
  for (const [name, value] of answerHeaders) response.headers.append(name, value);
  response.headers.set('x-request-id', requestId);
  const durationMs = performance.now() - startedMs;
  options.onAnswer?.(route.endpoint.name, response.status, durationMs);
  options.log.debug({ requestId, endpoint: route.endpoint.name, status: response.status, durationMs }, 'answered');
  return response;
}

function toResponse(target: Endpoint, value: unknown, request: Request): Response {
  switch (target.transport) {
    case 'download':
      return downloadAnswer(value as Download, request);
    case 'events':
      return eventsAnswer(value as EventStream, request.signal);
    case 'json':
    case 'upload':
    case 'webhook':
      return jsonAnswer(value);
  }
}
