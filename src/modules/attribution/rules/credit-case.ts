import type { Occasion, Policy, ShareModel } from '../api.ts';

/** A click an order names, as tracking knows it. */
export interface ClickCandidate {
  clickId: string;
  linkId: string;
  slug: string;
  clickedAt: Date;
  dropReason: string | null;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

/** A code an order used, as tracking knows it. */
export interface CodeCandidate {
  codeId: string;
  codeKey: string;
  code: string;
  startsAt: Date | null;
  endsAt: Date | null;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

export interface Case {
  orderedAt: Date;
  isCancelled: boolean;
  occasion: Occasion;
  /** As the shop listed them. */
  codes: readonly string[];
  codeKeys: readonly string[];
  clickIds: readonly string[];
  knownCodes: readonly CodeCandidate[];
  knownClicks: readonly ClickCandidate[];
  /** What may not earn on this order, with why; none when left out. */
  exclusions?: readonly Exclusion[];
  /** Who the customer is bound to by an earlier order; null for nobody. */
  bound: BoundCustomer | null;
  /** The creator the customer named when asked; null when nobody. */
  said: Said | null;
}

/** Something of a creator's that may not earn: one click, or all of theirs when `clickId` is null. */
export interface Exclusion {
  personId: string;
  clickId: string | null;
  why: string;
}

/** Why a touch may not earn on an order; null when it may. */
export function whyExcluded(order: Case, touch: Pick<JudgedTouch, 'personId' | 'clickId'>): string | null {
  const found = order.exclusions?.find(
    (one) => one.personId === touch.personId && (one.clickId === null || one.clickId === touch.clickId),
  );
  return found?.why ?? null;
}

export interface BoundCustomer {
  /** The order that bound them, as its shop calls it. */
  orderLabel: string;
  since: Date;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
  linkId: string | null;
  codeId: string | null;
}

export interface Said {
  answer: string;
  at: Date;
  personId: string;
  campaignId: string | null;
}

/** Something that may have led to the order, with the reason it won or lost. */
export interface JudgedTouch {
  kind: 'code' | 'click' | 'customer';
  label: string;
  /** ISO instant; null when nothing is known of it. */
  at: string | null;
  why: string;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
  linkId: string | null;
  codeId: string | null;
  clickId: string | null;
}

/** What one creator on one campaign gets of an order; the shares of an order sum to one. */
export interface CreditShare {
  touch: JudgedTouch;
  weight: number;
}

export interface Decision {
  rule: 'code' | 'link' | 'customer' | 'none';
  reason: string;
  version: number;
  /** Whose rules decided; null for the workspace's. */
  policyCampaignId: string | null;
  model: ShareModel;
  occasion: Occasion;
  windowDays: number;
  /** The touch with the largest share. */
  winner: JudgedTouch | null;
  /** The winner's first; empty when nobody is credited. */
  shares: CreditShare[];
  losers: JudgedTouch[];
  /** Seen or said without earning pay; only where nobody is paid. */
  seen: JudgedTouch | null;
}

export interface VersionedPolicy {
  version: number;
  /** Null for the workspace's. */
  campaignId: string | null;
  policy: Policy;
}

/** The rules that hold: the workspace's, and those of campaigns that go their own way. */
export interface Policies {
  workspace: VersionedPolicy;
  campaigns: ReadonlyMap<string, VersionedPolicy>;
}

export function policyOf(policies: Policies, campaignId: string | null): VersionedPolicy {
  return (campaignId === null ? undefined : policies.campaigns.get(campaignId)) ?? policies.workspace;
}

/** Days before an order of this occasion in which a click counts. */
export function windowDaysOf(policy: Policy, occasion: Occasion): number {
  const { leadDays, firstDays, repeatDays } = policy.windows;
  return occasion === 'lead' ? leadDays : occasion === 'first' ? firstDays : repeatDays;
}

/** True when a decision depends on other orders of the same customer. */
export function needsCustomers(policies: Policies): boolean {
  return [policies.workspace, ...policies.campaigns.values()].some(
    ({ policy }) => policy.precedence.includes('customer') || policy.windows.firstDays !== policy.windows.repeatDays,
  );
}
