/** One creator's part of one order, as it stands or as it is decided. */
export interface OwnedShare {
  conversionId: string;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
  currency: string;
  creditedMinor: bigint;
  isCounted: boolean;
  rule: string;
}

/** What a decision moved for one creator of one order; amounts as text, since it travels as JSON. */
export interface CreditDelta {
  conversionId: string;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
  currency: string;
  deltaMinor: string;
  deltaOrders: number;
  rule: string;
  policyVersion: number;
}

/**
 * The differences between what stands and what was decided, per order, creator and currency: added to what stands they give the decision to the minor unit. Equal
 * shares move nothing. Shares of nobody are left out.
 */
export function creditDeltas(
  before: readonly OwnedShare[],
  after: readonly OwnedShare[],
  versionOf: (conversionId: string) => number,
): CreditDelta[] {
  const moves = new Map<string, { share: OwnedShare; minor: bigint; orders: number }>();
  const add = (share: OwnedShare, sign: 1 | -1) => {
    if (share.rule === 'none') return;
    const key = [share.conversionId, share.personId, share.campaignId, share.enrolmentId, share.currency].join(' ');
    const move = moves.get(key) ?? { share, minor: 0n, orders: 0 };
    move.minor += share.creditedMinor * BigInt(sign);
    move.orders += share.isCounted ? sign : 0;
    if (sign === 1) move.share = share;
    moves.set(key, move);
  };
  for (const share of before) add(share, -1);
  for (const share of after) add(share, 1);
  return [...moves.values()]
    .filter((move) => move.minor !== 0n || move.orders !== 0)
    .map(({ share, minor, orders }) => ({
      conversionId: share.conversionId,
      personId: share.personId,
      campaignId: share.campaignId,
      enrolmentId: share.enrolmentId,
      currency: share.currency,
      deltaMinor: minor.toString(),
      deltaOrders: orders,
      rule: share.rule,
      policyVersion: versionOf(share.conversionId),
    }));
}
