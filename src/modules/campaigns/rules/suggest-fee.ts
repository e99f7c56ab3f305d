/** A deal that was made: what it cost and what came of it. */
export interface Deal {
  isTheirs: boolean;
  feeMinor: bigint;
  pieces: number;
  /** Null when not all of it was measured. */
  engagements: number | null;
}

export interface FeeRange {
  lowMinor: bigint;
  middleMinor: bigint;
  highMinor: bigint;
  n: number;
}

/** What the creator was paid for a piece before, lowest to highest, times the pieces wanted. Null without such a deal. */
export function feeByHistory(deals: readonly Deal[], pieces: number): FeeRange | null {
  const each = deals
    .filter((deal) => deal.isTheirs && deal.pieces > 0)
    .map((deal) => Number(deal.feeMinor) / deal.pieces)
    .toSorted((a, b) => a - b);
  return toRange(each, { low: 0, high: 1, times: pieces, n: each.length });
}

/**
 * What own deals paid for an engagement (quartiles), times what the creator's own pieces reached (median), times the pieces wanted. Null with fewer than
 * `dealsMin` measured deals, or when nothing of the creator was measured.
 */
export function feeByRate(
  deals: readonly Deal[],
  of: { pieces: number; perPiece: number | null; dealsMin: number },
): FeeRange | null {
  const rates = deals
    .flatMap((deal) =>
      deal.engagements === null || deal.engagements <= 0 ? [] : [Number(deal.feeMinor) / deal.engagements],
    )
    .toSorted((a, b) => a - b);
  if (rates.length < of.dealsMin || of.perPiece === null) return null;
  return toRange(rates, { low: 0.25, high: 0.75, times: of.perPiece * of.pieces, n: rates.length });
}

/** Median engagements of a piece in the creator's own deals. */
export function engagementsPerPiece(deals: readonly Deal[]): number | null {
  const each = deals
    .flatMap((deal) =>
      deal.isTheirs && deal.engagements !== null && deal.pieces > 0 ? [deal.engagements / deal.pieces] : [],
    )
    .toSorted((a, b) => a - b);
  return each.length === 0 ? null : quantile(each, 0.5);
}

function toRange(
  sorted: readonly number[],
  of: { low: number; high: number; times: number; n: number },
): FeeRange | null {
  if (sorted.length === 0) return null;
  const minor = (share: number) => BigInt(Math.round(quantile(sorted, share) * of.times));
  return { lowMinor: minor(of.low), middleMinor: minor(0.5), highMinor: minor(of.high), n: of.n };
}

/** By linear interpolation between order statistics (type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}
