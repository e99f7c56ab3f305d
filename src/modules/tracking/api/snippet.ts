import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { read, write } from './shared.ts';

export const consentModes = ['store', 'wait', 'cookieless'] as const;
export const snippetKeySchema = z
  .object({
    id: z.string(),
    key: z.string().describe('Stands in the open on pages: it can add and never read'),
    sourceId: z.string(),
    sourceName: z.string(),
    hosts: z.array(z.string()),
    consent: z.enum(consentModes),
    tag: z.string().describe('The line for the head of each page'),
    seenAt: instantSchema.nullable(),
    seenHost: z.string().nullable(),
    orders: z.int().describe('Orders a browser told'),
    unverified: z.int().describe('Those of them the shop itself said nothing of yet'),
    createdAt: instantSchema,
    revokedAt: instantSchema.nullable(),
  })
  .meta({ id: 'SnippetKey' });
export type SnippetKey = z.infer<typeof snippetKeySchema>;

const hosts = z
  .array(z.string().trim().min(1).max(253))
  .min(1)
  .max(50)
  .describe(
    'Hosts whose pages may use it, with those below them; "sandbox" for pages without a host, such as custom pixels',
  );
const consent = z
  .enum(consentModes)
  .describe(
    'store: keeps the click at once; wait: after rapport("consent", true); cookieless: keeps nothing on the device',
  );

export const listSnippetKeys = endpoint({
  name: 'snippet-keys.list',
  method: 'GET',
  path: '/snippet-keys',
  access: read,
  summary: 'Publishable keys of the script for shop pages',
  output: z.object({
    scriptUrl: z.string(),
    bytes: z.int().describe('Size of the script'),
    gzipBytes: z.int(),
    keys: z.array(snippetKeySchema),
  }),
});
export const createSnippetKey = endpoint({
  name: 'snippet-keys.create',
  method: 'POST',
  path: '/snippet-keys',
  access: write,
  summary: 'Make a publishable key for the pages of a shop',
  input: z.object({
    sourceId: z
      .string()
      .optional()
      .describe(
        "The source the shop itself reports its orders to, so that its word settles the browser's; one of its own when left out",
      ),
    hosts,
    consent: consent.default('store'),
  }),
  output: snippetKeySchema,
});
export const updateSnippetKey = endpoint({
  name: 'snippet-keys.update',
  method: 'PATCH',
  path: '/snippet-keys/:keyId',
  access: write,
  summary: 'Change the hosts or the consent of a key',
  input: z.object({ keyId: z.string(), hosts: hosts.optional(), consent: consent.optional() }),
  output: snippetKeySchema,
});
export const revokeSnippetKey = endpoint({
  name: 'snippet-keys.revoke',
  method: 'POST',
  path: '/snippet-keys/:keyId/revoke',
  access: write,
  summary: 'Take nothing more from a key; what it brought stays',
  input: z.object({ keyId: z.string() }),
  output: snippetKeySchema,
});
export const tellBySnippet = endpoint({
  name: 'snippet.tell',
  method: 'POST',
  path: '/snippet',
  access: 'public',
  inWorkspace: false,
  transport: 'webhook',
  summary: 'What the script on a page saw: a landing, an order, a lead. Text of JSON {k, t, c, s, b}',
  output: z.object({ outcome: z.enum(['kept', 'applied', 'unchanged']) }),
});
