import { lookup as resolveName } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '#kernel/errors.ts';
import { isPublicAddress } from './check-address.ts';
import { checkUrl, portOf } from './check-url.ts';
import { fetchError } from './errors.ts';

export interface FetchOptions {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** After unpacking; 5 MiB by default. */
  bytesMax?: number;
  /** For the whole call with its redirects; 20 s by default. */
  timeoutMs?: number;
  redirectsMax?: number;
  signal?: AbortSignal;
}

export interface Fetched {
  status: number;
  /** Names in lower case; of several lines with one name all, joined by ", ". */
  headers: Record<string, string>;
  body: Buffer;
  /** Where the answer came from in the end. */
  url: string;
}

/** Fetches an address that may have been given by anybody. Errors: fetch.refused, .too_large, .too_many_redirects, .unreachable, .timed_out. */
export type SafeFetch = (url: string, options?: FetchOptions) => Promise<Fetched>;

export interface SafeFetchSettings {
  /** `host:port` pairs on this machine or network that may be reached: servers of tests. None otherwise. */
  allowedLocal?: readonly string[];
  /** Resolves a name to its addresses; the system's resolver unless a test says otherwise. */
  resolve?: (host: string) => Promise<string[]>;
}

const bytesMaxDefault = 5 * 1024 * 1024;
const timeoutMsDefault = 20_000;
const redirectsMaxDefault = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
/** What must not follow a redirect to another origin. */
const secretHeaders = new Set(['authorization', 'cookie', 'x-goog-api-key', 'x-shopify-access-token', 'access-token']);

/**
 * Makes the one way in which the server fetches from outside. Each address, of redirects too, is checked as text and after resolution, and the
 * connection goes to exactly the address that was checked, so that a name which changes its mind reaches nothing inside.
 */
export function createSafeFetch(settings: SafeFetchSettings = {}): SafeFetch {
  const allowed = new Set(settings.allowedLocal ?? []);
  const resolve = settings.resolve ?? resolveAll;
  return async (text, options = {}) => {
    const signals = [AbortSignal.timeout(options.timeoutMs ?? timeoutMsDefault)];
    if (options.signal !== undefined) signals.push(options.signal);
    const signal = AbortSignal.any(signals);
    const redirectsMax = options.redirectsMax ?? redirectsMaxDefault;
    let wanted: FetchOptions = options;
    let address = text;
    for (let hops = 0; hops <= redirectsMax; hops += 1) {
      const checked = checkUrl(address, allowed);
      if (!checked.ok) throw refused(address, checked.reason);
      const answer = await fetchOnce(checked.url, { ...wanted, signal }, { allowed, resolve });
      const location = answer.headers.location;
      if (!redirects.has(answer.status) || location === undefined) return { ...answer, url: checked.url.href };
      const next = URL.parse(location, checked.url.href);
      if (next === null) throw refused(location, 'It is not an address.');
      wanted = followed(wanted, { status: answer.status, isSameOrigin: next.origin === checked.url.origin });
      address = next.href;
    }
    throw fetchError('too_many_redirects', `${hostOf(text)} redirects more than ${redirectsMax} times.`);
  };
}

interface Guard {
  allowed: ReadonlySet<string>;
  resolve: (host: string) => Promise<string[]>;
}

function followed(options: FetchOptions, hop: { status: number; isSameOrigin: boolean }): FetchOptions {
  const { body, method, headers, ...rest } = options;
  const kept = Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => hop.isSameOrigin || !secretHeaders.has(name.toLowerCase())),
  );
  const repeatsBody = hop.status === 307 || hop.status === 308;
  // A body may hold a secret as well; it goes nowhere else.
  if (repeatsBody && hop.isSameOrigin)
    return {
      ...rest,
      headers: kept,
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { body }),
    };
  return { ...rest, headers: kept };
}

async function fetchOnce(
  url: URL,
  options: FetchOptions & { signal: AbortSignal },
  guard: Guard,
): Promise<Omit<Fetched, 'url'>> {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  try {
    const addresses = isIP(host) === 0 ? await raced(guard.resolve(host), options.signal) : [host];
    const isAllowed = guard.allowed.has(`${url.hostname}:${portOf(url)}`);
    const closed = isAllowed ? undefined : addresses.find((address) => !isPublicAddress(address));
    // One bad address among good ones is refused as a whole: which of them is taken is not ours to say.
    if (closed !== undefined)
      throw refused(url.href, `${host} leads to ${closed}, which is not on the public internet.`);
    const [address] = addresses;
    if (address === undefined) throw fetchError('unreachable', `${host} has no address.`);
    const response = await send(url, options, address);
    return await read(response, { bytesMax: options.bytesMax ?? bytesMaxDefault, host });
  } catch (error) {
    throw explain(error, host, options.signal);
  }
}

function send(url: URL, options: FetchOptions & { signal: AbortSignal }, address: string): Promise<IncomingMessage> {
  const family = isIP(address) === 6 ? 6 : 4;
  // The name is not asked for again: the connection goes to the address that was checked.
  const pinned: LookupFunction = (_host, wanted, done) => {
    if (wanted.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
  const body = options.body === undefined ? null : Buffer.from(options.body, 'utf8');
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = start(
      url,
      {
        method: options.method ?? 'GET',
        lookup: pinned,
        agent: false,
        signal: options.signal,
        maxHeaderSize: 64 * 1024,
        headers: {
          'user-agent': 'Rapport (self-hosted; fills its own index)',
          'accept-encoding': 'gzip, deflate, br',
          ...options.headers,
          ...(body === null ? {} : { 'content-length': String(body.byteLength) }),
        },
      },
      resolve,
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function read(
  response: IncomingMessage,
  limits: { bytesMax: number; host: string },
): Promise<Omit<Fetched, 'url'>> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
  const status = response.statusCode ?? 0;
  if (redirects.has(status) && headers.location !== undefined) {
    response.destroy();
    return { status, headers, body: Buffer.alloc(0) };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of unpacked(response, headers['content-encoding'] ?? '')) {
      const piece: Buffer = chunk;
      bytes += piece.byteLength;
      // Counted after unpacking, so that a small packed answer cannot fill the memory.
      if (bytes > limits.bytesMax)
        throw fetchError('too_large', `${limits.host} sends more than ${limits.bytesMax} bytes.`);
      chunks.push(piece);
    }
  } finally {
    response.destroy();
  }
  return { status, headers, body: Buffer.concat(chunks) };
}

function unpacked(response: IncomingMessage, encoding: string): Readable {
  const unpack = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress, deflate: createInflate }[
    encoding.trim().toLowerCase()
  ];
  if (unpack === undefined) return response;
  const stream = unpack();
  response.on('error', (error) => stream.destroy(error));
  return response.pipe(stream);
}

async function resolveAll(host: string): Promise<string[]> {
  return (await resolveName(host, { all: true })).map((entry) => entry.address);
}

/** The resolver cannot be told to stop; whoever waits for it can. */
function raced<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function refused(address: string, reason: string): AppError {
  const shown = address.length > 120 ? `${address.slice(0, 117)}...` : address;
  // Parameters may hold a key.
  return fetchError('refused', `${shown.split('?')[0]} is not fetched. ${reason}`);
}

function hostOf(text: string): string {
  return URL.parse(text)?.host ?? 'The address';
}

function explain(error: unknown, host: string, signal: AbortSignal): unknown {
  if (error instanceof AppError) return error;
  if (signal.aborted)
    return signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
      ? fetchError('timed_out', `${host} did not answer in time.`)
      : signal.reason;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return fetchError('unreachable', `${host} could not be reached${code === '' ? '' : ` (${code})`}.`);
}
