import type { MoneyJson } from '#kernel/money.ts';
import type { ValuedRow } from '../api.ts';
import { count, share } from './words.ts';

/** A range in words: "2,400 to 4,800", "USD 100 to 500", "from USD 10,000", "not known". */
export function sayValue(row: ValuedRow): string {
  const { low, high } = row;
  if (low === null) return 'not known';
  if (row.unit === 'money') {
    const least = row.low === null ? '' : sayMoney(row.low);
    if (row.high === null) return `from ${least}`;
    return least === sayMoney(row.high) ? least : `${least} to ${amount(row.high)}`;
  }
  const say = (value: number) => (row.unit === 'share' ? share(value) : count(value));
  if (high === null) return `from ${say(Number(low))}`;
  return low === high ? say(Number(low)) : `${say(Number(low))} to ${say(Number(high))}`;
}

function sayMoney(money: MoneyJson): string {
  return `${money.currency} ${amount(money)}`;
}

/** Estimates are in dollars and euros; cents are shown below ten units, where they matter. */
function amount(money: MoneyJson): string {
  const units = Number(money.amountMinor) / 100;
  return units < 10 ? units.toFixed(2) : count(units);
}
