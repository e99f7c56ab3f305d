import { z } from 'zod';
import {
  clickIdsOf,
  type DeliveryVerdict,
  instantOfSeconds,
  mailOf,
  readShopOrder,
  readShopRefund,
} from '#modules/tracking/index.ts';
import { lenient } from '../call-api.ts';
import { isoAmount } from './minor-units.ts';

// After https://docs.stripe.com/api (checkout sessions, payment intents, invoices, charges, disputes), versions with and without payment_intent on invoices.

const text = lenient(z.string());
const seconds = lenient(z.number().int());
/** A reference: an id, or the object itself where it was expanded. */
const reference = lenient(z.union([z.string(), z.looseObject({ id: z.string() }).transform((value) => value.id)]));
const metadata = lenient(z.record(z.string(), z.unknown())).transform((value) => value ?? {});
const list = <Schema extends z.ZodType>(schema: Schema) =>
  lenient(z.looseObject({ data: z.array(schema).catch([]) })).transform((value) => value?.data ?? []);
const discounts = z
  .array(
    z.looseObject({
      promotion_code: lenient(
        z.union([z.string(), z.looseObject({ code: z.string() }).transform((value) => value.code)]),
      ),
    }),
  )
  .nullish()
  .catch([])
  .transform((all) => (all ?? []).flatMap((one) => one.promotion_code ?? []));

const eventSchema = z.looseObject({
  type: text,
  created: z.number().int(),
  livemode: lenient(z.boolean()),
  data: z.looseObject({ object: z.looseObject({}) }),
});
const base = {
  id: z.string(),
  created: seconds,
  currency: text,
  metadata,
  payment_intent: reference,
  invoice: reference,
};
const lineSchema = z.looseObject({
  id: text,
  description: text,
  quantity: lenient(z.number().int().min(0)),
  amount_total: lenient(z.number().int()),
  amount: lenient(z.number().int()),
  price: lenient(z.looseObject({ product: reference })),
  pricing: lenient(z.looseObject({ price_details: lenient(z.looseObject({ product: reference })) })),
});
const sessionSchema = z.looseObject({
  ...base,
  payment_status: text,
  amount_total: lenient(z.number().int()),
  client_reference_id: text,
  customer_details: lenient(z.looseObject({})),
  discounts,
  line_items: list(lineSchema),
});
const intentSchema = z.looseObject({ ...base, amount_received: lenient(z.number().int()) });
const invoiceSchema = z.looseObject({
  ...base,
  number: text,
  amount_paid: lenient(z.number().int()),
  subscription_details: lenient(z.looseObject({ metadata })),
  parent: lenient(z.looseObject({ subscription_details: lenient(z.looseObject({ metadata })) })),
  discounts,
  lines: list(lineSchema),
});
const chargeSchema = z.looseObject({ ...base, amount_refunded: z.number().int() });
const disputeSchema = z.looseObject({
  ...base,
  amount: z.number().int(),
  charge: reference,
  status: text,
  reason: text,
});
const invoicePaymentSchema = z.looseObject({
  invoice: reference,
  status: text,
  payment: lenient(z.looseObject({ payment_intent: reference })),
});

/** Fields that are kept of an event: what an order is made of, and no name, place or card of anybody. */
export const keptFields: ReadonlySet<string> = new Set(
  `id type created livemode data object currency metadata payment_intent invoice payment_status amount_total client_reference_id customer_details discounts
  promotion_code code line_items description quantity amount price product pricing price_details amount_received number amount_paid subscription_details parent
  lines amount_refunded charge status reason payment rapport_click rapport_code rapport_order mode`.split(/\s+/),
);

