import type { RuleName } from '../api/shared.ts';
import { bannedElsewhere } from './account/banned-elsewhere.ts';
import { duplicateAccount } from './account/duplicate-account.ts';
import { emailDomainMismatch } from './account/email-domain-mismatch.ts';
import { maskedEmail } from './account/masked-email.ts';
import { noProfiles } from './account/no-profiles.ts';
import { noVerifiedProfile } from './account/no-verified-profile.ts';
import { codeSpike } from './code/code-spike.ts';
import { codeWithoutClicks } from './code/code-without-clicks.ts';
import { couponShare } from './code/coupon-share.ts';
import { botShare } from './creator/bot-share.ts';
import { chargebacks } from './creator/chargebacks.ts';
import { clickConcentration } from './creator/click-concentration.ts';
import { clickToOrderFast } from './creator/click-to-order-fast.ts';
import { clickToOrderFlat } from './creator/click-to-order-flat.ts';
import { clickVelocity } from './creator/click-velocity.ts';
import { clicksWithoutOrders } from './creator/clicks-without-orders.ts';
import { conversionOutlier } from './creator/conversion-outlier.ts';
import { datacentreShare } from './creator/datacentre-share.ts';
import { disposableShare } from './creator/disposable-share.ts';
import { fewCustomers } from './creator/few-customers.ts';
import { hijackShare } from './creator/hijack-share.ts';
import { missingReferrer } from './creator/missing-referrer.ts';
import { newCustomerBurst } from './creator/new-customer-burst.ts';
import { noDayRhythm } from './creator/no-day-rhythm.ts';
import { orderValueOutlier } from './creator/order-value-outlier.ts';
import { paidTrafficShare } from './creator/paid-traffic-share.ts';
import { refundRate } from './creator/refund-rate.ts';
import { selfPurchase } from './creator/self-purchase.ts';
import { sharedDevice } from './creator/shared-device.ts';
import { zeroDwell } from './creator/zero-dwell.ts';
import { bannedReferrer } from './order/banned-referrer.ts';
import { chargeback } from './order/chargeback.ts';
import { checkoutHijack } from './order/checkout-hijack.ts';
import { couponReferrer } from './order/coupon-referrer.ts';
import { customerEmailMatch } from './order/customer-email-match.ts';
import { disposableEmail } from './order/disposable-email.ts';
import { fastOrder } from './order/fast-order.ts';
import { ownDevice } from './order/own-device.ts';
import { ownNetwork } from './order/own-network.ts';
import { paidTraffic } from './order/paid-traffic.ts';
import type { AccountRule, OrderRule, TrafficRule } from './verdict.ts';

/** In the order they are told. */
export const orderRules: readonly OrderRule[] = [
  customerEmailMatch,
  ownDevice,
  ownNetwork,
  checkoutHijack,
  bannedReferrer,
  paidTraffic,
  chargeback,
  couponReferrer,
  disposableEmail,
  fastOrder,
];
export const trafficRules: readonly TrafficRule[] = [
  selfPurchase,
  sharedDevice,
  clickVelocity,
  clickConcentration,
  botShare,
  datacentreShare,
  missingReferrer,
  noDayRhythm,
  zeroDwell,
  clicksWithoutOrders,
  conversionOutlier,
  orderValueOutlier,
  clickToOrderFast,
  clickToOrderFlat,
  newCustomerBurst,
  fewCustomers,
  refundRate,
  chargebacks,
  hijackShare,
  disposableShare,
  paidTrafficShare,
  codeSpike,
  codeWithoutClicks,
  couponShare,
];
export const accountRules: readonly AccountRule[] = [
  bannedElsewhere,
  duplicateAccount,
  emailDomainMismatch,
  maskedEmail,
  noVerifiedProfile,
  noProfiles,
];

/** The sum of all the others, so that many small signs come before a person too. */
export const trafficScore = {
  name: 'traffic-score' as const,
  version: 1,
  scope: 'traffic' as const,
  severity: 'medium' as const,
  points: 0,
  mode: 'watch' as const,
  title: 'Many signs together',
  explains:
    'The points of all rules that speak about the creator add up to the limit of the settings or more. Each of them stands in the evidence.',
  needs: 'Nothing more',
};

export type AnyRule = OrderRule | TrafficRule | AccountRule | typeof trafficScore;
export const allRules: readonly AnyRule[] = [...orderRules, ...trafficRules, ...accountRules, trafficScore];

const byName = new Map<RuleName, AnyRule>(allRules.map((rule) => [rule.name, rule]));

export function ruleNamed(name: RuleName): AnyRule {
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`No rule is named ${name}`);
  return rule;
}
