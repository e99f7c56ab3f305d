/** The product of two decimal texts of zero or more, rounded half up to a whole number; exact before that. */
export function timesScale(amount: string, scale: string): bigint {
  const [a, aPlaces] = wholeOf(amount);
  const [b, bPlaces] = wholeOf(scale);
  const unit = 10n ** BigInt(aPlaces + bPlaces);
  return (2n * a * b + unit) / (2n * unit);
}

/** "12.30" as 1230 and the number of its places. */
function wholeOf(text: string): [bigint, number] {
  const [whole = '0', places = ''] = text.split('.');
  return [BigInt(whole + places), places.length];
}