/** What an event of Stripe says. Test mode counts nothing. */
export function readStripeEvent(body: unknown, now: Date): DeliveryVerdict {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) return wrong(parsed.error);
  const { type, created, livemode, data } = parsed.data;
  if (livemode === false) return { kind: 'unused', message: 'Not used: an event of test mode.' };
  const of = { object: data.object, createdS: created, now };
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return readSession(of);
    case 'payment_intent.succeeded':
      return readIntent(of);
    case 'invoice.paid':
    case 'invoice.payment_succeeded':
      return readInvoice(of);
    case 'invoice_payment.paid':
      return readInvoicePayment(of);
    case 'charge.refunded':
    case 'charge.updated':
      return readCharge(of);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return readDispute(of);
    default:
      return {
        kind: 'unused',
        message: `Not used: nothing is done with ${type?.slice(0, 60) ?? 'an event without a type'}.`,
      };
  }
}

interface Of {
  object: unknown;
  /** When the event was made, seconds since 1970. */
  createdS: number;
  now: Date;
}

function wrong(error: z.ZodError): DeliveryVerdict {
  return {
    kind: 'refused',
    details: error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  };
}

const unused = (message: string): DeliveryVerdict => ({ kind: 'unused', message });

/** The order of a checkout is its invoice where it has one, otherwise its payment. */
function readSession({ object, createdS, now }: Of): DeliveryVerdict {
  const parsed = sessionSchema.safeParse(object);
  if (!parsed.success) return wrong(parsed.error);
  const session = parsed.data;
  if (session.payment_status !== 'paid')
    return unused(`Not used: the checkout is ${session.payment_status ?? 'not paid'}. It counts once it is paid.`);
  return readShopOrder(
    {
      id: session.invoice ?? session.payment_intent ?? session.id,
      orderedAt: instantOfSeconds(session.created ?? createdS),
      updatedAt: instantOfSeconds(createdS),
      amount: amountFor(session.amount_total, session.currency),
      codes: [...codesOf(session.metadata), ...session.discounts],
      clickIds: clickIdsOf(session.client_reference_id, session.metadata.rapport_click),
      customer: mailOf(session.customer_details, session),
      items: itemsOf(session.line_items, session.currency),
    },
    { now, rank: 3, aliases: session.invoice === null ? [] : [session.payment_intent] },
  );
}

/** A payment counts by itself only where its metadata says that it is an order of ours: those of checkouts and subscriptions are told of twice. */
function readIntent({ object, createdS, now }: Of): DeliveryVerdict {
  const parsed = intentSchema.safeParse(object);
  if (!parsed.success) return wrong(parsed.error);
  const intent = parsed.data;
  if (intent.invoice !== null)
    return unused('Not used: the payment belongs to an invoice, which counts by invoice.paid.');
  const isOwn = ['rapport_click', 'rapport_code', 'rapport_order'].some((name) => intent.metadata[name] !== undefined);
  if (!isOwn)
    return unused(
      'Not used: the payment has no metadata rapport_click, rapport_code or rapport_order. Checkouts and invoices count by their own events.',
    );
  const label = intent.metadata.rapport_order;
  return readShopOrder(
    {
      id: intent.id,
      label: typeof label === 'string' ? label.slice(0, 100) : null,
      orderedAt: instantOfSeconds(intent.created ?? createdS),
      updatedAt: instantOfSeconds(createdS),
      amount: amountFor(intent.amount_received, intent.currency),
      codes: codesOf(intent.metadata),
      clickIds: clickIdsOf(intent.metadata.rapport_click),
      customer: mailOf(intent),
    },
    { now, rank: 1 },
  );
}

function readInvoice({ object, createdS, now }: Of): DeliveryVerdict {
  const parsed = invoiceSchema.safeParse(object);
  if (!parsed.success) return wrong(parsed.error);
  const invoice = parsed.data;
  if ((invoice.amount_paid ?? 0) === 0) return unused('Not used: nothing was paid by this invoice.');
  const said = {
    ...invoice.parent?.subscription_details?.metadata,
    ...invoice.subscription_details?.metadata,
    ...invoice.metadata,
  };
  return readShopOrder(
    {
      id: invoice.id,
      label: invoice.number,
      orderedAt: instantOfSeconds(invoice.created ?? createdS),
      updatedAt: instantOfSeconds(createdS),
      amount: amountFor(invoice.amount_paid, invoice.currency),
      codes: [...codesOf(said), ...invoice.discounts],
      clickIds: clickIdsOf(said.rapport_click),
      customer: mailOf(invoice),
      items: itemsOf(invoice.lines, invoice.currency),
    },
    { now, rank: 2, aliases: [invoice.payment_intent] },
  );
}

