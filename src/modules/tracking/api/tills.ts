import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { codeKinds } from './codes.ts';
import { creatorRefSchema, fileAnswerSchema, read, write } from './shared.ts';

export const tillSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    place: z.string(),
    currency: z.string(),
    sourceId: z.string().describe('The order source its purchases stand under'),
    isOpen: z.boolean(),
    today: z.object({
      redeemed: z.int(),
      visits: z.int(),
      revenue: moneySchema.describe('Paid after the discount'),
    }),
    lastUsedAt: instantSchema.nullable(),
    seenAt: instantSchema.nullable().describe('When the page was open last'),
    createdAt: instantSchema,
  })
  .meta({ id: 'Till' });
export type Till = z.infer<typeof tillSchema>;

export const tillEventSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['redeemed', 'visit']),
    code: z.string(),
    codeId: z.string(),
    creator: creatorRefSchema.nullable(),
    amount: moneySchema.nullable(),
    discount: moneySchema.nullable().describe('What the code gave, as the terms say; null where they say nothing'),
    receipt: z.string().nullable(),
    orderId: z.string().nullable(),
    happenedAt: instantSchema,
    undoneAt: instantSchema.nullable(),
  })
  .meta({ id: 'TillEvent' });
export type TillEvent = z.infer<typeof tillEventSchema>;

const name = z.string().trim().min(1).max(120);
const place = z.string().trim().max(200);
const withLink = z.object({ till: tillSchema, link: z.string().describe('For the staff; whoever has it can redeem') });

export const listTills = endpoint({
  name: 'tills.list',
  method: 'GET',
  path: '/tills',
  access: read,
  summary: 'Tills with what was redeemed today',
  output: z.array(tillSchema),
});
export const createTill = endpoint({
  name: 'tills.create',
  method: 'POST',
  path: '/tills',
  access: write,
  summary: 'Set up a place where staff take codes by phone; its link needs no account',
  input: z.object({ name, place: place.default(''), currency: z.string().length(3).optional() }),
  output: withLink,
});
export const getTill = endpoint({
  name: 'tills.get',
  method: 'GET',
  path: '/tills/:tillId',
  access: read,
  summary: 'A till with what was noted there lately, newest first',
  input: z.object({ tillId: z.string(), limit: z.number().int().min(1).max(500).default(100) }),
  output: z.object({ till: tillSchema, events: z.array(tillEventSchema) }),
});
export const updateTill = endpoint({
  name: 'tills.update',
  method: 'PATCH',
  path: '/tills/:tillId',
  access: write,
  summary: 'Rename, close or open a till',
  input: z.object({
    tillId: z.string(),
    name: name.optional(),
    place: place.optional(),
    isOpen: z.boolean().optional(),
  }),
  output: tillSchema,
});
export const showTillLink = endpoint({
  name: 'tills.show-link',
  method: 'POST',
  path: '/tills/:tillId/link',
  access: write,
  summary: 'The link of a till, or a new one that ends the old one',
  input: z.object({ tillId: z.string(), isNew: z.boolean().default(false) }),
  output: withLink,
});
export const drawTillPoster = endpoint({
  name: 'tills.poster',
  method: 'POST',
  path: '/tills/:tillId/poster',
  access: write,
  transport: 'download',
  summary: 'A sheet with the QR code of the till for the staff room, as SVG on A4',
  input: z.object({ tillId: z.string() }),
});
export const undoTillEvent = endpoint({
  name: 'tills.undo',
  method: 'POST',
  path: '/tills/:tillId/events/:eventId/undo',
  access: write,
  summary: 'Take back what was noted at a till; its order is cancelled',
  input: z.object({ tillId: z.string(), eventId: z.string() }),
  output: tillEventSchema,
});
export const importTillOrders = endpoint({
  name: 'tills.import',
  method: 'POST',
  path: '/tills/:tillId/import',
  access: write,
  transport: 'upload',
  summary: 'In-store orders from CSV: receipt, date, amount, code; a receipt redeemed by phone is the same order',
  input: z.object({ tillId: z.string() }),
  output: fileAnswerSchema,
});

// What the staff's phones call: the token of the link is all they have.
const token = z.string().min(20).max(100);
const key = z
  .string()
  .min(8)
  .max(100)
  .describe('Made by the phone for this deed; the same key again changes nothing and gets the same answer');
const happenedAt = instantSchema.optional().describe('When it was noted, for what was sent late; now when left out');

export const openTill = endpoint({
  name: 'till.open',
  method: 'POST',
  path: '/till/open',
  access: 'public',
  inWorkspace: false,
  summary: 'The till behind a link, and what was noted there today',
  input: z.object({ token }),
  output: z.object({
    name: z.string(),
    place: z.string(),
    brand: z.string(),
    currency: z.string(),
    undoMinutes: z.int(),
    events: z.array(tillEventSchema),
  }),
});
export const tillVerdictSchema = z.object({
  code: z.string(),
  creatorName: z.string().nullable(),
  kind: z.enum(codeKinds),
  percent: z.number().nullable(),
  amount: moneySchema.nullable().describe('In the currency of the till; null when the code says nothing in it'),
  isUsable: z.boolean(),
  reasons: z.array(z.string()).describe('Why it may not be used'),
  askFor: z.array(z.string()).describe('What only the staff can see, such as products the code is for'),
  isOncePerCustomer: z.boolean(),
});
export type TillVerdict = z.infer<typeof tillVerdictSchema>;
export const lookUpTillCode = endpoint({
  name: 'till.look-up',
  method: 'POST',
  path: '/till/look-up',
  access: 'public',
  inWorkspace: false,
  summary: 'Whose a code is, what it gives and whether it may be used',
  input: z.object({
    token,
    code: z.string().min(1).max(100),
    customer: z
      .string()
      .max(200)
      .optional()
      .describe('E-mail or telephone, kept as a hash, for codes that are for once'),
  }),
  output: tillVerdictSchema,
});
export const redeemAtTill = endpoint({
  name: 'till.redeem',
  method: 'POST',
  path: '/till/redeem',
  access: 'public',
  inWorkspace: false,
  summary: 'Note a purchase with a code: an order of the till',
  input: z.object({
    token,
    key,
    code: z.string().min(1).max(100),
    amount: z.string().max(30).describe('Paid after the discount, decimal text such as "42.50"'),
    receipt: z.string().trim().min(1).max(60),
    customer: z.string().max(200).optional(),
    happenedAt,
  }),
  output: tillEventSchema,
});
export const visitAtTill = endpoint({
  name: 'till.visit',
  method: 'POST',
  path: '/till/visit',
  access: 'public',
  inWorkspace: false,
  summary: 'Note that somebody came because of a creator, without a purchase',
  input: z.object({ token, key, code: z.string().min(1).max(100), happenedAt }),
  output: tillEventSchema,
});
export const undoAtTill = endpoint({
  name: 'till.undo',
  method: 'POST',
  path: '/till/undo',
  access: 'public',
  inWorkspace: false,
  summary: 'Take back what was noted at this till within the last minutes',
  input: z.object({ token, eventId: z.string().max(60) }),
  output: tillEventSchema,
});
