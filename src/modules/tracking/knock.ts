import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a redirect reads of a request, whichever door it came through. Header values as sent, empty text when absent. */
export interface Knock {
  method: string;
  /** Path and query as sent. */
  url: string;
  host: string;
  userAgent: string;
  referrer: string;
  cookie: string;
  /** Sec-Purpose, Purpose and X-Moz, joined. */
  purpose: string;
  /** Sec-GPC or DNT: the browser asks for no tracking beyond the address. */
  asksPrivacy: boolean;
  forwardedFor: string;
  /** Address of the other end of the connection. */
  peer: string;
}

/** How a redirect answers; exactly one call. */
export interface Reply {
  redirect(location: string, cookies: readonly string[]): void;
  page(status: number, body: Buffer, headers: readonly string[]): void;
}

export function knockOf(request: IncomingMessage): Knock {
  const { headers } = request;
  const secPurpose = headers['sec-purpose'];
  const purpose = headers.purpose ?? headers['x-purpose'];
  const moz = headers['x-moz'];
  const forwarded = headers['x-forwarded-for'];
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    host: headers.host ?? '',
    userAgent: headers['user-agent'] ?? '',
    referrer: headers.referer ?? '',
    cookie: headers.cookie ?? '',
    purpose:
      secPurpose === undefined && purpose === undefined && moz === undefined
        ? ''
        : `${secPurpose ?? ''} ${purpose ?? ''} ${moz ?? ''}`,
    asksPrivacy: headers['sec-gpc'] === '1' || headers.dnt === '1',
    forwardedFor: Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? ''),
    peer: request.socket.remoteAddress ?? '',
  };
}

export function replyTo(response: ServerResponse): Reply {
  return {
    redirect: (location, cookies) => {
      const headers = ['Location', location, 'Cache-Control', 'no-store', 'Content-Length', '0'];
      for (const cookie of cookies) headers.push('Set-Cookie', cookie);
      response.writeHead(302, headers);
      response.end();
    },
    page: (status, body, headers) => {
      response.writeHead(status, [...headers, 'Content-Length', `${body.length}`]);
      response.end(body);
    },
  };
}

/** The visitor's address: the peer's, or the last hop a proxy of the operator wrote down. */
export function addressOf(knock: Knock, trustedProxies: readonly string[]): string {
  const peer = plainAddress(knock.peer);
  if (trustedProxies.length === 0 || !trustedProxies.includes(peer)) return peer;
  const last = knock.forwardedFor.split(',').at(-1)?.trim() ?? '';
  return last === '' ? peer : plainAddress(last);
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

/** Host name of a Host header: lower case, without port and final dot. */
export function hostOf(header: string): string {
  const colonAt = header.indexOf(':');
  const host = (colonAt === -1 ? header : header.slice(0, colonAt)).toLowerCase();
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

/** The value of one cookie; null when it was not sent. */
export function cookieValue(header: string, name: string): string | null {
  if (!header.includes(name)) return null;
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
