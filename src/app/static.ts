import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Nothing but our own origin: pages make no request that leaves the machine. Styles are inline in some components. */
export const pagePolicy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export function setPageHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', pagePolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
}

export interface StaticFolder {
  /** URL prefix with a trailing slash. */
  prefix: string;
  dir: string;
  /** File answered for paths that are none, for pages routed in the browser; null answers 404. */
  fallback: string | null;
}

/** Serves a folder of built files. True when the request was answered. */
export async function serveStatic(
  folder: StaticFolder,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (!`${path}/`.startsWith(folder.prefix)) return false;
  let name: string;
  try {
    name = normalize(decodeURIComponent(path.slice(folder.prefix.length)));
  } catch {
    name = '';
  }
  const wanted = join(folder.dir, name);
  const inside = wanted === folder.dir || wanted.startsWith(folder.dir + sep);
  const file = inside ? await existingFile(wanted) : null;
  const isAsset = file !== null && name.startsWith(`assets${sep}`);
  const chosen =
    file ?? (folder.fallback === null || extname(name) === '.js' ? null : join(folder.dir, folder.fallback));
  if (chosen === null) return false;
  setPageHeaders(response);
  response.setHeader('content-type', types[extname(chosen)] ?? 'application/octet-stream');
  // Built assets carry their hash in the name; pages are asked for anew.
  response.setHeader('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
  createReadStream(chosen)
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
  return true;
}

async function existingFile(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? path : null;
  } catch {
    return null;
  }
}
