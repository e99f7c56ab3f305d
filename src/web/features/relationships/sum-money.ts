import type { MoneyJson } from '#kernel/money.ts';
import type { CampaignWork } from '#modules/relationships/api.ts';

/** Sums of amounts, one a currency, by its code. */
export function addUp(moneys: readonly MoneyJson[]): MoneyJson[] {
  const sums = new Map<string, bigint>();
  for (const { amountMinor, currency } of moneys) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountMinor));
  return [...sums].map(([currency, sum]) => ({ amountMinor: sum.toString(), currency }));
}

/** Fees and goods per order over campaigns worked on; null without orders, without cost, or in several currencies. Rounded to the nearest minor unit. */
export function costPerOrder(campaigns: readonly CampaignWork[]): MoneyJson | null {
  const worked = campaigns.filter((work) => work.hasWorked);
  const [cost, ...others] = addUp(worked.flatMap((work) => [work.fee ?? [], work.goods ?? []].flat()));
  const orders = BigInt(worked.reduce((total, work) => total + work.orders, 0));
  if (cost === undefined || others.length > 0 || orders === 0n) return null;
  const rounded = (BigInt(cost.amountMinor) * 2n + orders) / (orders * 2n);
  return { amountMinor: rounded.toString(), currency: cost.currency };
}
