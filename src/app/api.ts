import type { IncomingMessage } from 'node:http';
import type { Hono } from 'hono';
import { createApi } from '#infra/http/api.ts';
import { openApiDocument } from '#infra/http/openapi.ts';
import { version } from '#infra/version.ts';
import { apiPrefix } from '#kernel/endpoint.ts';
import type { Core } from './core.ts';
import { countAnswer } from './metrics.ts';

/** The API of a running core as one fetch handler: served over HTTP, or called in process by the command line. */
export function createApiApp(core: Core): Hono {
  const { infra, modules } = core;
  const routes = modules.all.flatMap((module) => module.routes);
  const remoteAddressOf = (request: Request, environment: unknown) =>
    addressOf(request, environment, infra.config.trustedProxies);
  const app = createApi({
    routes,
    // What is for creators opens to creators alone, and nothing else does.
    gate: (request, wants) =>
      wants.access === 'portal' ? modules.portal.gate(request, wants) : modules.workspaces.gate(request, wants),
    log: infra.log,
    remoteAddressOf,
    onAnswer: countAnswer,
  });
  // Made when it is first asked for: it takes a quarter of a second, which every start would wait for.
  let document: ReturnType<typeof openApiDocument> | undefined;
  app.get('/api/openapi.json', (context) => {
    document ??= openApiDocument(
      routes.map((route) => route.endpoint),
      { version, serverUrl: infra.config.publicUrl },
    );
    return context.json(document);
  });
  app.get(`${apiPrefix}`, (context) => context.redirect('/docs'));
  app.all('/api/auth/*', (context) =>
    modules.workspaces.handleAuth(context.req.raw, remoteAddressOf(context.req.raw, context.env)),
  );
  return app;
}

/** The peer's address; the last X-Forwarded-For hop only when the peer is a proxy the operator named. */
function addressOf(request: Request, environment: unknown, trustedProxies: string[]): string {
  const incoming = (environment as { incoming?: IncomingMessage } | undefined)?.incoming;
  const peer = incoming?.socket.remoteAddress ?? '127.0.0.1';
  if (!trustedProxies.includes(peer)) return peer;
  const forwarded = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return forwarded === undefined || forwarded === '' ? peer : forwarded;
}
