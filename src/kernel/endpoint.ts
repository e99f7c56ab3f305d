import { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * What a caller must hold: `<area>:read` or `<area>:write`, `signed-in` for any session or key,
 * `portal` for a creator who came by a signed link or signed in to the portal, `public` for nobody in particular (sign-in, shared links, signed webhooks).
 */
export const areas = [
  'workspace',
  'members',
  'api-keys',
  'audit',
  'creators',
  'discovery',
  'vetting',
  'campaigns',
  'contracts',
  'content',
  'outreach',
  'tracking',
  'reports',
  'automations',
] as const;
export type Area = (typeof areas)[number];
export type Scope = `${Area}:read` | `${Area}:write`;
export type Access = Scope | 'signed-in' | 'portal' | 'public';

/**
 * How the body travels: `json` both ways, `upload` streams the request body raw (its other inputs are query parameters),
 * `download` streams the answer as a file, `events` answers server-sent events, `webhook` hands the raw body over for its signature.
 */
export type Transport = 'json' | 'upload' | 'download' | 'events' | 'webhook';

export interface Endpoint<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** Operation id, `<noun>.<verb>`: the name in OpenAPI, CLI and logs. */
  name: string;
  method: Method;
  /** Below /api/v1, with `:param` segments that are fields of the input. */
  path: `/${string}`;
  access: Access;
  summary: string;
  transport: Transport;
  /** True when the call concerns one workspace, which the caller names or has one of. */
  inWorkspace: boolean;
  input: Input;
  output: Output;
}

interface EndpointSpec<Input extends z.ZodObject, Output extends z.ZodType> {
  name: string;
  method: Method;
  path: `/${string}`;
  access: Access;
  summary: string;
  transport?: Transport;
  inWorkspace?: boolean;
  input?: Input;
  output?: Output;
}

/** Declares an endpoint once; server, web, CLI and OpenAPI are all made from this value. */
export function endpoint<
  Input extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Output extends z.ZodType = z.ZodNull,
>(spec: EndpointSpec<Input, Output>): Endpoint<Input, Output> {
  return {
    name: spec.name,
    method: spec.method,
    path: spec.path,
    access: spec.access,
    summary: spec.summary,
    transport: spec.transport ?? 'json',
    inWorkspace: spec.inWorkspace ?? true,
    // The two casts only replace an absent schema by the default the type parameters name.
    input: spec.input ?? (z.object({}) as unknown as Input),
    output: spec.output ?? (z.null() as unknown as Output),
  };
}

export type InputOf<E> = E extends Endpoint<infer Input, z.ZodType> ? z.input<Input> : never;
export type ParsedInputOf<E> = E extends Endpoint<infer Input, z.ZodType> ? z.output<Input> : never;
export type OutputOf<E> = E extends Endpoint<z.ZodObject, infer Output> ? z.output<Output> : never;

export const apiPrefix = '/api/v1';

/** Names of the `:param` segments of a path. */
export function pathParams(path: string): string[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '');
}
