import type { MoneyJson } from '#kernel/money.ts';
import { formatMoney } from '#web/ui/format-money.ts';

interface Props {
  value: MoneyJson | null;
  short?: boolean;
  /** Said in place of an amount that is not there. */
  missing?: string;
}

/** An amount as the API gives it, exact. */
export function Money({ value, short = false, missing = 'not known' }: Props) {
  if (value === null) return <span className="ink-3">{missing}</span>;
  return <span className="nowrap">{formatMoney(value, { short })}</span>;
}
