import { z } from 'zod';
import { isKnownCurrency, moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema } from '#kernel/time.ts';

/** A day of a contract; the span keeps typing errors such as the year 0226 out. */
const day = daySchema.refine((value) => value >= '2000-01-01' && value <= '2099-12-31', {
  error: 'A day between 2000-01-01 and 2099-12-31',
});
const words = (max: number) => z.string().trim().max(max);
const named = (max: number) => words(max).min(1);
const money = moneySchema.refine(
  ({ amountMinor, currency }) => isKnownCurrency(currency) && !amountMinor.startsWith('-'),
  { error: 'An amount of 0 or more in a currency of ISO 4217' },
);

export const contractModels = ['product_seeding', 'sponsored', 'ambassadorship'] as const;
export const contractModelSchema = z.enum(contractModels);
export type ContractModel = z.infer<typeof contractModelSchema>;

/** `EU` is for a member state without a text of its own here. */
export const jurisdictions = ['US', 'UK', 'DE', 'FR', 'EU'] as const;
export const jurisdictionSchema = z.enum(jurisdictions);
export type Jurisdiction = z.infer<typeof jurisdictionSchema>;

export const rightsChannels = [
  'creator_account',
  'brand_social',
  'brand_website',
  'email',
  'marketplaces',
  'print',
  'out_of_home',
  'broadcast',
] as const;
export const rightsChannelSchema = z.enum(rightsChannels);
export type RightsChannel = z.infer<typeof rightsChannelSchema>;

/** What an owed thing counts from. `live`: the post's own publication; `date`: a day named in the terms. */
export const triggers = ['signed', 'draft_approved', 'live', 'date'] as const;
export const triggerSchema = z.enum(triggers);
export type Trigger = z.infer<typeof triggerSchema>;

export const contractDeliverableSchema = z.object({
  platform: platformSchema,
  format: named(40).describe('reel, post, story, video, short, pin, article'),
  count: z.number().int().min(1).max(100).default(1),
  title: words(180).default(''),
  draftDueOn: day.nullable().default(null),
  dueOn: day.nullable().default(null).describe('The day it has to be live'),
  staysDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .nullable()
    .default(null)
    .describe('Days the post stays up; null: not agreed'),
});
export type ContractDeliverable = z.infer<typeof contractDeliverableSchema>;

export const feePartSchema = z.object({
  label: named(80),
  amount: money,
  trigger: triggerSchema,
  on: day.nullable().default(null).describe('For the trigger `date`'),
});
export type FeePart = z.infer<typeof feePartSchema>;

export const payoutEvents = ['order', 'new_customer', 'click', 'thousand_views', 'post'] as const;
export const payoutEventSchema = z.enum(payoutEvents);

/** A payout that depends on what happens. What goes beyond `capCount` or `capAmount` is payable only when a person approves it. */
export const payoutSchema = z.object({
  label: named(80),
  per: payoutEventSchema,
  amount: money.nullable().default(null).describe('A fixed sum for each; null when it is a share'),
  sharePercent: z
    .number()
    .min(0.01)
    .max(100)
    .multipleOf(0.01)
    .nullable()
    .default(null)
    .describe('Share of the net order value'),
  condition: words(300).default('').describe('Restriction in words, such as “not for orders with another code”'),
  capCount: z.number().int().min(1).max(1_000_000_000).nullable().default(null),
  capAmount: money.nullable().default(null),
});
export type Payout = z.infer<typeof payoutSchema>;

export const usageRightSchema = z.object({
  channels: z.array(rightsChannelSchema).min(1, 'Name at least one channel').max(rightsChannels.length),
  paid: z.boolean().describe('True allows paid advertising, false only organic use'),
  territory: named(120).describe('“worldwide” or countries'),
  startsAt: z.enum(['signed', 'live', 'date']),
  from: day.nullable().default(null).describe('For `date`'),
  days: z.number().int().min(1).max(36_500).nullable().default(null).describe('Null: without end'),
  exclusive: z.boolean().default(false),
  mayEdit: z.boolean().default(false).describe('May the brand cut, crop or subtitle it?'),
  pieces: z
    .array(z.object({ rightId: z.string().max(60), title: named(200) }))
    .max(100)
    .default([])
    .describe('The pieces it is limited to, each by the request it came from; none: everything owed by the contract'),
});
export type UsageRight = z.infer<typeof usageRightSchema>;

export const exclusivitySchema = z.object({
  category: named(120),
  competitors: z.array(named(120)).max(50).default([]),
  daysBefore: z.number().int().min(0).max(3650).default(0),
  days: z.number().int().min(1).max(3650).describe('Days after the last post goes live'),
});

