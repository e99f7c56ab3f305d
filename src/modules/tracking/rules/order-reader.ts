import { AppError, type ErrorDetail } from '#kernel/errors.ts';
import { isKnownCurrency, moneySchema, parseAmount } from '#kernel/money.ts';
import { dayMs } from '#kernel/time.ts';

const minorMax = 10n ** 15n;
const earliestMs = Date.UTC(2000, 0, 1);

export type Fields = Record<string, unknown>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gathers every fault of an order with the field it is in. */
export class OrderReader {
  readonly faults: ErrorDetail[] = [];
  readonly nowMs: number;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  fault(field: string, message: string): null {
    if (this.faults.length < 50) this.faults.push({ field, message });
    return null;
  }

  text(value: unknown, field: string, charsMax: number): string | null {
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text !== 'string' || text.trim() === '') return this.fault(field, 'Needed, as text.');
    if (text.length > charsMax) return this.fault(field, `Has ${text.length} characters; at most ${charsMax} fit.`);
    if (/\p{Cc}/u.test(text)) return this.fault(field, 'Holds control characters.');
    return text.trim();
  }

  /** An instant between 2000 and a day from now, as ISO text in UTC. */
  instant(value: unknown, field: string): string | null {
    if (
      typeof value !== 'string' ||
      !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)
    ) {
      return this.fault(
        field,
        `${shown(value)} is no instant. Write ISO 8601 with a time zone, such as 2026-05-14T09:38:00Z.`,
      );
    }
    const ms = Date.parse(value);
    if (Number.isNaN(ms)) return this.fault(field, `${shown(value)} is not in the calendar.`);
    if (ms < earliestMs)
      return this.fault(field, `${value} lies before 2000. Is it seconds where milliseconds were meant?`);
    if (ms > this.nowMs + dayMs) return this.fault(field, `${value} lies in the future.`);
    return new Date(ms).toISOString();
  }

  /** Minor units from {"amountMinor", "currency"}, or from decimal text with a currency beside it. */
  money(
    source: { amount: unknown; total: unknown; currency: unknown },
    at: string,
  ): { amountMinor: bigint; currency: string } | null {
    const field = (name: string) => (at === '' ? name : `${at}.${name}`);
    if (source.amount !== undefined && source.amount !== null) return this.minorMoney(source.amount, field('amount'));
    if (typeof source.total === 'number')
      return this.fault(
        field('total'),
        `${source.total} is a number, which loses cents. Write it as text, such as "52.40".`,
      );
    if (typeof source.total !== 'string')
      return this.fault(field('amount'), 'Needed: {"amountMinor": "5240", "currency": "EUR"}, or total and currency.');
    const currency = this.currency(source.currency, field('currency'));
    if (currency === null) return null;
    try {
      return this.bounded(parseAmount(source.total, currency), field('total'));
    } catch (error) {
      if (error instanceof AppError) return this.fault(field('total'), error.message);
      throw error;
    }
  }

  private minorMoney(value: unknown, field: string): { amountMinor: bigint; currency: string } | null {
    const parsed = moneySchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return this.fault([field, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'Not an amount.');
    }
    const currency = this.currency(parsed.data.currency, `${field}.currency`);
    return currency === null
      ? null
      : this.bounded({ amountMinor: BigInt(parsed.data.amountMinor), currency }, `${field}.amountMinor`);
  }

  private bounded(money: { amountMinor: bigint; currency: string }, field: string) {
    if (money.amountMinor < 0n) return this.fault(field, 'Less than zero. Send money given back as a refund.');
    if (money.amountMinor > minorMax) return this.fault(field, `More than ${minorMax} minor units. Is the unit right?`);
    return money;
  }

  currency(value: unknown, field: string): string | null {
    if (typeof value !== 'string' || !isKnownCurrency(value))
      return this.fault(field, `${shown(value)} is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`);
    return value;
  }

  list(value: unknown, field: string, max: number): unknown[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.fault(field, 'Must be a list.');
      return [];
    }
    if (value.length > max) {
      this.fault(field, `Holds ${value.length} entries; at most ${max} are read.`);
      return [];
    }
    return value;
  }
}

/** A value as a fault shows it. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
