import { dayMs } from '#kernel/time.ts';
import type { Policy } from '../api.ts';
import {
  type Case,
  type CreditShare,
  type Decision,
  type JudgedTouch,
  type Policies,
  policyOf,
  type VersionedPolicy,
  whyExcluded,
  windowDaysOf,
} from './credit-case.ts';
import { dayOf, judgeClicks, judgeCodes, span, thingOf } from './judge-touches.ts';
import { shareWeights } from './share-weights.ts';

interface Pool {
  /** Best first: codes as the shop lists them, clicks newest first. */
  touches: JudgedTouch[];
  kinds: Policy['precedence'];
}

/**
 * Who is credited for an order. Each touch is judged by the rules of its own campaign; what is left is decided by the rules of the campaign they all belong to,
 * or by the workspace's when several campaigns stand against each other. The first kind of the precedence that has a touch wins, and the model divides the order
 * among its touches. A code of nobody (a site-wide promotion) stands in no link's way. Depends on nothing but its arguments, so late arrivals end in the
 * same decision.
 */
export function decideCredit(order: Case, policies: Policies): Decision {
  const codes = judgeCodes(order, policies);
  const clicks = judgeClicks(order, policies);
  const customer = boundTouch(order, policies);
  const by = governing([...codes.fit, ...clicks.fit, ...customer], policies);
  const { policy } = by;
  const pools = poolsOf(policy, { customer, code: codes.fit, link: clicks.fit });
  const at = pools.findIndex((pool) => pool.touches.length > 0);
  const pool = pools[at];
  const base = {
    version: by.version,
    policyCampaignId: by.campaignId,
    model: policy.model,
    occasion: order.occasion,
    windowDays: windowDaysOf(policy, order.occasion),
  };
  const misfits = [...codes.unfit, ...clicks.unfit];
  if (pool === undefined) return { ...base, ...nobody(order, misfits, [...codes.seen, ...clicks.seen]) };
  const { winner, shares, others } = divide(pool.touches, order, policy);
  const usable = [...customer, ...codes.fit, ...clicks.fit];
  const beaten = usable
    .filter((touch) => !pool.touches.includes(touch))
    .map((touch) => ({ ...touch, why: whyBeaten(touch, winner, policy) }));
  const reason = reasonOf({ order, winner, shares, policy, windowDays: base.windowDays, beaten });
  const told = order.isCancelled ? `${reason} The order was cancelled, so the credit is nothing.` : reason;
  return {
    ...base,
    rule: ruleOf(winner),
    reason: told,
    winner: { ...winner, why: told },
    shares: shares.map((share, index) => (index === 0 ? { ...share, touch: { ...share.touch, why: told } } : share)),
    losers: [...others, ...beaten, ...misfits],
    seen: null,
  };
}

/** The rules of the campaign that all touches belong to; the workspace's when they differ or belong to none. */
function governing(touches: readonly JudgedTouch[], policies: Policies): VersionedPolicy {
  const campaigns = new Set(touches.map((touch) => touch.campaignId));
  const [only] = campaigns;
  return campaigns.size === 1 && only !== undefined ? policyOf(policies, only) : policies.workspace;
}

function boundTouch(order: Case, policies: Policies): JudgedTouch[] {
  const { bound } = order;
  if (bound === null) return [];
  const { policy } = policyOf(policies, bound.campaignId);
  if (!policy.precedence.includes('customer')) return [];
  if (whyExcluded(order, { personId: bound.personId, clickId: null }) !== null) return [];
  if (policy.boundDays !== null && order.orderedAt.getTime() - bound.since.getTime() > policy.boundDays * dayMs)
    return [];
  return [
    {
      kind: 'customer',
      label: `Customer since order ${bound.orderLabel}`,
      at: bound.since.toISOString(),
      why: '',
      personId: bound.personId,
      campaignId: bound.campaignId,
      enrolmentId: bound.enrolmentId,
      linkId: bound.linkId,
      codeId: bound.codeId,
      clickId: null,
    },
  ];
}

