export const binsMax = 64;
/** The bin of a value that is not known (NaN). */
export const missingBin = binsMax - 1;

/** Features as bin numbers, by column, with the upper edge of each bin. */
export interface Binned {
  rows: number;
  codes: Uint8Array[];
  edges: number[][];
  /** Whether a column has values that are not known. */
  hasMissing: boolean[];
}

/** Bins of about equal mass, cut halfway between neighbouring values; NaN has a bin of its own. */
export function binFeatures(rows: readonly (readonly number[])[]): Binned {
  const width = rows[0]?.length ?? 0;
  const binned: Binned = { rows: rows.length, codes: [], edges: [], hasMissing: [] };
  for (let feature = 0; feature < width; feature += 1) {
    const column = rows.map((row) => row[feature] ?? Number.NaN);
    const cuts = cutsOf(column.filter((value) => !Number.isNaN(value)));
    binned.edges.push(cuts);
    binned.codes.push(
      Uint8Array.from(column, (value) => (Number.isNaN(value) ? missingBin : firstAtLeast(cuts, value))),
    );
    binned.hasMissing.push(column.some(Number.isNaN));
  }
  return binned;
}

function cutsOf(values: number[]): number[] {
  const sorted = values.sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const wanted = binsMax - 2;
  const lasts =
    distinct.length <= wanted
      ? distinct
      : [
          ...new Set(
            Array.from({ length: wanted }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / binsMax)] ?? 0),
          ),
        ];
  return lasts.flatMap((value) => {
    const next = distinct[firstAtLeast(distinct, value) + 1];
    return next === undefined ? [] : [(value + next) / 2];
  });
}

function firstAtLeast(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
