import { type FeePart, type Terms, termsSchema, type UsageRight } from '../api/terms.ts';

interface Line {
  right: UsageRight;
  price: { amountMinor: string; currency: string };
  label: string;
}

/**
 * Terms with further rights and what is paid for each on signing. A fee that was not in parts so far stays one part, by its own trigger; one that is
 * paid by invoice stays whole, since an invoice is no trigger of a part. Null with the fault where they cannot be said.
 */
export function withPricedRights(
  of: unknown,
  lines: readonly Line[],
): { terms: Terms; fault: null } | { terms: null; fault: string } {
  const terms = termsSchema.parse(of);
  const [first] = lines;
  if (first === undefined) return { terms, fault: null };
  const currency = terms.fee?.currency ?? first.price.currency;
  const other = lines.find((line) => line.price.currency !== currency);
  if (other !== undefined)
    return { terms: null, fault: `its fee is in ${currency}, the price in ${other.price.currency}.` };
  const sum = lines.reduce((total, line) => total + BigInt(line.price.amountMinor), 0n);
  const fee = { amountMinor: String(BigInt(terms.fee?.amountMinor ?? '0') + sum), currency };
  const added = lines.map((line): FeePart => ({ label: line.label, amount: line.price, trigger: 'signed', on: null }));
  const parsed = termsSchema.safeParse({
    ...terms,
    fee,
    feeParts: [...partsSoFar(terms), ...added],
    usageRights: [...terms.usageRights, ...lines.map((line) => line.right)],
  });
  if (parsed.success) return { terms: parsed.data, fault: null };
  // Paid by invoice, so without parts: the sum alone is amended.
  const whole = termsSchema.safeParse({
    ...terms,
    fee,
    feeParts: [],
    usageRights: [...terms.usageRights, ...lines.map((line) => line.right)],
  });
  if (whole.success) return { terms: whole.data, fault: null };
  return { terms: null, fault: parsed.error.issues.map((issue) => issue.message).join('; ') };
}

function partsSoFar(terms: Terms): FeePart[] {
  const { fee, feeParts, payment } = terms;
  if (feeParts.length > 0 || fee === null || BigInt(fee.amountMinor) === 0n) return feeParts;
  return payment.trigger === 'invoice' ? [] : [{ label: 'Fee', amount: fee, trigger: payment.trigger, on: null }];
}
