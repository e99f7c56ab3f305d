import type { Evidence } from '../api/shared.ts';

/** A click an order names. Hashes compare within their day only. */
export interface OrderClick {
  clickId: string;
  linkId: string;
  slug: string;
  personId: string | null;
  atMs: number;
  dropReason: string | null;
  visitor: string | null;
  network: string | null;
  referrerHost: string | null;
  adParam: string | null;
  destination: string;
}

/** One spelling of a mailbox, its host and its kind, as keyed hashes; see tracking's customer marks. */
export interface Mailbox {
  mailbox: string;
  host: string | null;
  kind: 'disposable' | 'masked' | 'generic' | 'own';
}

/** An order as the rules see it. */
export interface OrderFacts {
  orderId: string;
  label: string;
  atMs: number;
  amountMinor: bigint;
  currency: string;
  isCancelled: boolean;
  refundedMinor: bigint;
  refunds: number;
  chargebacks: number;
  tellsChargebacks: boolean;
  /** Whom attribution credits; null for nobody. */
  personId: string | null;
  rule: string | null;
  customer: string | null;
  mailbox: Mailbox | null;
  isNewCustomer: boolean | null;
  /** Oldest first. */
  clicks: readonly OrderClick[];
  codes: readonly { codeId: string; code: string; personId: string | null }[];
  /** Who the credited creator is; null when nobody is credited. */
  creator: CreatorFacts | null;
}

/** What tells a creator from a customer. */
export interface CreatorFacts {
  personId: string;
  /** Empty when no address is known. */
  mailboxes: readonly Mailbox[];
  /** Devices they came to their portal with. */
  visits: readonly { day: string; visitor: string; network: string | null }[];
}

/** Who a creator is, for rules that look at accounts. */
export interface AccountFacts {
  personId: string;
  name: string;
  mailboxes: readonly (Mailbox & { hostName: string })[];
  /** Hosts of the websites they name. */
  websiteHosts: readonly string[];
  profiles: readonly { isVerified: boolean | null }[];
  /** Others who bear one of the addresses. */
  sameMailbox: readonly { personId: string; name: string }[];
  ban: { reason: string; note: string; at: string } | null;
  /** Others with one of their addresses that are banned. */
  bannedTwins: readonly { personId: string; name: string; reason: string }[];
}

/** The click an order is credited by, or else the newest of the credited creator. */
export function creditedClick(order: OrderFacts): OrderClick | null {
  return (
    order.clicks.findLast(
      (click) => click.personId !== null && click.personId === order.personId && click.atMs <= order.atMs + 300_000,
    ) ?? null
  );
}

export function clickEvidence(click: OrderClick, label: string): Evidence {
  return {
    kind: 'click',
    id: click.clickId,
    label: `/${click.slug}: ${label}`,
    at: new Date(click.atMs).toISOString(),
  };
}

export function orderEvidence(order: Pick<OrderFacts, 'orderId' | 'label' | 'atMs'>, label = ''): Evidence {
  return {
    kind: 'order',
    id: order.orderId,
    label: label === '' ? `Order ${order.label}` : `Order ${order.label}: ${label}`,
    at: new Date(order.atMs).toISOString(),
  };
}

export const dayOfMs = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** True for a host that is one of these or lies below one; a leading *. is read as "and all below". */
export function isHostAmong(host: string, hosts: Iterable<string>): boolean {
  for (const one of hosts) {
    const bare = one.replace(/^\*\./, '').replace(/^www\./, '');
    if (host === bare || host.endsWith(`.${bare}`)) return true;
  }
  return false;
}