/** Ties a payment to its invoice, so that refunds of the one are refunds of the other. */
function readInvoicePayment({ object }: Of): DeliveryVerdict {
  const parsed = invoicePaymentSchema.safeParse(object);
  const alias = parsed.data?.payment?.payment_intent ?? null;
  const externalId = parsed.data?.invoice ?? null;
  if (alias === null || externalId === null) return unused('Not used: it names no payment and invoice.');
  return { kind: 'alias', alias, externalId };
}

/** A charge says what was given back of it in all: the latest word counts. */
function readCharge({ object, createdS, now }: Of): DeliveryVerdict {
  const parsed = chargeSchema.safeParse(object);
  if (!parsed.success) return wrong(parsed.error);
  const charge = parsed.data;
  if (charge.amount_refunded === 0) return unused('Not used: nothing of this charge was given back.');
  return readShopRefund(
    {
      orderId: charge.invoice ?? charge.payment_intent ?? charge.id,
      id: `refunds of ${charge.id}`,
      amount: amountFor(charge.amount_refunded, charge.currency),
      refundedAt: instantOfSeconds(createdS),
      updatedAt: instantOfSeconds(createdS),
    },
    now,
  );
}

/** Stages of a dispute, the later the greater: of two words of one second the greater counts. */
const stages = ['needs_response', 'under_review', 'lost', 'won'];

function readDispute({ object, createdS, now }: Of): DeliveryVerdict {
  const parsed = disputeSchema.safeParse(object);
  if (!parsed.success) return wrong(parsed.error);
  const dispute = parsed.data;
  const status = dispute.status ?? '';
  if (status.startsWith('warning_') || status === 'prevented')
    return unused(`Not used: ${status.replaceAll('_', ' ')}, no money moved.`);
  return readShopRefund(
    {
      orderId: dispute.payment_intent ?? dispute.charge,
      id: dispute.id,
      kind: 'chargeback',
      state: status === 'won' ? 'void' : 'standing',
      amount: amountFor(dispute.amount, dispute.currency),
      refundedAt: instantOfSeconds(dispute.created ?? createdS),
      updatedAt: instantOfSeconds(createdS),
      rank: Math.max(0, stages.indexOf(status)),
      reason: `${dispute.reason ?? 'no reason'}, ${status.replaceAll('_', ' ')}`,
    },
    now,
  );
}

/** The amount in ISO minor units; what Stripe wrote where it is none, for the reader to refuse with the field. */
function amountFor(amount: unknown, currency: string | null): unknown {
  return isoAmount(amount, currency) ?? { amountMinor: String(amount ?? ''), currency: (currency ?? '').toUpperCase() };
}

function codesOf(said: Record<string, unknown>): string[] {
  return typeof said.rapport_code === 'string' && said.rapport_code.trim() !== ''
    ? [said.rapport_code.trim().slice(0, 100)]
    : [];
}

function itemsOf(lines: readonly z.infer<typeof lineSchema>[], currency: string | null): unknown[] {
  return lines.map((line) => {
    const amount = isoAmount(line.amount_total ?? line.amount, currency);
    return {
      id: line.id,
      name: (line.description || 'Line').slice(0, 300),
      product: line.price?.product ?? line.pricing?.price_details?.product ?? null,
      quantity: line.quantity ?? 1,
      // A credit on an invoice is a line below zero: it is named without its amount.
      ...(amount === null || amount.amountMinor.startsWith('-') ? {} : { amount }),
    };
  });
}
