/** What a code says that a till can hold it to. */
export interface TillCode {
  code: string;
  state: 'live' | 'paused' | 'archived';
  starts_at: Date | null;
  ends_at: Date | null;
  usage_limit: number | null;
  scope: 'all' | 'products' | 'collections';
  scope_items: { name: string }[];
  is_first_order: boolean;
  is_once_per_customer: boolean;
  minimum_minor: bigint | null;
  minimum_currency: string | null;
  minimum_quantity: number | null;
}

const namesShownMax = 5;

/**
 * Whether a code may be used at a till at an instant: `reasons` why not, and `askFor` what only the staff can see. A purchase below the smallest one
 * counts as a reason only when its amount is given.
 */
export function judgeTillCode(
  code: TillCode,
  of: {
    at: Date;
    uses: number;
    usesByCustomer: number;
    hasCustomer: boolean;
    purchase: { amountMinor: bigint; currency: string } | null;
    say: { day(at: Date): string; money(amountMinor: bigint, currency: string): string };
  },
): { reasons: string[]; askFor: string[] } {
  const { at, say, purchase } = of;
  const reasons: string[] = [];
  if (code.state !== 'live') reasons.push(`${code.code} was ${code.state === 'paused' ? 'paused' : 'taken back'}.`);
  if (code.starts_at !== null && at < code.starts_at) reasons.push(`It begins on ${say.day(code.starts_at)}.`);
  if (code.ends_at !== null && at > code.ends_at) reasons.push(`It ended on ${say.day(code.ends_at)}.`);
  if (code.usage_limit !== null && of.uses >= code.usage_limit)
    reasons.push(`It was used ${of.uses} of ${code.usage_limit} times.`);
  if (code.is_once_per_customer && of.usesByCustomer > 0) reasons.push('This customer has used it already.');
  if (code.minimum_minor !== null && code.minimum_currency !== null && purchase !== null) {
    if (purchase.currency === code.minimum_currency && purchase.amountMinor < code.minimum_minor)
      reasons.push(`The purchase must come to ${say.money(code.minimum_minor, code.minimum_currency)} at least.`);
  }
  return { reasons, askFor: askFor(code, of) };
}

function askFor(
  code: TillCode,
  { hasCustomer, purchase, say }: Pick<Parameters<typeof judgeTillCode>[1], 'hasCustomer' | 'purchase' | 'say'>,
): string[] {
  const asks: string[] = [];
  if (code.scope !== 'all') {
    const names = code.scope_items.map((item) => item.name).filter((name) => name !== '');
    const shown = names.slice(0, namesShownMax).join(', ');
    const more = names.length > namesShownMax ? ` and ${names.length - namesShownMax} more` : '';
    asks.push(`Only for ${shown === '' ? `certain ${code.scope}` : `${shown}${more}`}.`);
  }
  if (code.minimum_minor !== null && code.minimum_currency !== null && purchase?.currency !== code.minimum_currency)
    asks.push(`From a purchase of ${say.money(code.minimum_minor, code.minimum_currency)} on.`);
  if (code.minimum_quantity !== null) asks.push(`From ${code.minimum_quantity} products on.`);
  if (code.is_first_order) asks.push('For a first purchase only: ask the customer.');
  if (code.is_once_per_customer && !hasCustomer)
    asks.push("Once per customer: enter the customer's e-mail or telephone, or ask whether it was used before.");
  return asks;
}

/** A receipt's number as it stands in the order's id: of its day, since many tills begin at 1 each morning. */
export function receiptId(day: string, receipt: string): string {
  return `${day}/${receipt.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase()}`;
}
