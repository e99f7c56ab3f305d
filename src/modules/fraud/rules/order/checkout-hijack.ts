import { clickEvidence, type OrderClick, type OrderFacts, orderEvidence } from '../facts.ts';
import { hit, type OrderRule } from '../verdict.ts';

const checkoutPath = /\/(?:checkouts?|cart|basket|bag|kasse|warenkorb|panier|carrello|cesta|payment)(?:[/?#.]|$)/i;

/** The click that took an order at the checkout, and the newest earlier one of somebody else; null when there is none. */
export function findHijack(
  order: OrderFacts,
  hijackSeconds: number,
): { by: OrderClick; from: OrderClick; isSure: boolean } | null {
  const before = order.clicks.filter((click) => click.personId !== null && click.atMs <= order.atMs && isWhole(click));
  const by = before.at(-1);
  if (by === undefined || order.atMs - by.atMs > hijackSeconds * 1000) return null;
  const from = before.findLast(
    (click) => click.personId !== by.personId && order.atMs - click.atMs > hijackSeconds * 1000,
  );
  return from === undefined ? null : { by, from, isSure: isAtCheckout(by) };
}

function isWhole(click: OrderClick): boolean {
  return click.dropReason === null || click.dropReason === 'duplicate';
}

/** The link leads into the checkout, or was opened from a page of the shop it leads to. */
export function isAtCheckout(click: OrderClick): boolean {
  const target = URL.parse(click.destination);
  if (target === null) return false;
  const host = target.hostname.replace(/^www\./, '');
  const { referrerHost } = click;
  return (
    checkoutPath.test(target.pathname) ||
    (referrerHost !== null && (referrerHost === host || referrerHost === `checkout.${host}`))
  );
}

export const checkoutHijack: OrderRule = {
  name: 'checkout-hijack',
  version: 1,
  scope: 'order',
  severity: 'high',
  points: 30,
  mode: 'watch',
  title: 'A click at the checkout took the order from another creator',
  explains:
    'The last click came within two minutes of the order, from a page of the shop or into its checkout, and an earlier creator had brought the customer. That is how coupon extensions work. Where the settings say so, the earlier creator keeps the credit.',
  needs: 'Two clicks of different creators on one order',
  judge: (order, policy) => {
    const found = findHijack(order, policy.hijackSeconds);
    if (found === null) return null;
    const { by, from, isSure } = found;
    const seconds = Math.round((order.atMs - by.atMs) / 1000);
    return hit(
      isSure
        ? `/${by.slug} was clicked at the checkout, ${seconds} s before the order; /${from.slug} had brought the customer.`
        : `/${by.slug} was clicked ${seconds} s before the order, after /${from.slug} had brought the customer. Nothing says that it was at the checkout.`,
      [
        clickEvidence(by, `${seconds} s before the order`),
        clickEvidence(from, 'brought the customer'),
        orderEvidence(order),
      ],
      { weight: isSure ? 1 : 0.2, ...(by.personId === null ? {} : { personId: by.personId }) },
    );
  },
};
