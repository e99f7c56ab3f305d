import type { ValuedRow } from '#modules/vetting/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCompact, formatShare } from '#web/ui/format-number.ts';

/** "2.4k to 4.8k", "$100 to $500", "from $10,000"; null where nothing can be said. */
export function formatMoneyRange(row: ValuedRow): string | null {
  if (row.unit === 'money') {
    if (row.low === null) return null;
    const low = formatMoney(row.low, { short: true });
    if (row.high === null) return `from ${low}`;
    const high = formatMoney(row.high, { short: true });
    return low === high ? low : `${low} to ${high}`;
  }
  if (row.low === null) return null;
  const say = (value: number) => (row.unit === 'share' ? formatShare(value) : formatCompact(value));
  if (row.high === null) return `from ${say(row.low)}`;
  return say(row.low) === say(row.high) ? say(row.low) : `${say(row.low)} to ${say(row.high)}`;
}