export const termsSchema = z
  .object({
    startsOn: day.nullable().default(null),
    endsOn: day.nullable().default(null),
    deliverables: z.array(contractDeliverableSchema).max(100).default([]),
    product: z
      .object({ description: named(300), value: money.nullable().default(null), mayKeep: z.boolean().default(true) })
      .nullable()
      .default(null),
    fee: money.nullable().default(null).describe('The whole fixed fee; null when nothing fixed is paid'),
    feeParts: z
      .array(feePartSchema)
      .max(20)
      .default([])
      .describe('When parts of the fee fall due; empty: all of it at once by `payment`'),
    payouts: z.array(payoutSchema).max(20).default([]),
    payoutCap: money.nullable().default(null).describe('For all payouts together'),
    payment: z
      .object({
        days: z.number().int().min(0).max(365),
        trigger: z.enum(['signed', 'draft_approved', 'live', 'invoice']),
      })
      .default({ days: 30, trigger: 'live' }),
    lateFeePercent: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .default(null)
      .describe('A year, on what is overdue; null: as the law says'),
    killFeePercent: z
      .number()
      .int()
      .min(0)
      .max(100)
      .nullable()
      .default(null)
      .describe('Of the fee, when the brand stops after work began'),
    revisionsMax: z
      .number()
      .int()
      .min(0)
      .max(20)
      .nullable()
      .default(null)
      .describe('Rounds of changes; null: not agreed'),
    autoApproveAfterBusinessDays: z.number().int().min(1).max(60).nullable().default(null),
    usageRights: z.array(usageRightSchema).max(20).default([]),
    exclusivity: exclusivitySchema.nullable().default(null),
    whitelisting: z
      .object({ platforms: z.array(platformSchema).min(1).max(5), days: z.number().int().min(1).max(365) })
      .nullable()
      .default(null)
      .describe('The brand may advertise from the creator’s account'),
    disclosure: words(2000).default('').describe('How the advertising is labelled'),
    morality: z.boolean().default(false),
    cancelDays: z
      .number()
      .int()
      .min(0)
      .max(365)
      .nullable()
      .default(null)
      .describe('Days of notice; null: only for cause'),
    other: words(4000).default('').describe('What else both agreed on'),
  })
  .superRefine((terms, context) => {
    for (const fault of faultsOfTerms(terms)) {
      context.addIssue({ code: 'custom', path: fault.path, message: fault.message });
    }
  })
  .meta({ id: 'ContractTerms', description: 'Terms of a contract as data; days in the time zone of the workspace' });
export type Terms = z.infer<typeof termsSchema>;
export type TermsInput = z.input<typeof termsSchema>;
export type TermsField = keyof Terms;

interface TermsFault {
  path: (string | number)[];
  message: string;
}

type LooseTerms = Pick<
  Terms,
  | 'startsOn'
  | 'endsOn'
  | 'deliverables'
  | 'fee'
  | 'feeParts'
  | 'payouts'
  | 'payoutCap'
  | 'usageRights'
  | 'killFeePercent'
>;

function faultsOfTerms(terms: LooseTerms): TermsFault[] {
  return [...dayFaults(terms), ...feeFaults(terms), ...payoutFaults(terms)];
}

function dayFaults(terms: LooseTerms): TermsFault[] {
  const faults: TermsFault[] = [];
  if (terms.startsOn !== null && terms.endsOn !== null && terms.endsOn < terms.startsOn) {
    faults.push({ path: ['endsOn'], message: `It ends on ${terms.endsOn}, before it starts on ${terms.startsOn}` });
  }
  for (const [at, item] of terms.deliverables.entries()) {
    if (item.draftDueOn !== null && item.dueOn !== null && item.draftDueOn > item.dueOn) {
      faults.push({
        path: ['deliverables', at, 'draftDueOn'],
        message: `The draft is due on ${item.draftDueOn}, after the post itself on ${item.dueOn}`,
      });
    }
  }
  for (const [at, right] of terms.usageRights.entries()) {
    if (right.startsAt === 'date' && right.from === null) {
      faults.push({ path: ['usageRights', at, 'from'], message: 'Name the day the rights start' });
    }
  }
  return faults;
}

function feeFaults({ fee, feeParts, killFeePercent }: LooseTerms): TermsFault[] {
  const faults: TermsFault[] = [];
  if (fee === null) {
    if (feeParts.length > 0) faults.push({ path: ['feeParts'], message: 'Parts need a fee that they are parts of' });
    if (killFeePercent !== null && killFeePercent > 0) {
      faults.push({ path: ['killFeePercent'], message: 'It is a share of the fee; name the fee, or leave it out' });
    }
    return faults;
  }
  for (const [at, part] of feeParts.entries()) {
    if (part.amount.currency !== fee.currency) {
      faults.push({
        path: ['feeParts', at, 'amount'],
        message: `The fee is in ${fee.currency}, this part in ${part.amount.currency}`,
      });
    }
    if (part.trigger === 'date' && part.on === null) {
      faults.push({ path: ['feeParts', at, 'on'], message: 'Name the day this part falls due' });
    }
  }
  const sum = feeParts.reduce((total, part) => total + BigInt(part.amount.amountMinor), 0n);
  if (feeParts.length > 0 && sum !== BigInt(fee.amountMinor)) {
    faults.push({
      path: ['feeParts'],
      message: `The parts add up to ${sum} minor units, the fee is ${fee.amountMinor}`,
    });
  }
  return faults;
}

function payoutFaults({ fee, payouts, payoutCap }: LooseTerms): TermsFault[] {
  const faults: TermsFault[] = [];
  const currency =
    fee?.currency ?? payouts.find((payout) => payout.amount !== null)?.amount?.currency ?? payoutCap?.currency;
  const check = (amount: { currency: string } | null | undefined, path: (string | number)[]) => {
    if (amount !== null && amount !== undefined && currency !== undefined && amount.currency !== currency) {
      faults.push({ path, message: `One contract is paid in one currency, here ${currency}` });
    }
  };
  for (const [at, payout] of payouts.entries()) {
    if ((payout.amount === null) === (payout.sharePercent === null)) {
      faults.push({
        path: ['payouts', at, 'amount'],
        message: 'Either a fixed sum or a share, not both and not neither',
      });
    }
    if (payout.sharePercent !== null && payout.per !== 'order' && payout.per !== 'new_customer') {
      faults.push({ path: ['payouts', at, 'sharePercent'], message: 'Only orders have a value to take a share of' });
    }
    check(payout.amount, ['payouts', at, 'amount']);
    check(payout.capAmount, ['payouts', at, 'capAmount']);
  }
  check(payoutCap, ['payoutCap']);
  return faults;
}
