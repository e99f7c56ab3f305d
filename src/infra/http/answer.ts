import { Readable } from 'node:stream';
import { AppError, type ErrorBody, statusOfKind } from '#kernel/errors.ts';
import type { Logger } from '../log.ts';
import type { Download, EventStream } from './call.ts';

const heartbeatMs = 15_000;

export function jsonAnswer(data: unknown, status = 200): Response {
  return new Response(JSON.stringify({ data }), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** One table from kind to status; a fault that is not an AppError is ours, is logged, and tells the caller nothing but its request id. */
export function errorAnswer(error: unknown, requestId: string, log: Logger): Response {
  const known = error instanceof AppError;
  if (!known) log.error({ err: error, requestId }, 'a request failed');
  const body: ErrorBody = known
    ? {
        code: error.code,
        message: error.message,
        details: error.details,
        requestId: error.kind === 'not_found' ? null : requestId,
      }
    : {
        code: 'internal',
        message: `Something went wrong on our side. Quote request ${requestId} when you report it.`,
        details: [],
        requestId,
      };
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  if (known && error.kind === 'too_many') headers['retry-after'] = '30';
  return new Response(JSON.stringify({ error: body }), { status: known ? statusOfKind[error.kind] : 500, headers });
}

export function downloadAnswer(download: Download, request: Request): Response {
  if (download.etag !== undefined && hasAlready(request, download.etag))
    return new Response(null, { status: 304, headers: { etag: download.etag, 'cache-control': 'private, no-cache' } });
  const ascii = download.fileName.replace(/[^\w.-]+/g, '_');
  const body =
    download.body instanceof Readable ? (Readable.toWeb(download.body) as ReadableStream<Uint8Array>) : download.body;
  const isShown = download.isShown === true;
  return new Response(body as ConstructorParameters<typeof Response>[0], {
    status: download.length?.range ? 206 : 200,
    headers: {
      ...lengthHeaders(download.length),
      'content-type': download.contentType,
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(download.fileName)}`,
      'cache-control': cacheRule(download),
      ...(download.etag === undefined ? {} : { etag: download.etag }),
      'x-content-type-options': 'nosniff',
      // Whatever a file holds, it is no page of ours and runs nothing.
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}

function cacheRule({ isShown, etag }: Download): string {
  if (etag !== undefined) return 'private, no-cache';
  return isShown === true ? 'private, max-age=31536000, immutable' : 'no-store';
}

/** By weak comparison (RFC 9110, 13.1.2): what stands before the quotes does not count. */
function hasAlready(request: Request, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  const asked = request.headers.get('if-none-match')?.split(',') ?? [];
  return asked.some((tag) => tag.trim() === '*' || plain(tag) === plain(etag));
}

function lengthHeaders(length: Download['length']): Record<string, string> {
  if (length === undefined) return {};
  const { total, range } = length;
  if (range === null) return { 'accept-ranges': 'bytes', 'content-length': String(total) };
  return {
    'accept-ranges': 'bytes',
    'content-length': String(range.end - range.start + 1),
    'content-range': `bytes ${range.start}-${range.end}/${total}`,
  };
}

export function eventsAnswer(stream: EventStream, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  const iterator = stream[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;
  const end = () => {
    clearInterval(heartbeat);
    void iterator.return?.();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), heartbeatMs);
      signal.addEventListener('abort', end, { once: true });
    },
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) {
        end();
        controller.close();
        return;
      }
      const { id, event, data } = next.value;
      const head = id === undefined ? '' : `id: ${id}\n`;
      controller.enqueue(encoder.encode(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
    },
    cancel: end,
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