function poolsOf(policy: Policy, fit: Record<Policy['precedence'][number], JudgedTouch[]>): Pool[] {
  if (!policy.isTogether) return policy.precedence.map((kind) => ({ touches: fit[kind], kinds: [kind] }));
  const joined = policy.precedence.filter((kind) => kind !== 'customer');
  // The code was typed at the checkout, after every click.
  const path = [...(joined.includes('code') ? fit.code : []), ...(joined.includes('link') ? fit.link : [])];
  let isJoinedSaid = false;
  return policy.precedence.flatMap((kind): Pool[] => {
    if (kind === 'customer') return [{ touches: fit.customer, kinds: ['customer'] }];
    if (isJoinedSaid) return [];
    isJoinedSaid = true;
    return [{ touches: path, kinds: joined }];
  });
}

/** Divides an order among the touches of a pool (best, that is newest, first); touches of one creator on one campaign become one share. */
function divide(
  touches: readonly JudgedTouch[],
  order: Case,
  policy: Policy,
): { winner: JudgedTouch; shares: CreditShare[]; others: JudgedTouch[] } {
  const path = oldestFirst(touches, policy);
  const lastMs = timeOf(path.at(-1), order);
  const ages = path.map((touch) => Math.max(0, lastMs - timeOf(touch, order)) / dayMs);
  const weights = shareWeights(policy.model, ages, policy.terms);
  const shares = new Map<string, CreditShare>();
  const others: JudgedTouch[] = [];
  // From the newest on, so that a creator's share is shown by their last touch.
  for (const touch of touches) {
    const weight = weights[path.indexOf(touch)] ?? 0;
    if (weight <= 0) {
      others.push({ ...touch, why: whyNotChosen(touch, touches, policy) });
      continue;
    }
    const key = [touch.personId, touch.campaignId, touch.enrolmentId].join(' ');
    const known = shares.get(key);
    if (known === undefined) {
      shares.set(key, { touch, weight });
      continue;
    }
    shares.set(key, { ...known, weight: known.weight + weight });
    others.push({ ...touch, why: `Counted into the share of the same creator, shown at ${known.touch.label}.` });
  }
  const sorted = [...shares.values()].sort(
    (a, b) =>
      b.weight - a.weight ||
      timeOf(b.touch, order) - timeOf(a.touch, order) ||
      (keyOf(a.touch) < keyOf(b.touch) ? -1 : 1),
  );
  const told = sorted.map((share) => ({
    ...share,
    touch: { ...share.touch, why: `${percentOf(share.weight)} by ${modelWords[policy.model]}.` },
  }));
  const [first] = told;
  if (first === undefined) throw new Error('A pool with touches always has a share.');
  return { winner: first.touch, shares: told, others };
}

/** As the models read it. Of several codes the first one the shop lists is the one that counts, whichever end the model looks at. */
function oldestFirst(touches: readonly JudgedTouch[], policy: Policy): JudgedTouch[] {
  const path = touches.toReversed();
  if (policy.model !== 'first') return path;
  const codes = touches.filter((touch) => touch.kind === 'code');
  return [...path.filter((touch) => touch.kind !== 'code'), ...codes];
}

function timeOf(touch: JudgedTouch | undefined, order: Case): number {
  const orderedMs = order.orderedAt.getTime();
  return touch?.at == null ? orderedMs : Math.min(Date.parse(touch.at), orderedMs);
}

function keyOf(touch: JudgedTouch): string {
  return `${touch.personId} ${touch.campaignId} ${touch.clickId ?? touch.codeId ?? ''}`;
}

function ruleOf(touch: JudgedTouch): Decision['rule'] {
  return touch.kind === 'click' ? 'link' : touch.kind;
}

const modelWords: Record<Policy['model'], string> = {
  last: 'last touch',
  first: 'first touch',
  linear: 'even shares',
  position: 'position',
  split: 'split commission',
  time_decay: 'time decay',
};

