const scale = 1_000_000n;

/** a / b to six decimals, rounded half away from zero; null when b is zero. Exact in between, whatever the size. */
export function ratio(a: bigint, b: bigint): number | null {
  if (b === 0n) return null;
  return Number(divideRounded(a * scale, b)) / Number(scale);
}

/** a / b as a whole number, rounded half away from zero. `b` is not zero. */
export function divideRounded(a: bigint, b: bigint): bigint {
  const isNegative = a < 0n !== b < 0n;
  const top = a < 0n ? -a : a;
  const under = b < 0n ? -b : b;
  const rounded = (2n * top + under) / (2n * under);
  return isNegative ? -rounded : rounded;
}

export function sumBig<Row>(rows: readonly Row[], pick: (row: Row) => bigint): bigint {
  return rows.reduce((sum, row) => sum + pick(row), 0n);
}

export function sumOf<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}
