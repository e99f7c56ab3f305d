import type { Platform } from '#kernel/platform.ts';
import type {
  CampaignModel,
  CampaignState,
  ContentMetric,
  CostState,
  DeliverableState,
  Goal,
  StagePhase,
} from '#modules/campaigns/api.ts';

/** How firm an amount is; null when nothing is owed. */
export type AmountStanding = 'proposed' | CostState | null;

export interface EnrolmentInput {
  id: string;
  personId: string;
  name: string;
  handle: string | null;
  platform: Platform | null;
  stageLabel: string;
  phase: StagePhase;
  isRemoved: boolean;
  /** Null is not entered. */
  feeMinor: bigint | null;
  feeStanding: AmountStanding;
  goodsMinor: bigint | null;
  goodsStanding: AmountStanding;
  /** Of their parcels; stands where the goods stand. Null while nothing was sent or it is not known. */
  postageMinor: bigint | null;
  /** Of it, what stands for parcels that none was entered for. */
  postageAssumedMinor: bigint;
}

export interface CostInput {
  enrolmentId: string | null;
  state: CostState;
  amountMinor: bigint;
}

export interface ResultInput {
  value: number;
  isEstimate: boolean;
  /** Typed by a person from a screenshot. */
  isTyped: boolean;
  source: string;
  observedAt: string;
}

export interface ContentInput {
  id: string;
  enrolmentId: string;
  platform: Platform;
  format: string;
  title: string;
  state: DeliverableState;
  liveUrl: string | null;
  liveAt: string | null;
  /** Day it went live in the workspace's time zone; null when not known. */
  liveDay: string | null;
  results: Partial<Record<ContentMetric, ResultInput>>;
}

/** Clicks of one day on the links of one enrolment (null: links of the campaign itself). */
export interface ClickInput {
  enrolmentId: string | null;
  day: string;
  clicks: number;
  visitors: number;
  dropped: number;
}

/** Credited orders of one day, enrolment and currency. */
export interface OrderInput {
  enrolmentId: string | null;
  day: string;
  currency: string;
  /** Neither cancelled nor refunded in full. */
  orders: number;
  byCode: number;
  byLink: number;
  cancelled: number;
  refundedInFull: number;
  newCustomers: number;
  /** Of `orders`, those that say whether the customer is new. */
  knownCustomers: number;
  grossMinor: bigint;
  cancelledMinor: bigint;
  /** Refunds of orders that were not cancelled. */
  refundedMinor: bigint;
  netMinor: bigint;
}

/** Credit of counted orders in one other currency, as it comes to by the rates kept with the orders. */
export interface RatedInput {
  currency: string;
  orders: number;
  /** Of `orders`, those with a rate. */
  rated: number;
  /** In minor units of the workspace's currency, rounded once. */
  ratedMinor: bigint;
  firstDay: string | null;
  lastDay: string | null;
  sources: readonly string[];
}

export interface HeldInput {
  currency: string;
  orders: number;
  heldMinor: bigint;
}

export interface LinkInput {
  enrolmentId: string | null;
  madeOn: string;
}

/** Orders of a creator for the interval: each net amount, or only their number, sum and sum of squares when there are too many. */
export interface OrderStratum {
  enrolmentId: string | null;
  count: number;
  sum: number;
  squares: number;
  /** Net amounts in minor units; null when there are too many to hold. */
  amounts: readonly number[] | null;
}

/** Everything a campaign's report is computed from. Days are calendar days of the workspace. */
export interface ReportInput {
  campaign: {
    id: string;
    name: string;
    model: CampaignModel;
    state: CampaignState;
    startsOn: string;
    endsOn: string;
    currency: string;
    budgetMinor: bigint | null;
  };
  today: string;
  timeZone: string;
  computedAt: string;
  /** Days before an order in which a click still counts. */
  windowDays: number;
  /** True once any order reached this workspace: only then is "no orders" a measurement. */
  hasOrderSource: boolean;
  goals: readonly Goal[];
  enrolments: readonly EnrolmentInput[];
  costs: readonly CostInput[];
  content: readonly ContentInput[];
  /** In other currencies than the workspace's. */
  rated: { currency: string; rows: readonly RatedInput[] };
  held: readonly HeldInput[];
  links: readonly LinkInput[];
  /** Enrolment of each discount code; null for codes of the campaign itself. */
  codes: readonly (string | null)[];
  clicks: readonly ClickInput[];
  orders: readonly OrderInput[];
  strata: readonly OrderStratum[];
}
