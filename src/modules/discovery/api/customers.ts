import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);
const count = z.number().int();
export const customersPastedMax = 20_000;
export const customersPerFileMax = 1_000_000;

export const matchSignSchema = z
  .enum(['email', 'handle', 'name', 'local_part'])
  .describe('email and handle are certain; name and local_part (before the @) only possible');
export type MatchSign = z.infer<typeof matchSignSchema>;

export const customerCreatorSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    country: z.string().nullable(),
    profile: z.object({ platform: platformSchema, handle: z.string(), followers: count.nullable() }).nullable(),
    certainty: z.enum(['certain', 'possible', 'confirmed', 'rejected']),
    signs: z.array(matchSignSchema),
    customers: count.describe('Customers that are this creator'),
    orders: count.nullable(),
    values: z.array(moneySchema).describe('What was bought, one sum a currency; empty when not known'),
    firstOrderOn: daySchema.nullable(),
    lastOrderOn: daySchema.nullable(),
    sources: z.array(z.string()),
    emails: z.array(z.string()).describe('Only where keeping them was chosen'),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'CustomerCreator' });
export type CustomerCreator = z.infer<typeof customerCreatorSchema>;

const summary = z.object({
  customers: count.describe('Different customers kept, as hashes'),
  matched: count.describe('Creators that are customers for certain or as confirmed'),
  possible: count.describe('Creators that may be, until a person decides'),
  emailsKept: count,
  lastImportAt: instantSchema.nullable(),
});
export type CustomerSummary = z.infer<typeof summary>;

const outcome = z.object({
  rows: count,
  customers: count.describe('Different customers in it'),
  added: count.describe('Not known before'),
  matched: count.describe('Creators among them, for certain'),
  possible: count.describe('Creators that may be among them'),
  skipped: count.describe('Rows that name nobody'),
  faults: z.array(z.object({ row: count, field: z.string(), message: z.string() })).describe('The first of them'),
  columns: z.record(z.string(), z.string()).describe('Which column was read as what'),
});
export type CustomerOutcome = z.infer<typeof outcome>;

const how = {
  platform: platformSchema.default('instagram').describe('What bare handles belong to'),
  keepEmails: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(false)
    .describe('Else only a keyed hash is kept, to match creators that come later'),
};

export const matchCustomers = endpoint({
  name: 'customers.match',
  method: 'POST',
  path: '/customers/match',
  access: 'discovery:write',
  summary: 'Find the creators among pasted e-mail addresses and handles of customers',
  input: z.object({
    text: z.string().min(1).max(2_000_000).describe('One a line, or parted by commas'),
    source: z.string().trim().min(1).max(120).default('pasted'),
    ...how,
  }),
  output: outcome,
});

export const importCustomers = endpoint({
  name: 'customers.import',
  method: 'POST',
  path: '/customers/import',
  access: 'discovery:write',
  transport: 'upload',
  summary: 'Find the creators among the customers of a file, with their orders',
  input: z.object({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe('Of amounts in a column that names none'),
    ...how,
  }),
  output: outcome,
});

export const getCustomers = endpoint({
  name: 'customers.get',
  method: 'GET',
  path: '/customers',
  access: 'discovery:read',
  summary: 'How many customers are kept, and how many of them are creators',
  output: summary,
});

export const listCustomerCreators = endpoint({
  name: 'customers.creators',
  method: 'GET',
  path: '/customers/creators',
  access: 'discovery:read',
  summary: 'Creators that are customers, with their orders',
  input: z.object({
    certainty: z.enum(['matched', 'possible', 'rejected']).default('matched'),
    sort: z.enum(['orders', 'followers', 'last']).default('orders'),
    ...pageInput,
  }),
  output: pageOf(customerCreatorSchema).extend({ total: count }),
});

export const decideCustomer = endpoint({
  name: 'customers.decide',
  method: 'POST',
  path: '/customers/creators/:personId/decide',
  access: 'discovery:write',
  summary: 'Say whether a creator is the customer it may be; holds against later files',
  input: z.object({ personId: id, decision: z.enum(['confirmed', 'rejected']) }),
  output: customerCreatorSchema,
});

export const forgetCustomers = endpoint({
  name: 'customers.forget',
  method: 'DELETE',
  path: '/customers',
  access: 'discovery:write',
  summary: 'Forget all customers and what they said of creators',
  output: z.object({ forgotten: count }),
});
