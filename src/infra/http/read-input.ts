import { z } from 'zod';
import { type Endpoint, pathParams } from '#kernel/endpoint.ts';
import { AppError, type ErrorDetail } from '#kernel/errors.ts';

const jsonBytesMax = 5 * 1024 * 1024;

const bad = (message: string, details: ErrorDetail[] = []) =>
  new AppError('invalid', 'request.invalid', message, details);

/** Gathers path, query and body into the endpoint's one input object and parses it. Errors: request.invalid with every field at fault. */
export async function readInput(target: Endpoint, request: Request, params: Record<string, string>): Promise<unknown> {
  const raw: Record<string, unknown> = {};
  const url = new URL(request.url);
  const readsBody = target.transport === 'json' && target.method !== 'GET';
  if (readsBody) Object.assign(raw, await readJson(request));
  else Object.assign(raw, decodeQuery(target.input, url.searchParams));
  for (const name of pathParams(target.path)) raw[name] = params[name];
  const nul = findNul(raw, '');
  if (nul !== null) {
    const message = 'holds a NUL character, which no text may. Remove it.';
    throw bad(`${nul}: ${message}`, [{ field: nul, message }]);
  }
  const parsed = target.input.safeParse(raw);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues
    .slice(0, 50)
    .map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const first = details[0];
  throw bad(
    first ? `${first.field === '' ? 'The request' : first.field}: ${first.message}` : 'The request is not valid.',
    details,
  );
}

/** Path of the first text that holds U+0000, which PostgreSQL cannot keep; null when there is none. */
function findNul(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\u0000') ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = key.includes('\u0000') ? at : findNul(inner, at);
    if (found !== null) return found;
  }
  return null;
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const length = Number(request.headers.get('content-length') ?? '0');
  if (length > jsonBytesMax)
    throw bad(`The body has ${length} bytes; at most ${jsonBytesMax} are read here. Use an import for large data.`);
  const text = await readText(request);
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad(`The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('The body must be a JSON object.');
  return value as Record<string, unknown>;
}

async function readText(request: Request): Promise<string> {
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > jsonBytesMax) throw bad(`The body is larger than ${jsonBytesMax} bytes. Use an import for large data.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Query strings are text; numbers, booleans, lists and objects are read as the schema says. */
export function decodeQuery(schema: z.ZodObject, query: URLSearchParams): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const key of new Set(query.keys())) {
    const field = schema.shape[key];
    const values = query.getAll(key);
    raw[key] = field === undefined ? values[0] : decodeValue(baseType(field), values);
  }
  return raw;
}

function decodeValue(type: string, values: string[]): unknown {
  const [first = ''] = values;
  switch (type) {
    case 'number':
    case 'int':
      return first !== '' && Number.isFinite(Number(first)) ? Number(first) : first;
    case 'boolean':
      return first === 'true' ? true : first === 'false' ? false : first;
    case 'array':
      return first.startsWith('[')
        ? parseOr(first)
        : values.flatMap((value) => value.split(',')).filter((value) => value !== '');
    case 'object':
    case 'record':
    case 'union':
    case 'any':
    case 'unknown':
      return parseOr(first);
    default:
      return first;
  }
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function baseType(schema: unknown): string {
  let current = schema;
  while (
    current instanceof z.ZodOptional ||
    current instanceof z.ZodNullable ||
    current instanceof z.ZodDefault ||
    current instanceof z.ZodPrefault
  ) {
    current = current.unwrap();
  }
  return current instanceof z.ZodType ? current.def.type : 'string';
}
