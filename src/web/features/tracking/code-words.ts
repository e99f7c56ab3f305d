import type { CodeInShop, DiscountCode } from '#modules/tracking/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount } from '#web/ui/format-number.ts';

type Tone = 'good' | 'warn' | 'bad' | 'plain';

export const shopStateWords: Record<CodeInShop['state'], { word: string; tone: Tone }> = {
  made: { word: 'made', tone: 'good' },
  waiting: { word: 'waits', tone: 'warn' },
  failed: { word: 'failed', tone: 'bad' },
  off: { word: 'shop is off', tone: 'plain' },
};

/** How a code stands in all its shops together: what needs somebody first. */
export function shopsOf(code: DiscountCode): { word: string; tone: Tone } {
  const shops = code.shops.filter((one) => one.state !== 'off');
  const count = (state: CodeInShop['state']) => shops.filter((one) => one.state === state).length;
  if (shops.length === 0) return { word: '', tone: 'plain' };
  if (count('failed') > 0) return { word: `${count('failed')} failed`, tone: 'bad' };
  if (count('waiting') > 0) return { word: `${count('waiting')} waiting`, tone: 'warn' };
  return { word: shops.length === 1 ? (shops[0]?.shopName ?? 'made') : `all ${shops.length}`, tone: 'good' };
}

/** What a code asks for beyond its dates, in words; null when nothing. */
export function conditionsOf(code: DiscountCode): string | null {
  const names = code.scope.items.map((item) => item.name).filter((name) => name !== '');
  const said = [
    code.scope.kind === 'all' ? null : `only for ${names.slice(0, 3).join(', ') || `certain ${code.scope.kind}`}`,
    code.minimum === null ? null : `from ${formatMoney(code.minimum)} on`,
    code.minimumQuantity === null ? null : `from ${formatCount(code.minimumQuantity)} products on`,
    code.isOncePerCustomer ? 'once per customer' : null,
    code.isFirstOrder ? 'first order only' : null,
    code.otherAmounts.length === 0 ? null : `or ${code.otherAmounts.map((money) => formatMoney(money)).join(', ')}`,
  ].filter((one) => one !== null);
  return said.length === 0 ? null : said.join('; ');
}
