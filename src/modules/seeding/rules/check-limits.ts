export interface LimitsOf {
  itemsMax: number;
  /** At cost of goods; null is no limit. */
  valueMaxMinor: bigint | null;
  /** Left of what all creators may have; null is no limit. */
  unitsLeft: number | null;
}

export interface WantedLine {
  variantId: string;
  productId: string;
  name: string;
  quantity: number;
  unitCostMinor: bigint | null;
  /** Pieces of the product a creator may choose; null when it is not offered. */
  eachMax: number | null;
  isOffered: boolean;
  /** Null when stock is not counted. */
  available: number | null;
}

export interface LimitFault {
  code: 'not_offered' | 'each' | 'items' | 'value' | 'value_unknown' | 'units' | 'stock';
  variantId: string | null;
  message: string;
}

/** What is wrong with a choice under the limits of its campaign, one fault a line and one for the whole; empty when it is allowed. */
export function checkLimits(lines: readonly WantedLine[], limits: LimitsOf): LimitFault[] {
  const faults: LimitFault[] = [];
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  const ofProduct = new Map<string, number>();
  for (const line of lines) ofProduct.set(line.productId, (ofProduct.get(line.productId) ?? 0) + line.quantity);
  for (const line of lines) {
    const { variantId } = line;
    const count = ofProduct.get(line.productId) ?? 0;
    if (!line.isOffered || line.eachMax === null)
      faults.push({
        code: 'not_offered',
        variantId,
        message: `${line.name} cannot be chosen on this campaign (any more).`,
      });
    else if (count > line.eachMax)
      faults.push({ code: 'each', variantId, message: `${line.name}: at most ${line.eachMax}, not ${count}.` });
    faults.push(...stockFaults([line]));
  }
  if (units > limits.itemsMax)
    faults.push({
      code: 'items',
      variantId: null,
      message: `At most ${pieces(limits.itemsMax)} in all, not ${units}.`,
    });
  if (limits.unitsLeft !== null && units > limits.unitsLeft) {
    const left =
      limits.unitsLeft <= 0
        ? 'Nothing is left of this campaign’s products.'
        : `Only ${pieces(limits.unitsLeft)} are left on this campaign.`;
    faults.push({ code: 'units', variantId: null, message: left });
  }
  return [...faults, ...valueFaults(lines, limits.valueMaxMinor)];
}

/** Lines of which there are fewer pieces than wanted. */
export function stockFaults(lines: readonly WantedLine[]): LimitFault[] {
  return lines.flatMap((line) => {
    if (line.available === null || line.quantity <= line.available) return [];
    const left = line.available <= 0 ? 'is sold out' : `has only ${line.available} left, not ${line.quantity}`;
    return [
      { code: 'stock' as const, variantId: line.variantId, message: `${line.name} ${left}. Choose something else.` },
    ];
  });
}

function valueFaults(lines: readonly WantedLine[], valueMaxMinor: bigint | null): LimitFault[] {
  if (valueMaxMinor === null) return [];
  const unknown = lines.find((line) => line.unitCostMinor === null);
  if (unknown !== undefined) {
    const message = `${unknown.name} cannot be chosen: its cost of goods is not known and the campaign has a limit of value.`;
    return [{ code: 'value_unknown', variantId: unknown.variantId, message }];
  }
  const sum = costOf(lines) ?? 0n;
  // What it costs is the brand's own business: the message names no amount.
  return sum > valueMaxMinor
    ? [
        {
          code: 'value',
          variantId: null,
          message: 'Together this is more than the campaign gives a creator. Take something off.',
        },
      ]
    : [];
}

/** Cost of goods of all lines; null when that of one is not known. */
export function costOf(lines: readonly { quantity: number; unitCostMinor: bigint | null }[]): bigint | null {
  let sum = 0n;
  for (const line of lines) {
    if (line.unitCostMinor === null) return null;
    sum += line.unitCostMinor * BigInt(line.quantity);
  }
  return sum;
}

function pieces(count: number): string {
  return count === 1 ? 'one piece' : `${count} pieces`;
}
