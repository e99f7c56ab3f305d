import { apiPrefix, type Endpoint, type InputOf, type OutputOf, pathParams } from '#kernel/endpoint.ts';
import { AppError, type ErrorBody, type ErrorKind, statusOfKind } from '#kernel/errors.ts';

export interface ClientOptions {
  /** Origin of the server, such as http://localhost:4600. */
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
  /** Slug of the workspace to act in; may change while the client lives. */
  workspace?: () => string | null;
  apiKey?: string;
}

export interface Upload {
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | Blob | string;
  fileName: string;
}

/** The typed client of the API: every face (web, CLI, assistants) calls the same endpoints through it. */
export function createClient(options: ClientOptions) {
  const send = async (target: Endpoint, input: Record<string, unknown>, upload?: Upload, signal?: AbortSignal) => {
    const response = await options.fetch(toRequest(options, target, { input, upload, signal }));
    if (!response.ok) throw await toError(response);
    return response;
  };

  return {
    /** Calls a JSON endpoint and returns its data; throws AppError with the server's code and details. */
    async call<E extends Endpoint>(target: E, input: InputOf<E>, signal?: AbortSignal): Promise<OutputOf<E>> {
      const response = await send(target, input as Record<string, unknown>, undefined, signal);
      const answer = (await response.json()) as { data: OutputOf<E> };
      return answer.data;
    },
    /** Streams a file to an `upload` endpoint. */
    async upload<E extends Endpoint>(target: E, input: InputOf<E>, file: Upload): Promise<OutputOf<E>> {
      const response = await send(target, input as Record<string, unknown>, file);
      const answer = (await response.json()) as { data: OutputOf<E> };
      return answer.data;
    },
    /** Fetches a `download` or `events` endpoint; the caller reads the body. */
    async open<E extends Endpoint>(target: E, input: InputOf<E>, signal?: AbortSignal): Promise<Response> {
      return send(target, input as Record<string, unknown>, undefined, signal);
    },
    /** Address of an endpoint, for links and downloads. */
    url<E extends Endpoint>(target: E, input: InputOf<E>): string {
      return toUrl(options, target, input as Record<string, unknown>, true);
    },
  };
}

export type Client = ReturnType<typeof createClient>;

function toRequest(
  options: ClientOptions,
  target: Endpoint,
  parts: { input: Record<string, unknown>; upload: Upload | undefined; signal: AbortSignal | undefined },
): Request {
  const { input, upload, signal } = parts;
  const headers = new Headers({ accept: 'application/json' });
  const workspace = options.workspace?.();
  if (workspace) headers.set('rapport-workspace', workspace);
  if (options.apiKey) headers.set('authorization', `Bearer ${options.apiKey}`);
  const init: RequestInit & { duplex?: 'half' } = { method: target.method, headers };
  if (signal) init.signal = signal;
  if (upload) {
    headers.set('content-type', 'application/octet-stream');
    headers.set('rapport-file-name', encodeURIComponent(upload.fileName));
    init.body = upload.body;
    init.duplex = 'half';
    return new Request(toUrl(options, target, input, true), init);
  }
  if (target.method === 'GET' || target.transport === 'download') {
    return new Request(toUrl(options, target, input, true), init);
  }
  headers.set('content-type', 'application/json');
  const params = new Set(pathParams(target.path));
  init.body = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([key]) => !params.has(key))));
  return new Request(toUrl(options, target, input, false), init);
}

function toUrl(options: ClientOptions, target: Endpoint, input: Record<string, unknown>, withQuery: boolean): string {
  const params = new Set(pathParams(target.path));
  const path = target.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const url = new URL(`${apiPrefix}${path}`, options.baseUrl);
  if (withQuery) {
    for (const [key, value] of Object.entries(input)) {
      if (params.has(key) || value === undefined) continue;
      url.searchParams.set(key, typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));
    }
  }
  return url.toString();
}

async function toError(response: Response): Promise<AppError> {
  const kindOfStatus = (Object.entries(statusOfKind) as [ErrorKind, number][]).find(
    ([, status]) => status === response.status,
  )?.[0];
  try {
    const answer = (await response.json()) as { error: ErrorBody };
    return new AppError(kindOfStatus ?? 'unavailable', answer.error.code, answer.error.message, answer.error.details);
  } catch {
    return new AppError(
      'unavailable',
      'client.bad_answer',
      `The server answered ${response.status} without an explanation. Try again.`,
    );
  }
}
