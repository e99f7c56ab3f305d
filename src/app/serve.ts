import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '#kernel/errors.ts';
import { serveSnippet } from '#modules/tracking/index.ts';
import { createApiApp } from './api.ts';
import type { Core } from './core.ts';
import { docsAssetsDir, docsHtml, docsScript } from './docs-page.ts';
import { metricsText } from './metrics.ts';
import { serveStatic, setPageHeaders } from './static.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface FrontDoor {
  address: string;
  port: number;
  /** From now on requests reach the core; before, everything but /healthz is told to wait. */
  open(core: Core, webDir: string): void;
  /** Lets running requests end, then closes; kills what is left after the timeout. */
  close(timeoutMs: number): Promise<void>;
}

/** Takes the port first, so that a port in use is told before any other work is done. Error: app.port_in_use. */
export async function openFrontDoor(host: string, port: number): Promise<FrontDoor> {
  let handle: Listener = answerStarting;
  const server = createServer((request, response) => handle(request, response));
  server.keepAliveTimeout = 65_000;
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  let linkDoor: { close(): void } | null = null;
  return {
    address: `http://localhost:${bound}`,
    port: bound,
    open: (core, webDir) => {
      handle = createListener(core, webDir);
      linkDoor = core.modules.tracking.stepInFront(server);
    },
    close: async (timeoutMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      linkDoor?.close();
      const kill = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await closed;
      clearTimeout(kill);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'conflict',
              'app.port_in_use',
              `Port ${port} on ${host} is in use by another program. Stop it, or start with another one: PORT=${port + 1} npm start`,
            )
          : new AppError(
              'unavailable',
              'app.cannot_listen',
              `Cannot listen on ${host}:${port}: ${error.message}. Set HOST and PORT to an address of this machine.`,
            ),
      );
    });
    server.listen(port, host, resolve);
  });
}

function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const alive = request.url === '/healthz';
  response.writeHead(alive ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' });
  response.end(alive ? 'ok\n' : 'Rapport is starting. Try again in a moment.\n');
}

function createListener(core: Core, webDir: string): Listener {
  const api = getRequestListener(createApiApp(core).fetch, { overrideGlobalObjects: false });
  const web = { prefix: '/app/', dir: webDir, fallback: 'index.html' };
  const portal = { prefix: '/p/', dir: join(webDir, 'portal'), fallback: 'index.html' };
  const docs = { prefix: '/docs/assets/', dir: docsAssetsDir, fallback: null };
  return (request, response) => {
    // Short links first: nothing may stand between a click and its redirect.
    if (core.modules.tracking.redirect(request, response)) return;
    if (serveSnippet(request, response)) return;
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path.startsWith('/api/') || path === '/api') return void api(request, response);
    answerPage(core, path, { request, response, web, portal, docs }).catch((error) => {
      core.infra.log.error({ err: error, path }, 'a page failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

interface PageParts {
  request: IncomingMessage;
  response: ServerResponse;
  web: Parameters<typeof serveStatic>[0];
  portal: Parameters<typeof serveStatic>[0];
  docs: Parameters<typeof serveStatic>[0];
}

async function answerPage(core: Core, path: string, parts: PageParts): Promise<void> {
  const { request, response, web, portal, docs } = parts;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return answerText(response, 405, 'Only GET is understood here.\n');
  switch (path) {
    case '/':
      response.writeHead(302, { location: '/app/' }).end();
      return;
    case '/healthz':
      return answerText(response, 200, 'ok\n');
    case '/readyz': {
      const ready = await core.infra.db.isReachable(2000);
      return answerText(response, ready ? 200 : 503, ready ? 'ready\n' : 'The database does not answer.\n');
    }
    case '/metrics':
      return answerText(response, 200, await metricsText(), 'text/plain; version=0.0.4; charset=utf-8');
    case '/robots.txt':
      return answerText(response, 200, 'User-agent: *\nDisallow: /\n');
    case '/docs':
    case '/docs/':
      setPageHeaders(response);
      return answerText(response, 200, docsHtml, 'text/html; charset=utf-8');
    case '/docs/start.js':
      return answerText(response, 200, docsScript, 'text/javascript; charset=utf-8');
    default:
      if (await serveStatic(docs, request, response)) return;
      if (await serveStatic(portal, request, response)) return;
      if (await serveStatic(web, request, response)) return;
      return answerText(response, 404, 'There is nothing at this address.\n');
  }
}

function answerText(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}
