import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { snippetFile } from './manage-keys.ts';
import { snippetText } from './snippet-text.ts';

const body = Buffer.from(snippetText);
/** Changes with the script, and with nothing else. */
export const snippetVersion = createHash('sha256').update(body).digest('hex').slice(0, 12);
const etag = `"${snippetVersion}"`;

/**
 * Answers the script at its address, `/rapport.js`: kept for a day and shown while it is asked for anew, or for ever when its version is asked for
 * (`?v=`). False for other addresses.
 */
export function serveSnippet(request: IncomingMessage, response: ServerResponse): boolean {
  const [path, query = ''] = (request.url ?? '').split('?');
  if (path !== `/${snippetFile}` || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const isThisVersion = new URLSearchParams(query).get('v') === snippetVersion;
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': isThisVersion
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=86400, stale-while-revalidate=604800',
    etag,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
  else
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(request.method === 'HEAD' ? '' : body);
  return true;
}