function whyNotChosen(touch: JudgedTouch, touches: readonly JudgedTouch[], policy: Policy): string {
  if (policy.model === 'first')
    return touch.kind === 'code' ? 'The first touch counts.' : 'A later click; the first one counts.';
  if (policy.model === 'last')
    return touch.kind === 'code'
      ? `The shop lists it after ${touches[0]?.label}; the first code counts.`
      : touches[0]?.kind === 'code'
        ? `An earlier touch; ${touches[0].label} at the checkout was the last.`
        : 'An earlier click; the last one before the order counts.';
  return `No part of the order falls to it by ${modelWords[policy.model]}.`;
}

function whyBeaten(touch: JudgedTouch, winner: JudgedTouch, policy: Policy): string {
  const kind = touch.kind === 'click' ? 'link' : touch.kind;
  if (!policy.precedence.includes(kind))
    return kind === 'customer' ? 'These rules bind no customers.' : `These rules credit no ${kind}s.`;
  if (winner.kind === 'customer') return `The customer is bound to the creator of an earlier order.`;
  if (winner.kind === 'code' && kind === 'link') return `A code beats a link, and ${winner.label} was used.`;
  if (winner.kind === 'click' && kind === 'code')
    return `By these rules a link beats a code, and ${winner.label} was clicked.`;
  return `By these rules a ${winner.kind === 'click' ? 'link' : winner.kind} comes before it.`;
}

function reasonOf(of: {
  order: Case;
  winner: JudgedTouch;
  shares: readonly CreditShare[];
  policy: Policy;
  windowDays: number;
  beaten: readonly JudgedTouch[];
}): string {
  const { order, winner, shares, policy } = of;
  if (shares.length > 1) {
    const parts = shares.map((share) => `${percentOf(share.weight)} to ${share.touch.label}`).join(', ');
    return `Shared by ${modelWords[policy.model]}: ${parts}.`;
  }
  if (winner.kind === 'customer')
    return `${winner.label} on ${dayOf(new Date(winner.at ?? 0))}: the customer stays with its creator ${policy.boundDays === null ? 'for good' : `for ${policy.boundDays} days`}.`;
  if (winner.kind === 'code') {
    const hasLink = of.beaten.some((touch) => touch.kind === 'click');
    return `Code ${winner.label} was used${order.occasion === 'lead' ? '' : ' at checkout'}${hasLink ? '; a code beats a link' : ''}.`;
  }
  const which = policy.model === 'first' ? 'First' : 'Last';
  const before = span(order.orderedAt.getTime() - Date.parse(winner.at ?? ''));
  return `${which} click within ${of.windowDays} days: ${winner.label}, ${before} before the ${thingOf(order)}${order.codes.length === 0 ? '; no code was used' : ''}.`;
}

function nobody(
  order: Case,
  misfits: JudgedTouch[],
  late: readonly JudgedTouch[],
): Pick<Decision, 'rule' | 'reason' | 'winner' | 'shares' | 'losers' | 'seen'> {
  const reason =
    misfits.length === 0
      ? `Nobody is credited: the ${thingOf(order)} names no code and no click.`
      : `Nobody is credited: ${misfits.map((touch) => `${touch.label}: ${touch.why}`).join(' ')}`;
  return {
    rule: 'none',
    reason,
    winner: null,
    shares: [],
    losers: misfits,
    seen: order.isCancelled ? null : seenOf(order, late),
  };
}

/** What the customer said comes before what was merely seen. */
function seenOf(order: Case, late: readonly JudgedTouch[]): JudgedTouch | null {
  const { said } = order;
  if (said !== null)
    return {
      kind: 'customer',
      label: 'Asked after the order',
      at: said.at.toISOString(),
      why: `The customer answered "${said.answer.slice(0, 200)}". No code and no click pays for it.`,
      personId: said.personId,
      campaignId: said.campaignId,
      enrolmentId: null,
      linkId: null,
      codeId: null,
      clickId: null,
    };
  const [touch] = late.filter((one) => one.personId !== null);
  return touch === undefined ? null : { ...touch, why: `Seen, too late to be paid. ${touch.label}: ${touch.why}` };
}

function percentOf(weight: number): string {
  return `${(weight * 100).toFixed(weight === 1 ? 0 : 1)} %`;
}
