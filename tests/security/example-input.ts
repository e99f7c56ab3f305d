import { z } from 'zod';
import type { Endpoint } from '#kernel/endpoint.ts';

type Json = Record<string, unknown>;

/** The parts of JSON Schema that zod writes and this reads. */
interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** Values that satisfy what JSON Schema cannot say, by field name. */
const byName: Record<string, unknown> = {
  currency: 'USD',
  timeZone: 'UTC',
  email: 'somebody@example.com',
  amountMinor: '100',
  url: 'https://example.com/page',
  targetUrl: 'https://example.com/page',
  destination: 'https://example.com/page',
  country: 'IE',
  slug: 'isolation-walk',
  code: 'WALK10',
  handle: 'walker',
};

const schemas = new WeakMap<Endpoint, Schema>();

function schemaOf(target: Endpoint): Schema {
  const known = schemas.get(target);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(target.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  schemas.set(target, schema);
  return schema;
}

/**
 * An input the endpoint's schema takes, made from the schema: enough to get past parsing to the use case.
 * `idOf` names the id to put where a field asks for one.
 */
export function exampleInput(target: Endpoint, idOf: (field: string) => string | null): Json {
  const schema = schemaOf(target);
  const definitions = schema.$defs ?? {};
  return exampleObject(schema, { idOf, definitions, depth: 0 });
}

interface Making {
  idOf: (field: string) => string | null;
  definitions: Record<string, Schema>;
  depth: number;
}

function exampleObject(schema: Schema, making: Making): Json {
  const properties = schema.properties ?? {};
  const required = new Set(schema.required);
  const result: Json = {};
  for (const [name, property] of Object.entries(properties)) {
    const isId = making.idOf(name) !== null;
    if (required.has(name) || isId) result[name] = exampleValue(name, property, making);
  }
  return result;
}

function exampleValue(name: string, given: Schema, making: Making): unknown {
  const schema = resolve(given, making);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return exampleText(name, schema, making);
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum ?? 1), Math.min(1, Number(schema.maximum ?? 1)), 0);
    case 'boolean':
      return true;
    case 'array':
      return exampleList(name, schema, making);
    case 'object':
      return exampleObject(schema, { ...making, depth: making.depth + 1 });
    default:
      return 'x';
  }
}

function exampleList(name: string, schema: Schema, making: Making): unknown[] {
  if (making.depth > 4) return [];
  const item = exampleValue(name.replace(/s$/, ''), schema.items ?? {}, {
    ...making,
    depth: making.depth + 1,
  });
  return Array.from({ length: Math.max(1, Number(schema.minItems ?? 1)) }, () => item);
}

function exampleText(name: string, schema: Schema, making: Making): string {
  const id = making.idOf(name);
  if (id !== null) return id;
  const named = byName[name];
  if (typeof named === 'string') return named;
  if (schema.format === 'date') return '2026-06-01';
  if (schema.format === 'date-time') return '2031-06-01T00:00:00Z';
  if (schema.format === 'uri') return 'https://example.com/page';
  if (schema.format === 'email') return 'somebody@example.com';
  const pattern = String(schema.pattern ?? '');
  if (pattern.includes('A-Z]{3}')) return 'USD';
  if (pattern.includes('\\d')) return '100';
  return 'walker'.padEnd(Number(schema.minLength ?? 1), 'x');
}

function resolve(schema: Schema, making: Making): Schema {
  const reference = schema.$ref;
  if (typeof reference === 'string')
    return resolve(making.definitions[reference.split('/').at(-1) ?? ''] ?? {}, making);
  for (const choice of ['anyOf', 'oneOf', 'allOf'] as const) {
    const first = schema[choice]?.find((option) => option.type !== 'null');
    if (first !== undefined) {
      const { [choice]: _, ...rest } = schema;
      return resolve({ ...rest, ...first }, making);
    }
  }
  return schema;
}
