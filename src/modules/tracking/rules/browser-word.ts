/** Versions of an order a browser told rank below whatever the shop itself says. */
export const browserRank = -2;

const hourMs = 3_600_000;
/** The thank-you page is seen when the order is made: a word that comes much earlier or later is somebody else's. */
const beforeMs = hourMs;
const afterMs = 2 * hourMs;

/**
 * Clicks of an order: those its own account names, and those a browser named, as long as the browser spoke around the time of the order. A browser
 * can be lied to, so it adds and takes nothing away.
 */
export function clicksOfOrder(
  order: { clickIds: readonly string[]; orderedAt: string },
  word: { clickIds: readonly string[]; toldAt: Date } | undefined,
): string[] {
  if (word === undefined) return [...order.clickIds];
  const offMs = word.toldAt.getTime() - Date.parse(order.orderedAt);
  const isTimely = offMs >= -beforeMs && offMs <= afterMs;
  return [...new Set([...order.clickIds, ...(isTimely ? word.clickIds : [])])];
}

export type HostVerdict = { ok: true; host: string } | { ok: false; message: string };

/** A host as a key keeps it: a name or an address with its port, without what stands before and behind; `sandbox` stands for pages without a host. */
export function readPageHost(text: string): HostVerdict {
  const plain = text.trim().toLowerCase();
  if (plain === 'sandbox') return { ok: true, host: plain };
  const url = URL.parse(/^https?:\/\//.test(plain) ? plain : `https://${plain}`);
  if (url === null || url.host === '' || url.username !== '' || /[*\s]/.test(plain))
    return { ok: false, message: `"${text}" is no host. Write one such as shop.example.com.` };
  return { ok: true, host: url.host };
}

/** The host of the page a request came from, by its Origin; `sandbox` for a page that has none of its own, null when it does not say. */
export function pageHostOf(origin: string | null): string | null {
  if (origin === null || origin === '') return null;
  if (origin === 'null') return 'sandbox';
  return URL.parse(origin)?.host ?? null;
}
