import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { parseAmount } from '#kernel/money.ts';
import { dayMs } from '#kernel/time.ts';
import { trackingError } from '../errors.ts';
import { hashEmail } from '../record-orders.ts';

/** What a phone noted while it had no network is taken for so long. */
const lateMaxMs = 14 * dayMs;

/** What was paid, in the till's currency. Error: tracking.bad_order (field amount). */
export function readPaid(text: string, currency: string): { amountMinor: bigint; currency: string } {
  try {
    const paid = parseAmount(text.trim().replace(',', '.'), currency);
    if (paid.amountMinor >= 0n && paid.amountMinor <= 10n ** 12n) return paid;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw trackingError('bad_order', `amount: ${error.message}`, [{ field: 'amount', message: error.message }]);
  }
  const message = 'Must be nothing or more, and no more than a purchase can be.';
  throw trackingError('bad_order', `amount: ${message}`, [{ field: 'amount', message }]);
}

/** When it was noted; never in the future. Error: tracking.bad_order (field happenedAt) for what lies too far back. */
export function readHappened(infra: Infra, text: string | undefined): Date {
  const now = infra.clock.now();
  if (text === undefined) return now;
  const at = new Date(text);
  // The clock of a phone may go wrong by minutes; nobody redeems in the future.
  if (at > now) return now;
  if (now.getTime() - at.getTime() <= lateMaxMs) return at;
  const message = 'More than two weeks ago. Enter it in the office.';
  throw trackingError('bad_order', `happenedAt: ${message}`, [{ field: 'happenedAt', message }]);
}

/** What a customer is known by, as a hash only this workspace of this installation can make; null when nothing was given. */
export function customerHash(infra: Infra, workspaceId: string, customer: string | undefined): Buffer | null {
  const text = customer?.trim() ?? '';
  if (text === '') return null;
  const plain = text.includes('@') ? text : text.replace(/[^\d+]/g, '');
  return plain === '' ? null : Buffer.from(hashEmail(infra, workspaceId, plain), 'hex');
}
