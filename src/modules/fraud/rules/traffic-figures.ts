/**
 * A creator's traffic in numbers: what the rules about traffic look at. One row of `eval -- traffic-fraud --data FILE` has these columns. What is not known is null.
 * Window: the days of the settings, 28 as they come; of codes the last 7 days against those before.
 */
export interface TrafficFigures {
  /** Hits on the creator's links of any kind. */
  hits: number;
  /** Counted clicks. */
  clicks: number;
  visitors: number;
  botHits: number;
  /** Null while visits from data centres are not told apart. */
  datacentreHits: number | null;
  velocityHits: number;
  /** Of the hits that may be people's: part of the most frequent visitor, and of the most frequent network. */
  topVisitorShare: number | null;
  topNetworkShare: number | null;
  /** Orders by clicks of that network. */
  topNetworkOrders: number;
  noReferrerShare: number | null;
  couponClicks: number;
  couponShare: number | null;
  adClicks: number | null;
  adShare: number | null;
  /** Entropy of the hour of the day over counted clicks, 1 for all hours alike; null below 200 clicks. */
  hourEntropy: number | null;
  /** Paid and cancelled orders credited to the creator. */
  orders: number;
  linkOrders: number;
  codeOrders: number;
  /** Customers whose hash is known. */
  customers: number;
  /** Orders of customers that are known. */
  knownOrders: number;
  newCustomers: number | null;
  /** Orders with a click of the creator before them. */
  timedOrders: number;
  /** Of these within the seconds of the settings, and more than a day later. */
  fastOrders: number;
  lateOrders: number;
  /** Customers with a refund of at least half, or a cancelled order. */
  refundedCustomers: number;
  /** Null when no source of these orders tells chargebacks. */
  chargebacks: number | null;
  /** Median in minor units of the currency most orders have. */
  orderValueMinor: number | null;
  /** Orders of the creator's own mailbox or device; null when neither could be compared. */
  ownOrders: number | null;
  /** Most customers that ordered from one device within one day. */
  deviceCustomers: number;
  /** Orders taken from earlier creators at the checkout. */
  hijackOrders: number;
  /** Orders with a throw-away mailbox; null when no mailbox is known. */
  disposableOrders: number | null;
  /** Orders opened by a watched advertisement. */
  adOrders: number;
  /** Most orders of new customers within one hour, and counted clicks in that hour. */
  busiestHourOrders: number;
  busiestHourClicks: number;
  /** Of the code that stands out most: its likelihood sum against going on as before; null without 14 days of history. */
  codeSum: number | null;
  /** Its uses in the last 7 days, those without a click of the creator, and how many of these its history makes expect. */
  codeUses: number;
  codeLoneUses: number;
  codeLoneExpected: number | null;
  /** Counted clicks of the last 7 days over their weekly mean before; null without history. */
  clickRise: number | null;
}

export const figureNames = [
  'hits',
  'clicks',
  'visitors',
  'botHits',
  'datacentreHits',
  'velocityHits',
  'topVisitorShare',
  'topNetworkShare',
  'topNetworkOrders',
  'noReferrerShare',
  'couponClicks',
  'couponShare',
  'adClicks',
  'adShare',
  'hourEntropy',
  'orders',
  'linkOrders',
  'codeOrders',
  'customers',
  'knownOrders',
  'newCustomers',
  'timedOrders',
  'fastOrders',
  'lateOrders',
  'refundedCustomers',
  'chargebacks',
  'orderValueMinor',
  'ownOrders',
  'deviceCustomers',
  'hijackOrders',
  'disposableOrders',
  'adOrders',
  'busiestHourOrders',
  'busiestHourClicks',
  'codeSum',
  'codeUses',
  'codeLoneUses',
  'codeLoneExpected',
  'clickRise',
] as const satisfies readonly (keyof TrafficFigures)[];

/** Figures of which "not known" is an answer; the others are counts, 0 at least. */
export const nullableFigures: ReadonlySet<keyof TrafficFigures> = new Set([
  'datacentreHits',
  'topVisitorShare',
  'topNetworkShare',
  'noReferrerShare',
  'couponShare',
  'adClicks',
  'adShare',
  'hourEntropy',
  'newCustomers',
  'chargebacks',
  'orderValueMinor',
  'ownOrders',
  'disposableOrders',
  'codeSum',
  'codeLoneExpected',
  'clickRise',
]);
