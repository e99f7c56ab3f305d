import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSafeFetch, type SafeFetch } from '#infra/fetch/safe-fetch.ts';

export interface ReplayRequest {
  /** Origin the program meant, such as https://www.googleapis.com. */
  origin: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface ReplayAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Objects go out as JSON, texts and bytes as they are. */
  body?: unknown;
}

export interface ReplayServer {
  /** `host:port` of the server itself. */
  host: string;
  /** Reaches this server instead of the platforms, and nothing else. */
  fetch: SafeFetch;
  requests: ReplayRequest[];
  /** What is answered from now on. */
  answer(handler: (request: ReplayRequest) => ReplayAnswer | Promise<ReplayAnswer>): void;
  close(): Promise<void>;
}

/** A local server that stands for platforms: whatever origin is asked for, the request comes here over real HTTP. */
export async function openReplayServer(): Promise<ReplayServer> {
  let handler: (request: ReplayRequest) => ReplayAnswer | Promise<ReplayAnswer> = () => ({ status: 500 });
  const requests: ReplayRequest[] = [];
  const server: Server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const url = new URL(incoming.url ?? '/', 'http://local');
    const request: ReplayRequest = {
      origin: String(incoming.headers['x-replay-origin']),
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    const { status = 200, headers = {}, body = '' } = await handler(request);
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    response.writeHead(status, {
      'content-type': isRaw ? 'text/plain' : 'application/json; charset=UTF-8',
      ...headers,
    });
    response.end(isRaw ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    requests,
    answer: (next) => {
      handler = next;
    },
    fetch: replayFetch(host),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A fetch that reaches the replay server at `host:port` whatever origin is asked for, and nothing else. */
export function replayFetch(host: string): SafeFetch {
  const local = createSafeFetch({ allowedLocal: [host] });
  return async (text, options = {}) => {
    const url = new URL(text);
    const headers = { ...options.headers, 'x-replay-origin': url.origin };
    const answer = await local(`http://${host}${url.pathname}${url.search}`, { ...options, headers });
    return { ...answer, url: text };
  };
}
