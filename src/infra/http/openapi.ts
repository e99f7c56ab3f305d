import { z } from 'zod';
import { apiPrefix, type Endpoint, pathParams } from '#kernel/endpoint.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the endpoints, made from their schemas; there is no second source. */
export function openApiDocument(endpoints: Endpoint[], about: { version: string; serverUrl: string }): Json {
  const paths: Record<string, Json> = {};
  const schemas: Record<string, unknown> = {};
  for (const target of endpoints) {
    const path = `${apiPrefix}${target.path.replace(/:([A-Za-z]+)/g, '{$1}')}`;
    const operations = paths[path] ?? {};
    operations[target.method.toLowerCase()] = operation(target, schemas);
    paths[path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport API',
      version: about.version,
      description:
        'Micro-influencer marketing from end to end. Sign with `Authorization: Bearer <key>`; a key belongs to one workspace. Answers are `{data}` or `{error: {code, message, details, requestId}}`. Money is integer minor units as text with an ISO 4217 currency. Times are ISO 8601 in UTC.',
    },
    servers: [{ url: about.serverUrl }],
    tags: [...new Set(endpoints.map(tagOf))].map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'API key, or the session cookie of the web app' },
      },
      schemas: { ...schemas, Error: errorSchema },
    },
  };
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details', 'requestId'],
      properties: {
        code: { type: 'string', examples: ['tracking.slug_taken'] },
        message: { type: 'string' },
        details: {
          type: 'array',
          items: {
            type: 'object',
            properties: { field: { type: 'string' }, row: { type: 'integer' }, message: { type: 'string' } },
            required: ['message'],
          },
        },
        requestId: { type: ['string', 'null'] },
      },
    },
  },
};

const tagOf = (target: Endpoint) => target.name.split('.')[0] ?? 'other';

function operation(target: Endpoint, schemas: Record<string, unknown>): Json {
  const input = toSchema(target.input, 'input', schemas) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  const inPath = new Set(pathParams(target.path));
  const properties = input.properties ?? {};
  const required = new Set(input.required ?? []);
  const bodyInQuery = target.method === 'GET' || target.transport !== 'json';
  const parameters = Object.entries(properties)
    .filter(([name]) => inPath.has(name) || bodyInQuery)
    .map(([name, schema]) => ({
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || required.has(name),
      schema,
    }));
  const fields = Object.entries(properties).filter(([name]) => !inPath.has(name));
  const result: Json = {
    operationId: target.name,
    summary: target.summary,
    description: accessText(target),
    tags: [tagOf(target)],
    parameters: target.inWorkspace ? [...parameters, workspaceHeader] : parameters,
    responses: { 200: success(target, schemas), default: failure },
  };
  if (target.access === 'public') result.security = [];
  if (target.transport === 'upload')
    result.requestBody = {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  else if (target.transport === 'webhook')
    result.requestBody = { required: true, content: { 'application/json': { schema: {} } } };
  else if (!bodyInQuery && fields.length > 0) {
    const schema = {
      type: 'object',
      properties: Object.fromEntries(fields),
      required: [...required].filter((name) => !inPath.has(name)),
    };
    result.requestBody = { required: true, content: { 'application/json': { schema } } };
  }
  return result;
}

const workspaceHeader = {
  name: 'rapport-workspace',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'Slug of the workspace; needed only by a session with several',
};

const failure = {
  description: 'What went wrong and how to mend it',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

function accessText(target: Endpoint): string {
  if (target.access === 'public') return 'Needs no key.';
  if (target.access === 'portal') return 'Needs the session of a creator in the portal, or the token of a portal link.';
  if (target.access === 'signed-in') return 'Needs any key or session.';
  return `Needs the scope \`${target.access}\`.`;
}

function success(target: Endpoint, schemas: Record<string, unknown>): Json {
  if (target.transport === 'download')
    return {
      description: 'The file',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  if (target.transport === 'events')
    return { description: 'Server-sent events', content: { 'text/event-stream': { schema: { type: 'string' } } } };
  const schema = {
    type: 'object',
    properties: { data: toSchema(target.output, 'output', schemas) },
    required: ['data'],
  };
  return { description: 'Done', content: { 'application/json': { schema } } };
}

/** JSON Schema of a zod schema; named parts (`meta({ id })`) go to components and are referred to. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): unknown {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
  const definitions = json.$defs as Record<string, unknown> | undefined;
  const text = JSON.stringify({ ...json, $schema: undefined, $defs: undefined, id: undefined }).replaceAll(
    '#/$defs/',
    '#/components/schemas/',
  );
  for (const [name, definition] of Object.entries(definitions ?? {})) {
    schemas[name] ??= JSON.parse(JSON.stringify(definition).replaceAll('#/$defs/', '#/components/schemas/'));
  }
  return JSON.parse(text);
}
