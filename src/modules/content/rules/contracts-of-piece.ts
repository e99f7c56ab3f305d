/** A contract in force as far as it says whose rights a piece has. Days in the workspace's time zone. */
export interface RightsContract {
  contractId: string;
  /** The contract it renews. */
  renewsId: string | null;
  /** The first day of its term. */
  startsOn: string | null;
}

/**
 * The contracts whose rights hold for a piece: the one it is owed by; else those of its day, where a renewal counts for what was posted from its first day on and
 * takes the place of what it renews. A piece without a day belongs to the newest term.
 */
export function contractsOfPiece<Contract extends RightsContract>(
  contracts: readonly Contract[],
  piece: { owedBy: string | null; day: string | null },
): Contract[] {
  const own = contracts.filter((one) => one.contractId === piece.owedBy);
  if (own.length > 0) return own;
  const { day } = piece;
  const begun = contracts.filter(
    (one) => one.renewsId === null || one.startsOn === null || day === null || one.startsOn <= day,
  );
  const renewed = new Set(begun.map((one) => one.renewsId));
  return begun.filter((one) => !renewed.has(one.contractId));
}
