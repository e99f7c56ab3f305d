import { toMoneyJson } from '#kernel/money.ts';
import type { CountCell, Figure, MoneyCell, MoneyFigure } from '../api.ts';

type About = Partial<Pick<Figure, 'reason' | 'n' | 'asOf' | 'bound' | 'note'>> & Pick<Figure, 'formula' | 'source'>;

const defaults = { reason: null, n: null, asOf: null, bound: 'exact', note: null } as const;

/** A figure that is not money. With a value it has no reason; without one it is no bound of anything. */
export function figure(kind: Figure['kind'], value: number | null, about: About): Figure {
  const filled = { ...defaults, ...about };
  return {
    kind,
    value,
    ...filled,
    reason: value === null ? (filled.reason ?? 'not known') : null,
    bound: value === null ? 'exact' : filled.bound,
    interval: null,
    intervalReason: null,
  };
}

/** An amount in one currency, as a figure. */
export function moneyFigure(amountMinor: bigint | null, currency: string, about: About): MoneyFigure {
  const filled = { ...defaults, ...about };
  return {
    kind: 'money',
    value: amountMinor === null ? null : toMoneyJson({ amountMinor, currency }),
    ...filled,
    reason: amountMinor === null ? (filled.reason ?? 'not known') : null,
    bound: amountMinor === null ? 'exact' : filled.bound,
  };
}

export function countCell(value: number | null, reason: string): CountCell {
  return { value, reason: value === null ? reason : null };
}

export function moneyCell(amountMinor: bigint | null, currency: string, reason: string): MoneyCell {
  return {
    value: amountMinor === null ? null : toMoneyJson({ amountMinor, currency }),
    reason: amountMinor === null ? reason : null,
  };
}
